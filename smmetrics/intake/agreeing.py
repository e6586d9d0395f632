"""Records that say one thing of what they are of, as seen before a record becomes a row for each of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import polars as pl

from smmetrics.intake.shaping import MONTH, columns, has_scope

if TYPE_CHECKING:
    from smmetrics.intake.cells import Values
    from smmetrics.intake.plan import Mapped, Plan

Upto: TypeAlias = tuple[Any, bool]
"""The last one of values that follow one another, and whether they rise."""
WHOLE = ("account_counts", "breakdowns")
"""Tables of which one export holds each row once. Of a post a saved answer may hold several counts."""
FILLED = "observed_at"
"""What a whole file fills where a record says nothing: by it records that differ could become one row."""
PART = 1 << 16
"""Records that are compared at once: few enough for what is made of them to stay near the processor."""
BOUNDS = ("window_start", "window_end")


class Agreeing:
    """Notes, window by window, a hash of what each record is of, and one of that with all its numbers.

    As many different ones of both mean that no two rows differ. The other way round it proves nothing: the rows have to
    be looked at, as in `contrary`. Days that follow one another without a turn need no hash: they are all different.
    """

    def __init__(self, plan: Plan) -> None:
        """``plan`` says which cells are read and what they are."""
        filled = {mapped.table for mapped in plan.columns}
        self._plan = plan
        self._of: dict[str, list[pl.Series]] = {name: [] for name in WHOLE if name in filled and _are_apart(plan, name)}
        self._said: dict[str, list[pl.Series]] = {name: [] for name in self._of}
        self._keys: dict[str, pl.Schema] = {}
        self._upto: dict[str, Upto] = {}

    def note(self, values: Values) -> None:
        """Note the records of a window."""
        for name in tuple(self._of):
            key, numbers = self._looked_at(name, values)
            if not key.width or self._keys.setdefault(name, key.schema) != key.schema:
                del self._of[name]
                continue
            upto = None if self._of[name] else _goes_on(key, self._upto.get(name))
            if upto is not None:
                self._upto[name] = upto
                continue
            if name in self._upto:
                del self._of[name]
                continue
            key, numbers = _each_once(key, numbers)
            hashed = key.hash_rows()
            self._of[name].append(hashed)
            self._said[name].append(pl.DataFrame([hashed.alias("of"), *numbers]).hash_rows())

    def tables(self) -> frozenset[str]:
        """Tables whose rows do not contradict one another, as long as nothing is filled in that they do not say."""
        return frozenset(name for name, of in self._of.items() if _agree(of, self._said[name]))

    def _looked_at(self, name: str, values: Values) -> tuple[pl.DataFrame, list[pl.Series]]:
        """What of a record tells the rows of a table apart, and the numbers that go into it."""
        plan, table = self._plan, self._plan.tables[name]
        cells = columns(plan, values, table)
        changed = {FILLED, *(BOUNDS if plan.source.window == MONTH else ())}
        key = [cells[each] for each in table.key if each in cells and each not in changed]
        numbers = [series for each, series in cells.items() if series.dtype.is_numeric() and each not in table.key]
        numbers += [values.columns[place] for place, each in enumerate(plan.columns) if _is_row(each, plan, name)]
        return pl.DataFrame(key), [series.alias(str(place)) for place, series in enumerate(numbers)]


def _is_row(mapped: Mapped, plan: Plan, table: str) -> bool:
    """Whether a number stands in a row of its own, or of its scope."""
    return mapped.table == table and mapped.measured and bool(mapped.column.sets or has_scope(plan.tables[table]))


def _are_apart(plan: Plan, table: str) -> bool:
    """Whether what columns say by ``sets`` tells each number of a record from its others."""
    key = plan.tables[table].key
    rows = [
        (mapped.fact.name, mapped.scope, tuple(each for each in mapped.column.sets if each[0] in key))
        for mapped in plan.columns
        if _is_row(mapped, plan, table)
    ]
    return len(set(rows)) == len(rows)


def _goes_on(key: pl.DataFrame, before: Upto | None) -> Upto | None:
    """Where days (or numbers) that only rise or only fall have come to; None where they do not, or are something else.

    ``before``: where they had come to in the window before.
    """
    first, *others = key.iter_columns()
    if others or not _is_counted(first) or first.null_count() or first.is_empty():
        return None
    beyond = (first[1:] > first[:-1], first[1:] < first[:-1])
    rises = bool(before[1] if before else beyond[0].head(1).all())
    follows = before is None or (first[0] > before[0] if rises else first[0] < before[0])
    return (first[-1], rises) if follows and beyond[not rises].all() else None


def _each_once(key: pl.DataFrame, numbers: list[pl.Series]) -> tuple[pl.DataFrame, list[pl.Series]]:
    """One record of each day where all of a day say the same; all records otherwise, or where days are not all."""
    day, *others = key.iter_columns()
    if others or not _is_counted(day) or any(each.null_count() for each in (day, *numbers)):
        return key, numbers
    places = day.to_physical()
    first, last = places.min(), places.max()
    if not isinstance(first, int) or not isinstance(last, int) or last - first >= len(day):
        return key, numbers
    there = np.zeros(last - first + 1, np.bool_)
    cells = [each.to_numpy() for each in numbers]
    said = [np.zeros(len(there), each.dtype) for each in cells]
    days_of = places.to_numpy()
    for start in range(0, len(day), PART):
        place = (days_of[start : start + PART] - first).astype(np.intp)
        new = np.flatnonzero(~there.take(place))
        days = place[new]
        there[days] = True
        for each, of_day in zip(cells, said, strict=True):
            values = each[start : start + PART]
            if len(new):
                of_day[days] = values[new]
            if not np.array_equal(of_day.take(place), values):
                return key, numbers
    once = pl.Series(day.name, np.flatnonzero(there) + first).cast(places.dtype).cast(day.dtype)
    return once.to_frame(), [pl.Series(each.name, of[there]) for each, of in zip(numbers, said, strict=True)]


def _is_counted(values: pl.Series) -> bool:
    """Whether values are numbered one by one, as days are."""
    return values.dtype.is_temporal() or values.dtype.is_integer()


def _agree(of: list[pl.Series], said: list[pl.Series]) -> bool:
    """Whether there are as many different hashes of both; all of the first being different, all others are."""
    if not of:
        return True
    hashes = pl.concat(of)
    different = hashes.n_unique()
    return different == len(hashes) or different == pl.concat(said).n_unique()
