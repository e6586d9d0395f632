"""Numbers that are counts of people themselves: three of forty, and the thirty-seven that are left, are people."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from smmetrics.contracts.formula.nodes import Column, walk
from smmetrics.engine.lens import aggregate_of
from smmetrics.engine.measures import mentions, reading_rows
from smmetrics.engine.passes import BOUNDS
from smmetrics.engine.privacy.judging import PERSONS, STOCK
from smmetrics.engine.privacy.lattice import Weight, hidden
from smmetrics.engine.privacy.policy import about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.privacy.lattice import Cell, Dims

    Row = Mapping[str, Any]

WHEN = "~when"
"""The dimension of periods; after all names in the alphabet."""


PEOPLE, SUMS = "people", "sums"
"""What is counted: each person once, or numbers of people that somebody wrote down."""


def counts_people(one: Ask, views: Mapping[str, View]) -> str:
    """Whether what a request counts are people, and how: entities that are persons, columns that count them."""
    how = {_counts(aggregate_of(leaf), views, all_=one.request.about_people) for leaf in one.aggregates}
    return next((each for each in (PEOPLE, SUMS) if each in how), "")


def _counts(aggregate: Aggregate, views: Mapping[str, View], *, all_: bool) -> str:
    if {STOCK, *PERSONS} & {*aggregate.by}:
        return PEOPLE if any(about(views[part.table], all_=all_) for part in reading_rows(aggregate)) else ""
    read = [part for part in walk(aggregate) if isinstance(part, Column)]
    columns = [views[part.table].column(part.name) for part in read]
    if any(column is not None and column.people for column in columns):
        return SUMS
    inside = [part for part in reading_rows(aggregate) if mentions(part, BOUNDS)]
    return PEOPLE if any(about(views[part.table], all_=all_) for part in inside) else ""


def numbers_of(row: Row, how: str) -> list[float]:
    """All counts of people that a reading tells, or that follow from it."""
    above, below = row["numerator"], row["denominator"]
    found = [above, below]
    if above is not None and below is not None:
        found.append(below - above)
    if below is None:
        found += [row["value"], *([row["n"]] if how == PEOPLE else [])]
    return [float(each) for each in found if each is not None]


def is_few(row: Row, how: str, smallest: int) -> bool:
    """Whether a reading tells a count of people that is too small, and not nobody."""
    return any(0 < each < smallest for each in numbers_of(row, how))


def cells_hidden(
    asked: Callable[[Sequence[str], bool], Iterable[Row]],
    by: Sequence[str],
    *,
    how: str,
    whole: bool,
    group: Callable[[Row, Sequence[str]], Cell],
    smallest: int,
) -> frozenset[Cell]:
    """The cells (groups, then period) of one request that are hidden, so that none is left over in a sum.

    ``asked``: its readings by fewer dimensions, over all days where the second word says so; ``whole``: it asks of all
    days together anyway; ``how`` they count people.
    """
    names = tuple(sorted(by))
    tables: dict[Dims, dict[Cell, Weight]] = {}
    few: dict[Dims, list[Cell]] = {}
    for size in range(len(names) + 1):
        for dims in combinations(names, size):
            for together in (True,) if whole else (True, False):
                cut = dims if together else (*dims, WHEN)
                for row in asked(dims, together):
                    cell = (*group(row, dims), *(() if together else (str(row["period_start"]),)))
                    people = int(max(numbers_of(row, how), default=0))
                    tables.setdefault(cut, {})[cell] = Weight(people=people, order=people)
                    if is_few(row, how, smallest):
                        few.setdefault(cut, []).append(cell)
                tables.setdefault(cut, {})
    settled = hidden(tables, few, smallest)
    return settled[names if whole else (*names, WHEN)]
