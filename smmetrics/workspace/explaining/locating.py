"""A reading found again by its id, or by metric, period and slice: only its own metric is measured for it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.engine import Request, Window
from smmetrics.engine import coverage as covering
from smmetrics.engine.calendar import GRAINS, Calendar
from smmetrics.engine.identity import HALF, measured, placed
from smmetrics.engine.privacy import measure as compute
from smmetrics.engine.schema import FIXED, SCHEMA
from smmetrics.words import say
from smmetrics.workspace import measuring
from smmetrics.workspace.aims import with_status
from smmetrics.workspace.splitting import dimensions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from smmetrics.derive import Derived
    from smmetrics.workspace.core import Workspace
    from smmetrics.workspace.explaining.places import Place, Span
    from smmetrics.workspace.measuring import Wanted
    from smmetrics.workspace.narrowing import Narrowed

ID = re.compile(r"[0-9a-f]{6,32}")
MOST_DAYS = 1500
"""Windows somebody stated are looked for among all pairs of so many days."""
NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Made:
    """A reading with what it was made of: what was asked of which tables, and the window it was made in."""

    row: Mapping[str, Any]
    request: Request
    source: Derived | Narrowed
    window: Window
    by: tuple[str, ...]

    def again(self, requests: Sequence[Request]) -> dict[str, Mapping[str, Any]]:
        """Readings of other requests in the same period and slice, by their metric's name."""
        frame = compute(requests, self.source, self.window, by=self.by)
        names = (*FIXED, "slice", "period_start", "period_end")
        same = frame.filter(pl.col(name).eq_missing(pl.lit(self.row[name])) for name in names)
        return {row["metric"]: row for row in same.iter_rows(named=True)}


@dataclass(frozen=True, kw_only=True)
class Located(Made):
    """A reading with all that is needed to look into it: its question and the workspace too."""

    source: Derived
    wanted: Wanted
    workspace: Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Half:
    """A metric and a grain whose readings begin with an id's first half."""

    wanted: Wanted
    grain: str


def halves(workspace: Workspace, word: str) -> list[Half]:
    """The metrics, asked by goals or for themselves, whose readings' ids begin as ``word`` does."""
    return [
        Half(wanted=wanted, grain=grain)
        for wanted in askable(workspace)
        for grain in GRAINS
        if _half(wanted, grain).startswith(word[:HALF])
    ]


def askable(workspace: Workspace) -> Iterator[Wanted]:
    """Everything that goals ask, then each metric for itself."""
    if workspace.strategy is not None:
        yield from measuring.wanted_by(workspace, ())
    yield from (measuring.Wanted(metric=metric) for metric in workspace.catalogue.metrics.values())


def _half(wanted: Wanted, grain: str) -> str:
    metric = wanted.metric
    defaults = {each.name: each.default for each in metric.formula.parameters}
    return measured(
        metric.id,
        goal=wanted.goal,
        question=wanted.question,
        version=metric.metric.version,
        parameters=defaults | dict(wanted.parameters or {}),
        grain=grain,
        scope=metric.metric.scope,
    )


def by_id(workspace: Workspace, word: str, found: Iterable[Half]) -> Located | None:
    """The one reading whose id begins with ``word``; None where the data give none.

    Raises `UserMistake` where several begin so.
    """
    source = measuring.tables(workspace)
    if source is None:
        return None
    for half in found:
        for way in _ways(workspace, source, half, word):
            there = [row for row in _rows(way) if row["reading_id"].startswith(word)]
            if len(there) > 1:
                raise _several(word, there)
            if there:
                return replace(way, row=_judged(workspace, there[0]))
    return None


