"""A row that sums up the others, held against them: what a file says of itself must be what was read of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from smmetrics.intake.names import visible
from smmetrics.intake.summing import added
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.intake.cells import Values
    from smmetrics.intake.plan import Plan

ADDED = ("int", "number")
NEAR = Decimal("1e-4")
"""Of numbers with fractions totals are rounded otherwise than their rows."""
SHOWN = 3
SEVERAL = 2
"""Rows that sum up, from which on nothing is compared: none says which rows it sums."""


@dataclass(slots=True)
class Totals:
    """Sums of the rows by place in the plan, and what the rows that sum up say; counted window by window."""

    plan: Plan
    added: dict[int, Decimal] = field(default_factory=dict)
    stated: dict[int, list[Decimal]] = field(default_factory=dict)

    def note(self, values: Values, footer: Sequence[int]) -> None:
        """Take in a window: all its rows, those set aside among them as far as they can be read."""
        for place, mapped in enumerate(self.plan.columns):
            if mapped.fact.additivity != "additive" or mapped.column.parse not in ADDED:
                continue
            column = values.columns[place]
            stated = self.stated.setdefault(place, [])
            if len(stated) >= SEVERAL:
                continue
            rows = column.gather(list(footer)).drop_nulls().head(SEVERAL) if footer else ()
            said = [_exact(value) for value in rows]
            stated.extend(said)
            self.added[place] = self.added.get(place, Decimal(0)) + added(column) - sum(said, Decimal(0))

    def differing(self) -> list[str]:
        """Columns whose rows add up to something else than the file says, each with both numbers.

        A file with several rows that sum up says nothing of which rows each sums.
        """
        found = []
        for place, stated in self.stated.items():
            mapped = self.plan.columns[place]
            if len(stated) == 1 and abs(stated[0] - self.added[place]) > _tolerance(mapped.column.parse, stated[0]):
                rows, total = (_told(each, mapped.column.scale) for each in (self.added[place], stated[0]))
                found.append(say("intake.totals.column", name=visible(mapped.header), rows=rows, total=total))
        return found

    def words(self) -> str:
        """What to say of them, with how many of how many columns; nothing where all agree."""
        found = self.differing()
        if not found:
            return ""
        compared = sum(len(stated) == 1 for stated in self.stated.values())
        shown = "; ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
        return say("intake.totals.differ", count=len(found), compared=compared, columns=shown)


def _exact(value: object) -> Decimal:
    return Decimal(repr(value))


def _tolerance(parse: str, total: Decimal) -> Decimal:
    return Decimal(0) if parse == "int" else NEAR * max(Decimal(1), abs(total))


def _told(number: Decimal, scale: float) -> str:
    """A number as the file writes it: before it was taken to our unit."""
    written = number / _exact(scale)
    return f"{written:,.0f}" if written % 1 == 0 else f"{written:,.4f}".rstrip("0")
