"""Which days sources cover: without that, an empty month is unknown and not zero."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from smmetrics.engine.calendar import Span
from smmetrics.engine.covered import Days
from smmetrics.engine.covered import days as covered_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from smmetrics.api.facts import View
    from smmetrics.engine.request import Window

ENTITY = ("platform", "account")
"""What a span speaks of: dimensions by which coverage differs."""
_ALWAYS = frozenset({"plan"})
"""The strategy's own hours: known for every day."""


def feeds(view: View) -> frozenset[str]:
    """The stored tables whose spans cover a view; none for stocks and for what the strategy itself states."""
    if view.event_time is None or view.name in _ALWAYS:
        return frozenset()
    column = view.column(view.event_time)
    facts = (*column.needs, *column.any_of) if column else ()
    return frozenset(fact.partition(".")[0] for fact in facts) or frozenset(view.made_of or {view.name})


def speaks_of(tables: frozenset[str]) -> pl.Expr:
    """Whether a span covers one of some tables: by the facts it names, or all where it names none."""
    facts = pl.col("facts").fill_null("")
    return (facts == "") | facts.str.contains(rf"(^|[,\s])({'|'.join(sorted(tables))})([.,\s]|$)")


@dataclass(frozen=True, slots=True)
class Seeing:
    """Whose spans speak of the rows a metric means: not those of ``blind`` sources, and ``of_ours`` our accounts' only.

    ``without``: platforms that are left out.
    """

    blind: frozenset[str] = frozenset()
    of_ours: bool = False
    without: frozenset[str] = frozenset()

    def of(self, view: View) -> Seeing:
        """The same for a table's rows: those that are of no platform and no account are left out by none."""
        if view.column("platform") is not None:
            return self
        return replace(self, of_ours=False, without=frozenset())


ALL = Seeing()
Asked: TypeAlias = tuple[frozenset[str], Seeing]
"""Stored tables, and whose spans of them count."""


class Coverage:
    """The days covered, by table, platform and account, read once from the spans."""

    def __init__(self, spans: pl.DataFrame) -> None:
        """``spans``: columns of the table *spans*, ``end`` excluded; ``ours``, where it is known."""
        named = spans.columns
        whole = pl.col("complete").fill_null(value=True) if "complete" in spans.columns else pl.lit(value=True)
        self._given = spans
        self._spans = spans.filter(pl.col("start") < pl.col("end")).select(
            pl.col("platform").fill_null(""),
            pl.col("account_id").fill_null("").alias("account"),
            "start",
            "end",
            pl.col("facts").fill_null(""),
            whole.alias("complete"),
            (pl.col("source_kind") if "source_kind" in named else pl.lit("")).fill_null("").alias("kind"),
            (pl.col("ours") if "ours" in named else pl.lit(value=True)).fill_null(value=True).alias("ours"),
        )
        self._days: dict[Asked, pl.DataFrame] = {}
        self.counted: dict[object, Days] = {}
        self.known: dict[object, pl.DataFrame | None] = {}
        self.groups: dict[object, pl.DataFrame] = {}

    def again(self, spans: pl.DataFrame) -> Coverage | None:
        """The coverage of equal spans, which need not be read again day by day; None where they are others."""
        if not self._given.equals(spans):
            return None
        other = Coverage(spans)
        other._days = self._days
        other.counted = self.counted
        return other

    @property
    def platforms(self) -> list[str]:
        """The platforms of which something is covered, by name."""
        return self._spans.get_column("platform").unique().sort().to_list()

    def bounds(self) -> tuple[date, date] | None:
        """First covered day and the day after the last one; None where nothing is covered."""
        if not self._spans.height:
            return None
        first, last = self._spans.select(pl.col("start").min(), pl.col("end").max()).row(0)
        return first, last

    def days(self, tables: frozenset[str], seeing: Seeing = ALL) -> pl.DataFrame:
        """Covered days of the tables named: platform, account, day, partial."""
        if (tables, seeing) not in self._days:
            self._days[tables, seeing] = self._read(tables, seeing)
        return self._days[tables, seeing]

    def _read(self, tables: frozenset[str], seeing: Seeing) -> pl.DataFrame:
        spans = self._spans.filter(speaks_of(tables))
        if seeing.blind:
            spans = spans.filter(~pl.col("kind").is_in(sorted(seeing.blind)))
        if seeing.of_ours:
            spans = spans.filter("ours")
        days = spans.with_columns(pl.date_ranges("start", "end", closed="left").alias("day")).explode("day")
        return days.group_by(*ENTITY, "day").agg((~pl.col("complete").any()).alias("partial")).sort(*ENTITY, "day")