def by_place(workspace: Workspace, wanted: Wanted, place: Place) -> Located:
    """The reading of a metric in a period and slice. Raises `UserMistake` where there is none."""
    source = measuring.tables(workspace)
    if source is None:
        raise UserMistake(say("reading.nothing_in"), hint=say("exporting.first"), code="reading.unknown")
    span = place.span
    way = _way(workspace, source, wanted, grain=span.grain, since=_one_before(span), until=span.until, by=place.by)
    start = span.since if span.grain != "total" else None
    rows = [row for row in _rows(way) if start is None or row["period_start"] == start]
    there = [row for row in rows if place.is_of(row, _others(row))]
    if not there:
        known = sorted({" ".join(_said(row, place.by)) for row in rows})
        raise UserMistake(
            say(
                "reading.no_slice",
                metric=wanted.metric.id,
                slice=", ".join(f"{k} {v}" for k, v in place.slices.items()),
            ),
            hint=say("reading.slices", known=", ".join(known)) if known else "",
            code="reading.unknown",
        )
    return replace(way, row=_judged(workspace, there[0]))


def _one_before(span: Span) -> date | None:
    """The period before is measured too, so that the change is told."""
    if span.since is None or span.grain == "total":
        return span.since
    return span.since - timedelta(days=7) if span.grain == "week" else _start(span.grain, span.since)


def _start(grain: str, day: date) -> date:
    return Calendar(grain).start(day - timedelta(days=1))


def _ways(workspace: Workspace, source: Derived, half: Half, word: str) -> Iterator[Located]:
    """All there is, whole and split by ever more; then the days somebody may have stated."""
    whole = _way(workspace, source, half.wanted, grain=half.grain)
    for by in _splits(source, half.wanted) if len(word) > HALF else [()]:
        yield replace(whole, by=by)
    if len(word) > HALF and (days := _stated(source, word[HALF:])):
        yield _way(workspace, source, half.wanted, grain=half.grain, since=days[0], until=days[1])


def _splits(source: Derived, wanted: Wanted) -> Iterable[tuple[str, ...]]:
    """Nothing, platform and account, then every other dimension alone and by platform."""
    able = dimensions(wanted.metric.formula.tables, source.views)
    known = [name for name in ("platform", "account") if name in able]
    others = [name for name in able if name not in known]
    beside = [("platform", name) for name in others if "platform" in known]
    return dict.fromkeys([(), *((name,) for name in known), tuple(known), *((name,) for name in others), *beside])


def _stated(source: Derived, second: str) -> tuple[date, date] | None:
    """The period whose half begins so, among all that somebody may have stated; of the whole, never of a slice."""
    bounds = covering.Coverage(source.spans()).bounds()
    if bounds is None or (bounds[1] - bounds[0]).days > MOST_DAYS:
        return None
    days = [bounds[0] + timedelta(days=number) for number in range((bounds[1] - bounds[0]).days + 1)]
    pairs = ((start, end) for place, start in enumerate(days) for end in days[place + 1 :])
    return next(((start, end) for start, end in pairs if placed(start, end, {}).startswith(second)), None)


def _way(
    workspace: Workspace,
    source: Derived,
    wanted: Wanted,
    *,
    grain: str,
    since: date | None = None,
    until: date | None = None,
    by: tuple[str, ...] = (),
) -> Located:
    window = measuring.window_of(workspace, source, grain=grain, since=since, until=until)
    (request,) = measuring.requests_of(workspace, source, [wanted], window)
    return Located(row={}, wanted=wanted, request=request, source=source, window=window, by=by, workspace=workspace)


def _rows(way: Located) -> list[dict[str, Any]]:
    return list(compute([way.request], way.source, way.window, by=way.by).iter_rows(named=True))


def _judged(workspace: Workspace, row: dict[str, Any]) -> dict[str, Any]:
    if workspace.strategy is None:
        return row
    return with_status(pl.DataFrame([row], schema=dict(SCHEMA)), workspace.strategy).row(0, named=True)


def _others(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in json.loads(row["slice"] or "{}").items()}


def _said(row: Mapping[str, Any], by: Sequence[str]) -> list[str]:
    others = _others(row)
    return [str(others.get(name, row.get(name, ""))) for name in by]


def _several(word: str, rows: Sequence[Mapping[str, Any]]) -> UserMistake:
    told = [f"{row['reading_id']} ({row['period_start']})" for row in rows[:NAMED]]
    message = say("reading.several", word=word, count=len(rows), metric=rows[0]["metric"])
    return UserMistake(message, hint=say("reading.some", some=", ".join(told)), code="reading.several")
