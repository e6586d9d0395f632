"""The change from one period to the next, with its interval; or none, where the two cannot be compared.

Periods are compared by their place in the calendar, within one metric and slice, and only whole ones. What depends on
how old posts are is compared at one age on both sides (`ages`), and says at which: else a count that still grows would
always seem to fall. Sums and counts from which young posts would be missing are not compared. The interval of a
difference is made of the two intervals (method of variance estimates recovery, Zou and Donner 2008); for two shares
with Wilson's intervals that is Newcombe's (1998).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine.ages import ENOUGH, KIND, SHARE, YOUNG
from smmetrics.engine.columns import floats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.engine.intervals import Floats
    from smmetrics.engine.places import Bools, Ints

SERIES = (
    "goal", "question", "metric", "version", "parameters", "subject", "platform", "account", "channel", "campaign",
    "audience", "slice", "grain",
)  # fmt: skip
"""What two periods must share to be compared."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400.0
_MATURED, _EQUAL = "matured", "equal"


@dataclass(frozen=True, slots=True)
class _Side:
    """What readings come to at an age (none is nan), and whether they may be compared at it."""

    value: Floats
    low: Floats
    high: Floats
    n: Floats
    fit: Bools

    def before(self, places: Ints) -> _Side:
        """The same of the reading before each; nothing where there is none."""
        value, low, high, n = (np.append(each, np.nan)[places] for each in (self.value, self.low, self.high, self.n))
        return _Side(value, low, high, n, np.append(self.fit, False)[places])

    def where(self, chosen: Bools, other: _Side) -> _Side:
        """This where it is chosen, else the other."""
        return _Side(
            np.where(chosen, self.value, other.value),
            np.where(chosen, self.low, other.low),
            np.where(chosen, self.high, other.high),
            np.where(chosen, self.n, other.n),
            np.where(chosen, self.fit, other.fit),
        )


def with_changes(readings: pl.DataFrame, *, maturity: Mapping[str, float], as_of: datetime) -> pl.DataFrame:
    """Readings with ``previous``, ``change``, ``change_low``, ``change_high`` and ``age_basis`` filled.

    ``maturity``: days by metric id that posts need before their numbers are comparable (absent: 0). Readings with
    `ages.HIDDEN` beside them are compared at one age. The order of rows stays.
    """
    if readings.is_empty():
        return readings
    starts, ends = (floats(readings, name) for name in ("period_start", "period_end"))
    earlier = _earlier(readings, starts)
    matured, equal, enough = _sides(readings, maturity, as_of)
    there = {_MATURED: matured.before(earlier), _EQUAL: equal.before(earlier)}
    near = np.append(ends, np.nan)[earlier] == starts
    # At equal age where enough posts were seen at it on both sides, else at a matured one, else not at all.
    enough = enough & np.append(enough, np.False_)[earlier]
    at_equal = near & enough & equal.fit & there[_EQUAL].fit
    at_matured = near & matured.fit & there[_MATURED].fit & ~at_equal
    compared = at_equal | at_matured
    none = np.full(len(near), np.nan)
    nothing = _Side(none, none, none, none, np.zeros_like(near))
    now = equal.where(at_equal, matured.where(at_matured, nothing))
    then = there[_EQUAL].where(at_equal, there[_MATURED].where(at_matured, nothing))
    basis = pl.Series([_MATURED, _EQUAL])[at_equal.astype(np.int64)]
    n = floats(readings, "n")
    left = n + np.append(n, np.nan)[earlier] - now.n - then.n
    return readings.with_columns(
        *_changes(now, then),
        basis.zip_with(pl.Series(compared), readings.get_column("age_basis")).alias("age_basis"),
        _reasons(readings, np.where(compared, left, np.nan)),
    )


