"""Only what surely exists is named to be installed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smmetrics.registry import known as room


@pytest.fixture
def declared(monkeypatch):
    """Two distributions, one of which names others; one of a stranger."""
    here = [
        SimpleNamespace(name="smmetrics", requires=["polars>=2", 'smmetrics-meadow>=1; extra == "all"']),
        SimpleNamespace(name="smmetrics_x", requires=None),
        SimpleNamespace(name="other", requires=["smmetrics-guess"]),
    ]
    monkeypatch.setattr(room, "distributions", lambda: here)
    room._declared.cache_clear()
    yield
    room._declared.cache_clear()


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("name", "surely"),
    [("smmetrics-x", True), ("smmetrics_meadow", True), ("smmetrics-guess", False), ("smmetrics-care", False)],
)
def test_a_distribution_is_known_if_it_is_here_or_one_of_ours_names_it(name, surely):
    assert room.known(name) is surely
