"""What the engine's tests share: tables held in memory, and a way to measure one formula over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import polars as pl
import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, measure
from smmetrics.tables.schema import view_schema

VIEWS = {view.name: view for view in CORE_VIEWS}
AS_OF = datetime(2026, 12, 31, tzinfo=UTC)


@dataclass
class Held:
    """Tables as a formula sees them, from frames; a table that is not given is empty."""

    frames: dict[str, pl.DataFrame]
    covered: list[tuple[str, str, date, date]] = field(default_factory=list)
    facts: str = ""
    head: str = "test"
    views = VIEWS

    def frame(self, view, columns):
        schema = view_schema(VIEWS[view])
        frame = self.frames.get(view)
        if frame is None:
            frame = pl.DataFrame(schema=schema)
        # Of those only that are asked for: a view has half a hundred, which took longer than most tests' own numbers.
        absent = [pl.lit(None, dtype=schema[name]).alias(name) for name in columns if name not in frame.columns]
        return frame.lazy().with_columns(absent).select(sorted(columns))

    def spans(self):
        schema = dict.fromkeys(("platform", "account_id", "source_kind", "grain", "facts"), pl.String)
        schema |= {"start": pl.Date, "end": pl.Date}
        rows = [(p, a, f"{p}.made", "event", self.facts, start, end) for p, a, start, end in self.covered]
        return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.fixture
def views():
    return VIEWS


@pytest.fixture
def held():
    return Held


@pytest.fixture
def request_of():
    """A request for one formula; keywords are those of `Request`."""

    def make(text, *, params=None, **more):
        formula = parse(text, views=VIEWS, adhoc=True, pairing="a test says so")
        return Request(metric=more.pop("metric", text), formula=formula, parameters=params or {}, **more)

    return make


@pytest.fixture
def ask(request_of):
    """Readings of one formula over held tables, as dictionaries."""

    def measured(
        text, tables, *, by=(), grain="total", since=None, until=None, zone="UTC", as_of=AS_OF, week="monday", **more
    ):
        window = Window(as_of=as_of, zone=zone, grain=grain, since=since, until=until, week_starts=week)
        return measure([request_of(text, **more)], tables, window, by).to_dicts()

    return measured


@pytest.fixture
def rows():
    """A frame of a view's columns from dictionaries; columns not named are null."""

    def make(view, data, **columns):
        schema = view_schema(VIEWS[view])
        named = columns or {name: [row.get(name) for row in data] for name in {n for row in data for n in row}}
        return pl.DataFrame(named, schema={name: schema[name] for name in named})

    return make
