"""Formulas of the catalogue over workspaces of a few rows, made by hand and counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, measure
from tests.derive.conftest import SEEN, Desk

VIEWS = {view.name: view for view in CORE_VIEWS}


@pytest.fixture
def desk(tmp_path):
    """A workspace in which every day of March and April 2024 is covered for the account ``b``."""
    desk = Desk(tmp_path / "work")
    days = {"start": datetime(2024, 3, 1, tzinfo=UTC).date(), "end": datetime(2024, 5, 1, tzinfo=UTC).date()}
    span = {"account_id": "b", "grain": "event", "facts": "", "complete": True, **days}
    desk.file(spans=[span], accounts=[{"account_id": "b", "kind": "ours"}])
    return desk


@pytest.fixture
def ask():
    """Readings of one formula as dictionaries; keywords are those of the request and the window."""

    def asked(formula, tables, *, by=(), params=None, **more):
        window = {
            name: more.pop(name) for name in ("grain", "zone", "since", "until", "as_of", "offices") if name in more
        }
        request = Request(
            metric="m",
            formula=parse(formula, views=VIEWS, adhoc=True, pairing="a test says so"),
            parameters=params or {},
            **more,
        )
        return measure([request], tables, Window(**{"as_of": SEEN, **window}), by).to_dicts()

    return asked
