"""What a source asks of a table's header, in plain names: worked out once, though every file is held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.intake.names import plain
from smmetrics.tables.once import Once

if TYPE_CHECKING:
    from smmetrics.api.sources import Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a source says of a table's header: what it asks for, each as it is told and by its names; how much it is.

    ``named``: the same by names as the source writes them, which are paths where it reads JSON.
    """

    named: tuple[tuple[str, tuple[str, ...]], ...]
    asked: tuple[tuple[str, frozenset[str]], ...]
    known: frozenset[str]
    forbidden: frozenset[str]
    wanted: int


def _worked_out(source: Source) -> Asked:
    signature = source.signature
    columns = [column for column in source.columns if column.required]
    required = {plain(name) for name in (*signature.required, *(column.names[0] for column in columns))}
    named: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in signature.required]
    named += [(" or ".join(group), group) for group in signature.any_of]
    named += [(column.names[0], column.names) for column in columns]
    known = {name for column in source.columns for name in _plain(*column.names)} | required
    known |= {name for group in signature.any_of for name in _plain(*group)}
    known |= {
        name for column in (source.form.columns if source.form else ()) for name in _plain(column.name, *column.aliases)
    }
    return Asked(
        named=tuple(named),
        asked=tuple((name, _plain(*names)) for name, names in named),
        known=frozenset(known),
        forbidden=_plain(*signature.forbidden),
        wanted=len(required) + len(signature.any_of),
    )


def _plain(*names: str) -> frozenset[str]:
    return frozenset(map(plain, names))


asked_by = Once(_worked_out, most=4096)
"""What a source asks, as it was worked out for it before."""
