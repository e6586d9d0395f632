"""How long it takes to plan 160 metrics: from formulas that are read to the queries of all passes, nothing collected.

Formulas are those of the catalogue, by month and platform, over every table there is; a pass a table, a lens and a date,
and one for what stands inside a ``by=``. Seconds of one thread, the least of several: what a machine does besides is
somebody else's.
"""

from __future__ import annotations

import csv
import importlib
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, entities
from smmetrics.engine.asking import ask
from smmetrics.engine.cells import Need, needs
from smmetrics.engine.lens import aggregate_of, lens_of
from smmetrics.engine.office import Office
from smmetrics.engine.passes import plans
from smmetrics.tables.schema import view_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.engine.passes import Setting

CATALOGUE = Path(__file__).parents[2].parent / "shared" / "design" / "kpi-formulas.tsv"
METRICS, ROUNDS, LIMIT = 160, 15, 100
BY = ("platform",)
VIEWS = {view.name: view for view in CORE_VIEWS}
NUMBERS = "k sla min_turns threshold quiet_days month w_neutral answer_days ties many bar within"
PARAMETERS = dict.fromkeys(NUMBERS.split(), 3) | dict.fromkeys(
    ("contributing", "qualifying", "goal_topics"), ("post", "reply")
)
WINDOW = Window(
    as_of=datetime(2026, 8, 1, tzinfo=UTC),
    zone="Europe/Berlin",
    grain="month",
    offices={"business": Office(frozenset(range(5)), datetime.min.time().replace(9), datetime.min.time().replace(17))},
)


class Empty:
    """Every table, without a row."""

    head, views = "benchmark", VIEWS

    def __init__(self) -> None:
        self.held = {name: pl.LazyFrame(schema=view_schema(view)) for name, view in VIEWS.items()}

    def frame(self, view: str, columns: frozenset[str]) -> pl.LazyFrame:
        return self.held[view].select(sorted(columns))

    def spans(self) -> pl.DataFrame:
        names = ["platform", "account_id", "source_kind", "grain", "start", "end", "facts"]
        row = ("m", "a", "m.made", "event", date(2026, 1, 1), date(2026, 7, 1), "")
        return pl.DataFrame([row], schema=names, orient="row")


def requests() -> list[Request]:
    """The first formulas of the catalogue."""
    rows = csv.DictReader(CATALOGUE.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    formulas = [(row["id"], row["formula_or_calculator"]) for row in rows if row["kind"] == "formula"]
    return [
        Request(metric=name, formula=parse(text, views=VIEWS, adhoc=True, pairing="benchmark"), parameters=PARAMETERS)
        for name, text in formulas[:METRICS]
    ]


def plan(asked: Sequence[Request], tables: Empty) -> int:
    """Plan all; the number of queries."""
    # The package's own name for it is the function that every number passes.
    setting = importlib.import_module("smmetrics.engine.measure")._setting(tables, WINDOW, BY)
    asks = [ask(one, VIEWS, BY, WINDOW) for one in asked]
    return _queries([need for one in asks for need in needs(one, setting).values()], setting)


def _queries(wanted: Sequence[Need], setting: Setting) -> int:
    """As `cells.numbers` goes about it, without reading."""
    made = 0
    by_lens: dict[object, list[Need]] = {}
    for need in dict.fromkeys(wanted):
        by_lens.setdefault(lens_of(need.leaf), []).append(need)
    for group in by_lens.values():
        seen = setting.seen(lens_of(group[0].leaf))
        nested: dict[tuple[str, ...], list[Need]] = {}
        for need in group:
            nested.setdefault(aggregate_of(need.leaf).by, []).append(need)
        plain = [(need.source(seen), aggregate_of(need.leaf)) for need in nested.pop((), [])]
        for each in {id(plan): plan for plan in plans(plain, together=list(VIEWS)).values()}.values():
            made += len(each.pass_(seen).queries(each.rows(seen), final=tuple(seen.keys)))
        for needed in nested.values():
            within = entities.inside(aggregate_of(needed[0].leaf), seen)
            inner = [(need, entities.inner(aggregate_of(need.leaf)).leaves) for need in needed]
            made += _queries([Need(leaf, need.kept, need.counts) for need, found in inner for leaf in found], within)
    return made


def run() -> None:
    """Print milliseconds of planning, and of reading the formulas before."""
    if not CATALOGUE.is_file():
        print("  the catalogue is not on this machine")
        return
    tables, took, read = Empty(), [], []
    for _ in range(ROUNDS):
        start = time.thread_time()
        asked = requests()
        read.append(1e3 * (time.thread_time() - start))
        start = time.thread_time()
        queries = plan(asked, tables)
        took.append(1e3 * (time.thread_time() - start))
    print(f"  planning {len(asked)} metrics: {min(took):.0f} ms ({queries} queries), at most {LIMIT} ms")
    print(f"  the first time, with nothing warm, {took[0]:.0f} ms; reading their formulas {min(read):.0f} ms")


if __name__ == "__main__":
    run()
