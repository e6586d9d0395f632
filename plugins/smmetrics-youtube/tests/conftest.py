from __future__ import annotations

import pytest

from smmetrics.contracts import catalogue
from smmetrics.intake import Answers, Reader
from smmetrics.registry import Registry


@pytest.fixture
def reader(tmp_path):
    registry = Registry.of("smmetrics_youtube")
    known = catalogue.build(registry)
    copies = tmp_path / "copies"
    copies.mkdir()
    return Reader(tuple(known.sources.values()), known.tables, copies=copies, key=bytes(32), use=registry.use)


@pytest.fixture
def read(reader, tmp_path):
    def reading(text, name="Table data.csv", *, folder="Content 2024-02-01_2024-03-01 Acme", **answers):
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader.read(path, Answers(**answers))

    return reading
