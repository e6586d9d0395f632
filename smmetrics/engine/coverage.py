"""Which days sources cover: without that, an empty month is unknown and not zero."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.calendar import CODE, Calendar, Span
from smmetrics.engine.lens import days_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
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
    return frozenset(fact.partition(".")[0] for fact in facts) or frozenset({view.name})


def speaks_of(tables: frozenset[str]) -> pl.Expr:
    """Whether a span covers one of some tables: by the facts it names, or all where it names none."""
    facts = pl.col("facts").fill_null("")
    return (facts == "") | facts.str.contains(rf"(^|[,\s])({'|'.join(sorted(tables))})([.,\s]|$)")


class Coverage:
    """The days covered, by table, platform and account, read once from the spans."""

    def __init__(self, spans: pl.DataFrame) -> None:
        """``spans``: columns of the table *spans*, ``end`` excluded."""
        whole = pl.col("complete").fill_null(value=True) if "complete" in spans.columns else pl.lit(value=True)
        self._given = spans
        self._spans = spans.filter(pl.col("start") < pl.col("end")).select(
            pl.col("platform").fill_null(""),
            pl.col("account_id").fill_null("").alias("account"),
            "start",
            "end",
            pl.col("facts").fill_null(""),
            whole.alias("complete"),
        )
        self._days: dict[frozenset[str], pl.DataFrame] = {}
        self.known: dict[object, pl.DataFrame | None] = {}
        self.groups: dict[object, pl.DataFrame] = {}

    def again(self, spans: pl.DataFrame) -> Coverage | None:
        """The coverage of equal spans, which need not be read again day by day; None where they are others."""
        if not self._given.equals(spans):
            return None
        other = Coverage(spans)
        other._days = self._days
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

    def days(self, tables: frozenset[str]) -> pl.DataFrame:
        """Covered days of the tables named: platform, account, day, partial."""
        if tables not in self._days:
            self._days[tables] = self._read(tables)
        return self._days[tables]

    def _read(self, tables: frozenset[str]) -> pl.DataFrame:
        spans = self._spans.filter(speaks_of(tables))
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


def entities(coverage: Coverage, views: Iterable[View], by: Sequence[str], without: Collection[str]) -> pl.DataFrame:
    """The covered groups of the dimensions a span knows (platform, account): one column each of ``by``."""
    known = tuple(name for name in by if name in ENTITY)
    tables = frozenset(fed for view in views if (fed := feeds(view)))
    asked = (tables, known, frozenset(without))
    if asked not in coverage.groups:
        frames = [_kept(coverage, fed, without).select(known).unique() for fed in sorted(tables, key=sorted)]
        nothing = pl.DataFrame(schema=dict.fromkeys(known, pl.String()))
        coverage.groups[asked] = pl.concat(frames).unique() if frames and known else nothing
    return coverage.groups[asked]


def _kept(coverage: Coverage, tables: frozenset[str], without: Collection[str]) -> pl.DataFrame:
    days = coverage.days(tables)
    return days.filter(~pl.col("platform").is_in(list(without))) if without else days


def covered(
    coverage: Coverage,
    views: Sequence[View],
    *,
    periods: pl.DataFrame,
    calendar: Calendar,
    by: Sequence[str] = (),
    without: Collection[str] = (),
    moved: object = None,
) -> pl.DataFrame | None:
    """Days covered by all tables of a formula: code, dimensions of ``by`` that spans know, days, gap.

    ``gap``: some account among them is not wholly covered. None where every table is always covered. ``moved`` names
    the lens that moved the days of ``periods``, so that a day may belong to several.
    """
    known = tuple(name for name in by if name in ENTITY)
    tables = frozenset(fed for view in views if (fed := feeds(view)))
    asked = (tables, known, frozenset(without), moved)
    if asked not in coverage.known:
        pairs = days_of(periods).rename({"__day": "day"}) if moved else None
        frames = [
            _by_period(_coded(_kept(coverage, fed, without), calendar, pairs), periods, list(known))
            for fed in sorted(tables, key=sorted)
        ]
        coverage.known[asked] = _together(frames, [CODE, *known]) if frames else None
    return coverage.known[asked]


def _together(frames: Sequence[pl.DataFrame], keys: list[str]) -> pl.DataFrame:
    """The days that all tables cover."""
    joined = frames[0]
    for other in frames[1:]:
        both = joined.join(other.rename({"gap": "__gap", "set": "__set"}), on=keys, how="inner")
        joined = both.select(
            *keys,
            pl.col("set").list.set_intersection("__set").alias("set"),
            (pl.col("gap") | pl.col("__gap")).alias("gap"),
        )
    days = pl.col("set").list.len().cast(pl.Int64).alias("days")
    return joined.select(*keys, days, "gap").filter(pl.col("days") > 0)


def _coded(days: pl.DataFrame, calendar: Calendar, pairs: pl.DataFrame | None) -> pl.DataFrame:
    """Days with the codes of the periods they belong to."""
    if pairs is not None:
        return days.join(pairs, on="day")
    return days.with_columns(calendar.code(pl.col("day")).cast(pl.Int32).alias(CODE))


def _by_period(coded: pl.DataFrame, periods: pl.DataFrame, known: list[str]) -> pl.DataFrame:
    bounds = periods.select(CODE, "period_start", "period_end", "length")
    inside = coded.join(bounds, on=CODE).filter(
        (pl.col("day") >= pl.col("period_start")) & (pl.col("day") < pl.col("period_end"))
    )
    keys = [CODE, *known]
    union = inside.group_by(keys).agg(pl.col("day").unique().alias("set"))
    each = inside.group_by(CODE, *ENTITY).agg(
        (pl.len() < pl.col("length").first()).alias("short"), pl.col("partial").any()
    )
    there = inside.select(list(ENTITY)).unique().join(periods.select(CODE), how="cross")
    gaps = there.join(each, on=[CODE, *ENTITY], how="left").with_columns(
        (pl.col("short").fill_null(value=True) | pl.col("partial").fill_null(value=True)).alias("gap")
    )
    return union.join(gaps.group_by(keys).agg(pl.col("gap").any()), on=keys, how="left")
