"""Which cells of tables that add up are hidden beside those about few, so that no subtraction gives these back.

Tables lie above one another: a total, the same by unit, by platform, by both. Each is settled knowing only those it
adds up to, so it is the same table whoever asks for it, and together with what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from smmetrics.engine.privacy.audit import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Dims: TypeAlias = tuple[str, ...]
"""What a table is cut by, in alphabetical order."""
Cell: TypeAlias = tuple[str, ...]
"""The values of a table's dimensions."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many people a cell is about here (``people``) and in all (``order``: the fewest are hidden first)."""

    people: int
    order: int


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells that add up to one cell of a coarser table, and whether that one is shown."""

    members: tuple[Cell, ...]
    shown: bool


def hidden(
    tables: Mapping[Dims, Mapping[Cell, Weight]], few: Mapping[Dims, Iterable[Cell]], smallest: int
) -> dict[Dims, frozenset[Cell]]:
    """The cells to hide in each table: those in ``few``, and what they could be told from.

    What is hidden in a sum that is shown must be about ``smallest`` people or more, and no hidden cell may follow from
    what is shown in its own table and in all those it adds up to.
    """
    found: dict[Dims, frozenset[Cell]] = {}
    for dims in sorted(tables, key=lambda names: (len(names), names)):
        coarser = [other for other in found if set(other) < set(dims)]
        lines = [line for other in coarser for line in _lines(tables[dims], dims, other, found[other])]
        found[dims] = _settled(tables[dims], set(few.get(dims, ())), lines, smallest)
    return found


def projected(cell: Cell, dims: Sequence[str], onto: Sequence[str]) -> Cell:
    """The cell of a coarser table that a cell adds up to."""
    return tuple(value for value, name in zip(cell, dims, strict=True) if name in onto)


def _lines(cells: Iterable[Cell], dims: Dims, onto: Dims, gone: frozenset[Cell]) -> list[_Line]:
    members: dict[Cell, list[Cell]] = {}
    for cell in sorted(cells):
        members.setdefault(projected(cell, dims, onto), []).append(cell)
    return [_Line(tuple(inside), whole not in gone) for whole, inside in members.items()]


def _settled(cells: Mapping[Cell, Weight], out: set[Cell], lines: Sequence[_Line], smallest: int) -> frozenset[Cell]:
    """Hide one more cell at a time until nothing that is hidden can be told; the one about the fewest first."""
    if not out and all(line.shown for line in lines):
        return frozenset()
    while (at_fault := _told(cells, out, lines, smallest)) is not None:
        left = [cell for cell in at_fault if cell not in out] or [cell for cell in cells if cell not in out]
        if not left:
            break
        out.add(min(left, key=lambda cell: (not cells[cell].people, cells[cell].order, cell)))
    return frozenset(out)


def _told(cells: Mapping[Cell, Weight], out: set[Cell], lines: Sequence[_Line], smallest: int) -> Iterable[Cell] | None:
    """The cells among which one more must be hidden, or None where nothing is told."""
    known = Known()
    for line in lines:
        inside = [cell for cell in line.members if cell in out]
        if not line.shown or not inside:
            continue
        if len(inside) < len(line.members) and sum(cells[cell].people for cell in inside) < smallest:
            return line.members
        known.add(inside)
    for line in lines:
        if not line.shown and known.tells(cell for cell in line.members if cell in out):
            return line.members
    for cell in sorted(out):
        if known.tells((cell,)):
            return [other for line in lines if line.shown and cell in line.members for other in line.members]
    return None
