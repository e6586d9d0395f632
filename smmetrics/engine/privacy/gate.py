"""The one door through which readings leave: measured, then held to what was agreed about people."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.engine.asking import ask
from smmetrics.engine.compare import SERIES
from smmetrics.engine.measure import measure as computed
from smmetrics.engine.naming import is_naming
from smmetrics.engine.privacy.counted import cells_hidden, counts_people
from smmetrics.engine.privacy.judging import FEW, Judge
from smmetrics.engine.privacy.people import Kept
from smmetrics.engine.privacy.policy import bars, concerns, named_in
from smmetrics.engine.provenance import canonical
from smmetrics.engine.request import Agreed, KnowsViews, Linked
from smmetrics.engine.schema import FIXED, SCHEMA, SORTED, STATES
from smmetrics.tables.agreement import Agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.privacy.lattice import Cell
    from smmetrics.engine.request import Request, Tables, Window

    Row = Mapping[str, Any]

OPEN = Agreement()
CHANGES = ("previous", "change", "change_low", "change_high")
NUMBERS = (
    *("value", "low", "high", "confidence", "n", "n_eff", "numerator", "denominator", "reported_share"),
    *CHANGES,
)
SAYS_NOTHING = frozenset({"not_permitted", "not_measurable", "refused", "not_covered"})
"""States of readings that carry no number, and tell nothing of how much there was."""
EARLIER = frozenset(STATES[: STATES.index("suppressed")])
"""States that come before *suppressed*: they stay, without their numbers."""


def measure(
    requests: Sequence[Request],
    tables: Tables,
    window: Window,
    by: Sequence[str] = (),
    *,
    aged: bool = False,
    alone: bool = False,
) -> pl.DataFrame:
    """Readings as `smmetrics.engine.measure.measure` computes them, less what was agreed not to leave.

    What was agreed is known by the tables (`Agreed`). Where it concerns none of the requests, nothing else is looked
    at. Where people are told one by one, each of their names stands for itself (`Linked`).
    """
    if isinstance(tables, Linked) and _one_by_one(requests, by) and tables.linked:
        tables = tables.apart
    agreed = tables.agreement if isinstance(tables, Agreed) else OPEN
    if not any(concerns(agreed, request) for request in requests):
        return computed(requests, tables, window, by, aged=aged, alone=alone)
    views = tables.views if isinstance(tables, KnowsViews) else {view.name: view for view in CORE_VIEWS}
    barred = [bars(agreed, request, by, window.grain, views) for request in requests]
    free = [request for request, why in zip(requests, barred, strict=True) if not why]
    made = [computed(free, tables, window, by, aged=aged, alone=alone)] if free else []
    for request, why in zip(requests, barred, strict=True):
        if why:
            made.append(_refused(computed([request], tables, window, (), aged=aged, alone=alone), why))
    frame = pl.concat(made).sort(SORTED, nulls_last=False, maintain_order=True)
    whole, keep = (tables.whole, tables.keep) if isinstance(tables, Agreed) else (tables, {})
    judge = Judge(agreed, whole, views, window, tuple(Kept(name, frozenset(values)) for name, values in keep.items()))
    gate = _Gate(judge, tables, tuple(by))
    hidden = gate.hidden(frame, [request for request in free if agreed.everyone or request.about_people])
    return _held(frame, hidden) if hidden else frame


def _one_by_one(requests: Sequence[Request], by: Sequence[str]) -> bool:
    """Whether readings are cut by who people are, or a formula picks somebody out."""
    return any(is_naming(name) for name in by) or any(named_in(request.formula.root) for request in requests)


def _refused(rows: pl.DataFrame, why: str) -> pl.DataFrame:
    """The rows of a request that is not answered: one a period, none of them cut."""
    said = {"state": "not_permitted", "reason": why, "interval_method": "", "status": "", "scope": ""}
    return rows.with_columns(
        *(pl.lit(None, dtype=rows.schema[name]).alias(name) for name in _numbers(rows)),
        *(pl.lit(text).alias(name) for name, text in said.items()),
    )


def _numbers(rows: pl.DataFrame) -> list[str]:
    """The columns that tell numbers; all that stand beside those of a reading do."""
    return [*NUMBERS, *(name for name in rows.columns if name not in SCHEMA)]


def _held(frame: pl.DataFrame, hidden: Mapping[int, str]) -> pl.DataFrame:
    """The readings, those with a reason by their row number without any number; nor does a change lead to them."""
    why = pl.Series("__why", [hidden.get(row) for row in range(frame.height)], dtype=pl.String)
    gone = pl.col("__why").is_not_null()
    later = gone & ~pl.col("state").is_in(list(EARLIER))
    marked = frame.with_columns(why).with_row_index("__row").sort(*SERIES, "period_start", maintain_order=True)
    near = pl.col("period_end").shift(1).over(SERIES) == pl.col("period_start")
    led = (near & gone.shift(1).over(SERIES)).fill_null(value=False)
    return (
        marked.with_columns(led.alias("__led"))
        .with_columns(
            *(pl.when(~gone).then(name).alias(name) for name in _numbers(frame) if name not in CHANGES),
            *(pl.when(~gone & ~pl.col("__led")).then(name).alias(name) for name in CHANGES),
            pl.when(~gone).then("interval_method").otherwise(pl.lit("")).alias("interval_method"),
            pl.when(later).then(pl.lit("suppressed")).otherwise("state").alias("state"),
            pl.when(later).then("__why").otherwise("reason").alias("reason"),
            pl.when(~later).then("status").otherwise(pl.lit("")).alias("status"),
        )
        .sort("__row")
        .select(frame.columns)
    )


@dataclass(slots=True)
class _Gate:
    """Looks through the readings of requests that are about people."""

    judge: Judge
    tables: Tables
    by: tuple[str, ...]

    def hidden(self, frame: pl.DataFrame, requests: Sequence[Request]) -> dict[int, str]:
        """By row number, why a reading is hidden."""
        asks = {self._key(one): one for one in self._asks(requests)}
        found: dict[int, str] = {}
        rows: dict[tuple[str, ...], list[tuple[int, Row]]] = {}
        for place, row in enumerate(frame.iter_rows(named=True)):
            key = tuple(row[name] for name in ("metric", "goal", "question", "parameters"))
            if key in asks and row["state"] not in SAYS_NOTHING:
                rows.setdefault(key, []).append((place, row))
        for key, mine in rows.items():
            found |= dict(self._of(asks[key], mine))
        return found

    def _asks(self, requests: Iterable[Request]) -> Iterator[Ask]:
        for request in requests:
            one = ask(request, self.judge.views, self.by, self.judge.window)
            if not one.state:
                yield one

    def _key(self, one: Ask) -> tuple[str, ...]:
        request = one.request
        return (request.metric, request.goal, request.question, canonical(one.parameters))

    def _of(self, one: Ask, rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, str]]:
        how = counts_people(one, self.judge.views)
        gone = self._counted(one, how) if how else frozenset()
        whole = self.judge.window.grain == "total"
        for place, row in rows:
            group = dict(zip(self.by, self._group(row, self.by), strict=True))
            cell = (*(group[name] for name in sorted(self.by)), *(() if whole else (str(row["period_start"]),)))
            why = self.judge.reason(one, self.by, row, group)
            if why or cell in gone:
                yield place, self._said(why or FEW)

    def _said(self, why: str) -> str:
        return f"{why}: {self.judge.agreed.smallest}" if why == FEW else why

    def _counted(self, one: Ask, how: str) -> frozenset[Cell]:
        window = self.judge.window

        def asked(dims: Sequence[str], together: bool) -> list[Row]:
            here = replace(window, grain="total") if together else window
            frame = computed([one.request], self.tables, here, dims)
            return [row for row in frame.iter_rows(named=True) if row["state"] not in SAYS_NOTHING]

        return cells_hidden(
            asked,
            self.by,
            how=how,
            whole=window.grain == "total",
            group=self._group,
            smallest=self.judge.agreed.smallest,
        )

    def _group(self, row: Row, dims: Sequence[str]) -> Cell:
        """The values of a reading's dimensions."""
        more = json.loads(row["slice"]) if row["slice"] else {}
        return tuple(str(row[name] if name in FIXED else more.get(name, "")) for name in dims)