_LATEST: deque[Coverage] = deque(maxlen=4)


def of(spans: pl.DataFrame) -> Coverage:
    """The days that spans cover; those asked for lately are not read anew."""
    known = next((found for each in list(_LATEST) if (found := each.again(spans)) is not None), None)
    if known is None:
        known = Coverage(spans)
        _LATEST.append(known)
    return known


def span(window: Window, coverage: Coverage) -> Span | None:
    """The days to read: those stated, else from the first to the last covered day; None where nothing is known."""
    bounds = coverage.bounds()
    since = window.since or (bounds[0] if bounds else None)
    until = window.until or (bounds[1] if bounds else None)
    if since is None or until is None:
        return None
    return Span(since, until, window.since is not None, window.until is not None)


def entities(coverage: Coverage, views: Iterable[View], by: Sequence[str], seeing: Seeing) -> pl.DataFrame:
    """The covered groups of the dimensions a span knows (platform, account): one column each of ``by``."""
    known = tuple(name for name in by if name in ENTITY)
    tables = _asked(views, seeing)
    if (tables, known) not in coverage.groups:
        frames = [_kept(coverage, each).select(known).unique() for each in _ordered(tables)]
        nothing = pl.DataFrame(schema=dict.fromkeys(known, pl.String()))
        coverage.groups[tables, known] = pl.concat(frames).unique() if frames and known else nothing
    return coverage.groups[tables, known]


def _asked(views: Iterable[View], seeing: Seeing) -> frozenset[Asked]:
    return frozenset((fed, seeing.of(view)) for view in views if (fed := feeds(view)))


def _ordered(tables: frozenset[Asked]) -> list[Asked]:
    return sorted(tables, key=lambda each: (sorted(each[0]), len(each[1].without), each[1].of_ours))


def _kept(coverage: Coverage, asked: Asked) -> pl.DataFrame:
    tables, seeing = asked
    days = coverage.days(tables, replace(seeing, without=frozenset()))
    return days.filter(~pl.col("platform").is_in(sorted(seeing.without))) if seeing.without else days


def covered(
    coverage: Coverage,
    views: Sequence[View],
    *,
    periods: pl.DataFrame,
    by: Sequence[str] = (),
    seeing: Seeing = ALL,
    moved: object = None,
) -> pl.DataFrame | None:
    """Days covered by all tables of a formula: code, dimensions of ``by`` that spans know, days, gap.

    ``gap``: some account among them is not wholly covered. None where every table is always covered. ``moved`` names
    the lens that moved the days of ``periods``, so that a day may belong to several.
    """
    known = tuple(name for name in by if name in ENTITY)
    tables = _asked(views, seeing)
    if (tables, known, moved) not in coverage.known:
        coverage.known[tables, known, moved] = _counted(coverage, tables, known).counted(periods) if tables else None
    return coverage.known[tables, known, moved]


def _counted(coverage: Coverage, tables: frozenset[Asked], known: tuple[str, ...]) -> Days:
    if (tables, known) not in coverage.counted:
        frames = [_kept(coverage, each) for each in _ordered(tables)]
        coverage.counted[tables, known] = covered_days(frames, ENTITY, known)
    return coverage.counted[tables, known]
