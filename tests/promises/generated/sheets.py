"""A table before it is written: columns that a file happens to have, records, and what each of them means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.promises.generated.cells import BAD, Column

if TYPE_CHECKING:
    import random


@dataclass(slots=True)
class Sheet:
    """A table before it is written: ``meant`` has a dictionary a record (``table.fact`` and ``table.fact/scope``), or `BAD`.

    ``above``: lines before the header; ``footers``: records that sum up others, at their places.
    """

    kind: str
    name: str
    header: list[str]
    records: list[list[str]]
    meant: list[dict[str, object] | object]
    above: str = ""
    footers: list[tuple[int, list[str]]] = field(default_factory=list)
    delimiters: str = ",,,,;\t|"
    ends_open: bool = False


def sheet(dice: random.Random, kind: str, name: str, columns: list[Column], *, first: int = 1, **more: object) -> Sheet:
    """Draw the columns that a file happens to have, in any order behind the ``first`` ones, and its records."""
    kept, others = columns[:first], columns[first:]
    dice.shuffle(others)
    chosen = [*kept, *others]
    header = [dice.choice(column.headers) for column in chosen]
    header = [dice.choice([name, name, name.upper(), f" {name} "]) for name in header]
    records, meant = [], []
    for _ in range(dice.choice([1, 2, 3, 5, 8, 13])):
        made = [column.cell(dice) for column in chosen]
        records.append([cell for cell, _ in made])
        pairs = zip(chosen, made, strict=True)
        found = {column.fills: value for column, (_, value) in pairs if column.fills}
        meant.append(BAD if BAD in found.values() else found)
    return Sheet(kind, name, header, records, meant, **more)