def _earlier(readings: pl.DataFrame, starts: Floats) -> Ints:
    """The row of the reading before each in its series, by the calendar; -1 where there is none."""
    words = [column for name in SERIES if (column := readings.get_column(name)).n_unique() > 1]
    begins = np.ones(readings.height, dtype=np.bool_)
    begins[1:] = np.logical_or.reduce([np.zeros(readings.height - 1, np.bool_), *map(_differs, words)])
    # Rows of one series mostly stand together: only the first of each stretch is looked up.
    first = np.flatnonzero(begins)
    known: dict[tuple[str | None, ...], int] = {}
    told = zip(*(column[first].to_list() for column in words), strict=True) if words else [()]
    numbers = [known.setdefault(each, len(known)) for each in told]
    series = np.repeat(numbers, np.diff(np.append(first, readings.height)))
    rows = np.lexsort((starts, series))
    earlier = np.full(len(rows), -1)
    follows = series[rows[1:]] == series[rows[:-1]]
    earlier[rows[1:][follows]] = rows[:-1][follows]
    return earlier


def _differs(column: pl.Series) -> Bools:
    """Whether each row's word but the first's is another than that of the row above."""
    return column.slice(1).ne_missing(column.slice(0, len(column) - 1)).to_numpy()


def _valued(readings: pl.DataFrame, name: str) -> Bools:
    return np.asarray((readings.get_column(name) == "value").cast(pl.Float64).to_numpy() == 1)


def _sides(readings: pl.DataFrame, maturity: Mapping[str, float], as_of: datetime) -> tuple[_Side, _Side, Bools]:
    """What readings come to at a matured and at equal age, and whether enough posts were seen at equal age."""
    complete = floats(readings, "incomplete") == 0
    metrics = readings.get_column("metric").to_list() if any(maturity.values()) else ()
    waits = np.array([maturity.get(name, 0.0) for name in metrics]) if metrics else 0.0
    # Whether all posts of a period are old enough, as far as the calendar tells.
    ripe = (floats(readings, "period_end") + waits) * _DAY <= (as_of - _EPOCH) / timedelta(seconds=1)
    fit = _valued(readings, "state") & complete & ripe
    value, low, high, n = (floats(readings, name) for name in ("value", "low", "high", "n"))
    plain = _Side(value, low, high, n, fit)
    unfit = replace(plain, fit=np.zeros_like(fit))
    if KIND not in readings.columns:
        return plain, unfit, unfit.fit
    kinds = [kind or "" for kind in readings.get_column(KIND).to_list()]
    sums = np.array([kind.startswith("sum") for kind in kinds])
    # A sum is none where posts are missing from it.
    young = np.nan_to_num(floats(readings, YOUNG)) == 0
    missed = np.where([kind.endswith("counts") for kind in kinds], young, ripe)
    known = complete & (~sums | (missed & ripe))
    ageless = np.array([not kind for kind in kinds])
    matured = plain.where(ageless, _aged(readings, _MATURED, known))
    equal = unfit.where(ageless, _aged(readings, _EQUAL, known & ~ageless))
    return matured, equal, (floats(readings, SHARE) >= np.where(sums, 1.0, ENOUGH)) & equal.fit


def _aged(readings: pl.DataFrame, basis: str, known: Bools) -> _Side:
    """What readings come to at an age."""
    value, low, high, n = (floats(readings, f"{basis}.{name}") for name in ("value", "low", "high", "n"))
    return _Side(value, low, high, n, known & _valued(readings, f"{basis}.state"))


@np.errstate(over="ignore", invalid="ignore")
def _changes(now: _Side, then: _Side) -> list[pl.Series]:
    change = now.value - then.value
    # None of these is there where one of the four bounds is not.
    down = _spread(now.value - now.low, then.high - then.value) + 0 * (now.high + then.low)
    up = _spread(now.high - now.value, then.value - then.low) + 0 * (now.low + then.high)
    numbers = {"previous": then.value, "change": change, "change_low": change - down, "change_high": change + up}
    return [pl.Series(name, each, nan_to_null=True) for name, each in numbers.items()]


def _spread(one: Floats, other: Floats) -> Floats:
    """Two independent half-widths as one."""
    return np.sqrt(one**2 + other**2)


def _reasons(readings: pl.DataFrame, left: Floats) -> pl.Series:
    """The reasons, with how many posts are too young for the comparison on its two sides."""
    column = readings.get_column("reason")
    young = np.flatnonzero(left > 0).tolist()
    if not young:
        return column
    told = column.to_list()
    for row in young:
        said = f"posts.young: {int(left[row])}"
        told[row] = f"{told[row]}; {said}" if told[row] else said
    return pl.Series("reason", told, dtype=pl.String)
