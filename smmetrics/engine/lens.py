"""Numbers seen elsewhere: one period earlier, over the days that end with a period, or with a slice lifted.

A formula such as ``previous(log(count(posts)))`` is turned round until the words stand directly around what is
counted: ``log(previous(count(posts)))``. Then each distinct `Lens` is one more way to assign rows to periods.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, Union

import numpy as np
import polars as pl

from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Constant,
    Node,
    Op,
    Previous,
    Row,
    Total,
    Trailing,
    children,
)
from smmetrics.engine.calendar import CODE, midnight
from smmetrics.engine.columns import having

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from smmetrics.engine.calendar import Calendar

Leaf: TypeAlias = Union[Aggregate, Previous, Trailing, Total]  # noqa: UP007 (classes of another module)
"""An aggregate, perhaps seen through words that stand directly around it."""
_PERIOD = frozenset({"period_start", "period_end", "period_days"})


@dataclass(frozen=True, slots=True)
class Lens:
    """Where a number is seen: ``back`` periods earlier, over ``days`` days (0: the period), ``over`` slices lifted."""

    back: int = 0
    days: int = 0
    over: frozenset[str] = frozenset()

    @property
    def moved(self) -> bool:
        """Whether other days than the period's are read."""
        return bool(self.back or self.days)


HERE = Lens()


def focused(root: Node) -> Node:
    """The formula with `previous`, `trailing` and `total` directly around aggregates and the period's constants."""
    return _pushed(root, lambda leaf: leaf)


def _pushed(node: Node, wrap: Callable[[Node], Node]) -> Node:
    match node:
        case Previous(node=inner):
            return _pushed(inner, lambda leaf: wrap(Previous(leaf)))
        case Trailing(node=inner, days=days):
            return _pushed(inner, lambda leaf: wrap(Trailing(leaf, days)))
        case Total(node=inner, over=over):
            return _pushed(inner, lambda leaf: wrap(Total(leaf, over)))
        case Aggregate():
            return wrap(node)
        case Constant(name=name) if name in _PERIOD:
            return wrap(node)
        case Op(args=args) | Row(args=args):
            return replace(node, args=tuple(_pushed(arg, wrap) for arg in args))
        case _:
            return node


def leaves(node: Node) -> Iterator[Leaf]:
    """What must be counted for a focused formula, in order of appearance."""
    match node:
        case Aggregate():
            yield node
        case Previous() | Trailing() | Total():
            if isinstance(core(node), Aggregate):
                yield node
        case _:
            for child in children(node):
                yield from leaves(child)


def core(leaf: Node) -> Node:
    """The aggregate (or constant) inside the words around it."""
    while isinstance(leaf, Previous | Trailing | Total):
        leaf = leaf.node
    return leaf


def aggregate_of(leaf: Node) -> Aggregate:
    """The aggregate of a leaf."""
    found = core(leaf)
    assert isinstance(found, Aggregate), "a leaf holds an aggregate"
    return found


def lens_of(leaf: Node) -> Lens:
    """The words around a leaf as one lens; of several windows the innermost holds."""
    lens = HERE
    while isinstance(leaf, Previous | Trailing | Total):
        match leaf:
            case Previous():
                lens = replace(lens, back=lens.back + 1)
            case Trailing(days=int() as days):
                lens = replace(lens, days=days)
            case Total(over=over):
                lens = replace(lens, over=lens.over | {over})
            case _:
                pass
        leaf = leaf.node
    return lens


def windows(periods: pl.DataFrame, lens: Lens, calendar: Calendar, zone: str) -> pl.DataFrame:
    """The same periods, by their codes, with the days that a lens reads for each."""
    bounds = zip(periods["period_start"].to_list(), periods["period_end"].to_list(), strict=True)
    return having(periods, **{each.name: each for each in _moved(tuple(bounds), lens, calendar, zone)})


@lru_cache(maxsize=32)
def _moved(bounds: tuple[tuple[date, date], ...], lens: Lens, calendar: Calendar, zone: str) -> tuple[pl.Series, ...]:
    """The columns of periods seen through a lens: many formulas look through the same few."""
    moved = [_window(start, end, lens, calendar) for start, end in bounds]
    first, last = [start for start, _ in moved], [end for _, end in moved]
    times = {"__from": first, "__to": last}
    return (
        pl.Series("period_start", first, dtype=pl.Date),
        pl.Series("period_end", last, dtype=pl.Date),
        *(
            pl.Series(name, [midnight(day, zone) for day in days], dtype=pl.Datetime("us", "UTC"))
            for name, days in times.items()
        ),
        pl.Series("length", [(end - start).days for start, end in moved], dtype=pl.Int64),
    )


def _window(start: date, end: date, lens: Lens, calendar: Calendar) -> tuple[date, date]:
    for _ in range(lens.back):
        start, end = _before(start, end, calendar)
    return (end - timedelta(days=lens.days), end) if lens.days else (start, end)


def _before(start: date, end: date, calendar: Calendar) -> tuple[date, date]:
    """The period before: in a calendar the week, month or quarter before, else as many days."""
    if calendar.grain == "total":
        return start - (end - start), start
    first = calendar.start(calendar.start(start) - timedelta(days=1))
    return first, calendar.after(first)


def days_of(periods: pl.DataFrame) -> pl.DataFrame:
    """Which days belong to which period codes; a day may belong to several."""
    first, last = (periods[name].cast(pl.Int32).to_numpy() for name in ("period_start", "period_end"))
    lengths = np.maximum(last - first, 0)
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    days = np.repeat(first, lengths) + np.arange(lengths.sum()) - before
    codes = pl.Series(CODE, np.repeat(periods[CODE].to_numpy(), lengths), dtype=periods.schema[CODE])
    return pl.DataFrame([codes, pl.Series("__day", days.astype(np.int32)).cast(pl.Date)])


def number_of(days: object) -> int | None:
    """A whole number of days, of at least one; None for anything else."""
    return int(days) if isinstance(days, int | float) and days == int(days) and days >= 1 else None
