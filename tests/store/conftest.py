"""What the store's tests share: batches made by hand, and a store of one's own."""

from __future__ import annotations

import pytest

from smmetrics.store import Store
from tests.store.batches import make_batch


@pytest.fixture
def batch():
    return make_batch


@pytest.fixture
def store(tmp_path):
    return Store.create(tmp_path / "work")
