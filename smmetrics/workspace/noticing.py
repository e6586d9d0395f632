"""What is worth saying beside readings of several periods: what moved a whole, and where a level may have changed."""

from __future__ import annotations

from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.contracts.formula.nodes import Aggregate
from smmetrics.engine.counted import p_of_counts
from smmetrics.engine.many import FALSE, adjusted, p_of_change
from smmetrics.engine.mixing import split
from smmetrics.engine.shifts import shifts
from smmetrics.panels.spans import span_words
from smmetrics.panels.telling import signed, value_text
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from smmetrics.contracts.compiled import CompiledMetric
    from smmetrics.engine.mixing import Side, Split

    Row = Mapping[str, Any]

_SLICES = ("platform", "account", "channel", "campaign", "audience", "slice")
_DAILY = frozenset({"day", "week"})
_NEAR = 1e-9
FAMILY = 3
"""Changes from which on their number is counted."""
EARLIER = 8
"""Periods that tell how much a count differs from one to the next anyway."""


def noticed(
    frame: pl.DataFrame, metrics: Sequence[CompiledMetric], *, by: Sequence[str], grain: str, currency: str = ""
) -> tuple[str, ...]:
    """Sentences about readings: of the newest two whole periods by parts, and of series of days or weeks."""
    units = {metric.id: (metric.metric.title, metric.unit) for metric in metrics}
    told: list[str] = []
    for metric in metrics:
        own = frame.filter(pl.col("metric") == metric.id)
        if by and grain != "total" and not any(table.startswith("posts_by_") for table in metric.formula.tables):
            told += _mixed(own, units[metric.id], by, currency)
        if grain in _DAILY:
            told += _shifted(own, units[metric.id], grain, currency)
        if _adds_up(metric, "count", "sum"):
            told += _by_day(own, units[metric.id], currency)
    counts = [metric.id for metric in metrics if _adds_up(metric, "count")]
    return (*told, *_standing_out(frame, units, counts))


def _adds_up(metric: CompiledMetric, *names: str) -> bool:
    """Whether a number grows with the days it is of: a plain count, a plain sum."""
    root = metric.formula.root
    return isinstance(root, Aggregate) and root.name in names and not root.by


def _by_day(own: pl.DataFrame, called: tuple[str, str], currency: str) -> Iterator[str]:
    """Where the newest two periods are not equally long: what their numbers come to a day."""
    title, unit = called
    for newest in _series(own):
        then, now = [None, None, *newest][-2:]
        if then is None or now is None or now["change"] is None or _days(then) == _days(now):
            continue
        told = {}
        for name, value, row in (("then", "before", then), ("now", "after", now)):
            told[name] = span_words(row["period_start"], row["period_end"])
            told[f"days_{name}"] = str(_days(row))
            told[value] = value_text(row["value"] / _days(row), unit, currency)
        yield say("noticing.by_day", title=_titled(title, now), **told)


def _days(row: Row) -> int:
    days: int = (row["period_end"] - row["period_start"]).days
    return days


def _counted(frame: pl.DataFrame, counts: Sequence[str]) -> Iterator[tuple[Row, float]]:
    """The newest change of each count that has a history, and how likely chance alone makes it."""
    for rows in frame.filter(pl.col("metric").is_in(counts)).sort("period_start").partition_by("metric", *_SLICES):
        whole = _unbroken(rows.to_dicts())
        if len(whole) <= EARLIER or whole[-1]["change"] is None:
            continue
        *before, then, now = whole
        usual = sum(map(_days, whole)) / len(whole)
        known = [row["value"] / _days(row) * usual for row in (*before, then)]
        yield now, p_of_counts((now["value"], then["value"]), (_days(now), _days(then)), known)


def _standing_out(frame: pl.DataFrame, called: Mapping[str, tuple[str, str]], counts: Sequence[str]) -> Iterator[str]:
    """Of many newest changes, those that chance does not explain once it is counted how many were looked at."""
    series = ["metric", *_SLICES]
    bounded = frame.filter(pl.col("change_low").is_not_null() & pl.col("change_high").is_not_null())
    newest = bounded.sort(*series, "period_start").unique(series, keep="last", maintain_order=True).to_dicts()
    looked: list[tuple[Row, float]] = [
        (row, p_of_change(row["change"], row["change_low"], row["change_high"])) for row in newest
    ]
    looked += _counted(frame.filter(pl.col("change_low").is_null()), counts)
    many = len(looked)
    if many < FAMILY:
        return
    p = adjusted([each for _, each in looked])
    found = [row for (row, _), each in zip(looked, p, strict=True) if each <= FALSE]
    names = "; ".join(_place(row, called) for row in found)
    yield say("noticing.stand_out", n=len(found), many=many, names=names) if found else say("noticing.none", many=many)


