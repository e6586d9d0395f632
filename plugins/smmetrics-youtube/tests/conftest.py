from __future__ import annotations

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of


@pytest.fixture
def reader(tmp_path):
    return reader_of("smmetrics_youtube", tmp_path / "copies")


@pytest.fixture
def read(reader, tmp_path):
    def reading(text, name="Table data.csv", *, folder="Content 2024-02-01_2024-03-01 Acme", **answers):
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader.read(path, Answers(**answers))

    return reading
