"""Which cell of a table goes to which fact: a source's columns laid over a file's header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData, PluginFault
from smmetrics.api.facts import PROVENANCE, Fact
from smmetrics.intake import extracting
from smmetrics.intake.names import plain, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.facts import Table
    from smmetrics.api.sources import Column, Source

OBSERVED = "observed_at"
"""When a row's counts were true: the one column of provenance that a file may state itself, record by record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapped:
    """A column of the file: where it stands, its header as written, and the fact it fills (``table.name``)."""

    column: Column
    index: int
    header: str
    table: str
    fact: Fact
    scope: str

    @property
    def measured(self) -> bool:
        """Whether the cell is a count or a measured quantity, and not a name or a time."""
        return is_measured(self.fact)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All that is read of a table. ``unread``: headers no column of the source names."""

    source: Source
    tables: Mapping[str, Table]
    columns: tuple[Mapped, ...]
    unread: tuple[str, ...]

    @property
    def wanted(self) -> tuple[int, ...]:
        """Positions of the cells to read, in the file's order."""
        first = (0,) if self.source.layout.footer else ()
        return tuple(sorted({mapped.index for mapped in self.columns} | set(first)))

    @property
    def keys(self) -> tuple[int, ...]:
        """Positions of the cells that say what a row of the source's own table is of."""
        key = self.tables[self.source.table].key
        own = [mapped for mapped in self.columns if mapped.table == self.source.table]
        return tuple(mapped.index for mapped in own if mapped.fact.name in key)

    def constant(self, table: str, name: str) -> str | None:
        """What the source itself says of a column no cell holds, written ``name`` or ``table.name``."""
        constants = dict(self.source.constants)
        return constants.get(f"{table}.{name}", constants.get(name))

    @property
    def facts(self) -> tuple[str, ...]:
        """Facts this very file reports, ``table.name``, sorted."""
        return tuple(sorted({mapped.fact.id for mapped in self.columns if mapped.measured}))


def is_measured(fact: Fact) -> bool:
    """Whether a fact is a count or a measured quantity."""
    return fact.additivity != "none" or fact.unit != ""


def lay(source: Source, header: Sequence[str], tables: Mapping[str, Table]) -> Plan:
    """Lay a source's columns over a header.

    Raises `BadData` where the header lacks a required column or names one twice, `PluginFault` where a column fills
    a fact that nobody declared.
    """
    places: dict[str, list[int]] = {}
    for index, name in enumerate(header):
        places.setdefault(plain(name), []).append(index)
    found = [mapped for column in source.columns if (mapped := _mapped(source, column, header, places, tables))]
    if not found:
        message = f"The table has none of the columns that {source.id} reads."
        raise BadData(message, hint=source.how_to_get, code="format.other")
    taken = {mapped.index for mapped in found}
    unread = tuple(visible(name) for index, name in enumerate(header) if index not in taken and name.strip())
    return Plan(source=source, tables=tables, columns=tuple(found), unread=unread)


def _mapped(
    source: Source, column: Column, header: Sequence[str], places: Mapping[str, list[int]], tables: Mapping[str, Table]
) -> Mapped | None:
    table, fact = _fact(source, column.fact, tables)
    for name in (*extracting.groups(column.extract), *dict(column.sets)):
        _fact(source, f"{table}.{name}", tables)
    indexes = next((places[plain(name)] for name in column.names if plain(name) in places), None)
    if indexes is None:
        if column.required:
            message = f"The table lacks the column {column.names[0]!r}, which {source.id} needs."
            raise BadData(message, hint=source.how_to_get, code="format.other")
        return None
    if len(indexes) > 1:
        message = f"The header names {header[indexes[0]]!r} {len(indexes)} times."
        hint = "It is not clear which column is meant: get the export again, unchanged."
        raise BadData(message, hint=hint, code="header.twice")
    scope = column.scope or dict(source.constants).get("scope", "total")
    return Mapped(column=column, index=indexes[0], header=header[indexes[0]], table=table, fact=fact, scope=scope)


def _fact(source: Source, name: str, tables: Mapping[str, Table]) -> tuple[str, Fact]:
    table, _, column = name.rpartition(".")
    found = tables.get(table)
    if found is not None and column == OBSERVED:
        return table, Fact(table=table, name=OBSERVED, type=dict(PROVENANCE)[OBSERVED])
    fact = next((fact for fact in found.columns if fact.name == column), None) if found else None
    if fact is None:
        message = f"{source.id} fills {name!r}, and no fact of that name is declared."
        raise PluginFault(message, hint="Declare it with the hook smmetrics_facts.", code="column.undeclared")
    return table, fact