def _place(row: Row, called: Mapping[str, tuple[str, str]]) -> str:
    parts = [str(row[name]) for name in _SLICES if row[name]]
    title = called[row["metric"]][0]
    when = span_words(row["period_start"], row["period_end"])
    return f"{title} ({', '.join((*parts, when))})"


def _mixed(own: pl.DataFrame, called: tuple[str, str], by: Sequence[str], currency: str) -> Iterator[str]:
    """What the newest change of the whole comes from: how much there is of each part, or the parts themselves."""
    whole = own.filter(~pl.col("incomplete").fill_null(value=True)).sort("period_start")
    starts = whole.get_column("period_start").drop_nulls().unique().sort().to_list()[-2:]
    sides = [whole.filter(pl.col("period_start") == start).to_dicts() for start in starts]
    if len(sides) < 2 or not all(map(_countable, sides)):  # noqa: PLR2004 (a change has two sides)
        return
    found = split(*(_side(rows) for rows in sides))
    if found is None or isclose(found.before, found.after, abs_tol=_NEAR) or not found.mix or not found.rate:
        return
    yield _mix_words(found, called, (sides[0][0], sides[1][0]), by, currency)


def _countable(rows: Sequence[Row]) -> bool:
    """Whether every part says what it was counted of, and its value is that quotient: else nothing adds up."""
    return bool(rows) and all(_is_quotient(row) for row in rows)


def _is_quotient(row: Row) -> bool:
    top, below = row["numerator"], row["denominator"]
    if row["state"] not in {"value", "too_few", "zero_activity"} or top is None or below is None:
        return False
    return not row["value"] or (below != 0 and isclose(row["value"], top / below, rel_tol=_NEAR))


def _side(rows: Sequence[Row]) -> Side:
    return {"|".join(str(row[name]) for name in _SLICES): (row["numerator"], row["denominator"]) for row in rows}


def _mix_words(found: Split, called: tuple[str, str], rows: tuple[Row, Row], by: Sequence[str], currency: str) -> str:
    title, unit = called
    spans = [span_words(row["period_start"], row["period_end"]) for row in rows]
    words = {
        "title": title, "then": spans[0], "now": spans[1], "by": ", ".join(by),
        "before": value_text(found.before, unit, currency), "after": value_text(found.after, unit, currency),
        "mix": signed(found.mix, unit, currency), "rate": signed(found.rate, unit, currency),
    }  # fmt: skip
    return say(f"noticing.{'opposed' if found.opposed else 'mix'}", **words)


def _shifted(own: pl.DataFrame, called: tuple[str, str], grain: str, currency: str) -> Iterator[str]:
    """Where the level of a series may have changed. A period without a value ends the series."""
    title, unit = called
    for newest in _series(own):
        for shift in shifts([row["value"] for row in newest], daily=grain == "day"):
            yield say(
                "noticing.shift", title=_titled(title, newest[0]),
                when=span_words(newest[shift.at]["period_start"], newest[shift.at]["period_end"]),
                before=value_text(shift.before, unit, currency), after=value_text(shift.after, unit, currency),
            )  # fmt: skip


def _titled(title: str, row: Row) -> str:
    """A metric's title, with the part of the whole that a reading is of."""
    part = next((str(row[name]) for name in _SLICES if row[name]), "")
    return f"{title} ({part})" if part else title


def _series(own: pl.DataFrame) -> Iterator[list[Row]]:
    """The newest stretch of each part's periods, see `_unbroken`."""
    for rows in own.sort("period_start").partition_by(*_SLICES, maintain_order=True):
        yield _unbroken(rows.to_dicts())


def _unbroken(rows: Sequence[Row]) -> list[Row]:
    """The newest stretch of whole periods that all have a value."""
    whole = [row for row in rows if not row["incomplete"]]
    begin = 0
    for place, (one, other) in enumerate(pairwise(whole), start=1):
        if one["value"] is None or one["period_end"] != other["period_start"]:
            begin = place
    newest = whole[begin:]
    return newest if newest and newest[-1]["value"] is not None else []
