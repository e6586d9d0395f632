"""A mapping: how the columns of some table that people have are read, and the source it makes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from smmetrics.api import Capability, Column, Layout, Signature, Source
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Mappings

    from smmetrics.api import Fact, Table

WINDOWS = ("lifetime", "day", "week", "days_28", "month", "range")
NO_WINDOW = "lifetime"
TIMED = {"account_counts": "window_start", "visits": "date", "effort": "day"}
"""Tables of which a row without this column says nothing: when it was."""
GRAINS = {"month": "range"}
ACROSS, DOWN = "months across", "rows"
ASKED = "?"
"""Stands for the fact of a column that may be several, until somebody says which; and asks what there is."""
LATER = frozenset({"two_rows", "beside", "under"})
"""What mappings say since later: one that does not is what it was."""
NUMBERED = frozenset(
    {"posts", "cases", "outreach", "ideas", "findings", "outcomes", "events", "ratings", "effort", "credits"}
)
"""Tables whose rows have an id, which is made where the file has none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What is said of one column of the file: the fact it is (``table.column``; empty: not read) and how it is written.

    ``seen`` are some of its values, ``why`` is what kept a proposal from being sure; both are for people only.
    """

    header: str
    to: str = ""
    parse: str = ""
    scope: str = ""
    scale: float = 1.0
    extract: str = ""
    required: bool = False
    seen: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """All that is said of a kind of file. Only a ``confirmed`` one reads anything."""

    name: str
    columns: tuple[Told, ...]
    table: str
    platform: str = ""
    platform_title: str = ""
    title: str = ""
    account: str = ""
    window: str = NO_WINDOW
    ours: bool = True
    confirmed: bool = False
    json: bool = False
    layout: str = DOWN
    header_row: int = 0
    two_rows: bool = False
    beside: bool = False
    under: str = ""
    records: str = ""
    locale: str = "en"
    delimiter: str = ""
    missing: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    fixed: Mappings[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> tuple[Told, ...]:
        """The columns that are read."""
        return tuple(each for each in self.columns if each.to not in {"", ASKED})

    @property
    def open(self) -> tuple[str, ...]:
        """What somebody has to say before it can be confirmed, in sentences."""
        lacking = [] if self.platform else [say("map.open.platform")]
        time = TIMED.get(self.table, "")
        says = [each for each in self.taken if each.to != f"{self.table}.{time}"]
        lacking += [] if says else [say("map.open.nothing")]
        if time and self.window != "range":
            there = any(each.to == f"{self.table}.{time}" for each in self.taken)
            lacking += [] if there else [say("map.open.time", fact=f"{self.table}.{time}")]
        lacking += [
            say("map.open.column", header=each.header, why=each.why or say("map.why.unsaid"))
            for each in self.columns
            if each.to and not each.parse
        ]
        return tuple(lacking)


def source_of(mapping: Mapping, tables: Mappings[str, Table]) -> Source:
    """The source that a mapping makes, read like every other."""
    facts = {fact.id: fact for table in tables.values() for fact in table.columns}
    columns = tuple(_column(each) for each in mapping.taken)
    fixed = tuple(mapping.fixed.items()) + ((("account_id", mapping.account),) if mapping.account else ())
    measured = {each.to.partition(".")[0] for each in mapping.taken}
    return Source(
        kind=mapping.name,
        platform=mapping.platform,
        table=mapping.table,
        title=mapping.title or say("map.source.title", name=mapping.name),
        container="json" if mapping.json else "csv",
        how_to_get=say("map.source.how"),
        takes=say("map.source.takes"),
        holds=say("map.source.holds", count=len(mapping.taken)),
        minutes=1,
        version=_version(mapping),
        constants=fixed,
        signature=Signature(required=_required(mapping)),
        layout=Layout(
            header_row=mapping.header_row,
            turned=mapping.layout == ACROSS,
            unit_row=mapping.header_row + 1 if mapping.two_rows else None,
            blocks=mapping.beside,
            title=f"^{re.escape(mapping.under)}$" if mapping.under else "",
            records=mapping.records,
            locale=mapping.locale,
            delimiter=mapping.delimiter,
            missing=mapping.missing,
            footer=mapping.footer,
            open_end=True,
        ),
        columns=columns,
        grain=GRAINS.get(mapping.window, mapping.window),  # type: ignore[arg-type]
        window=mapping.window,
        covers=tuple(sorted({mapping.table, *measured})),
        own=mapping.ours,
        made_id=_made_id(mapping, facts),
        can=(*(_claim(each, mapping) for each in _first_of_each(mapping)), *_whose(mapping, facts)),
    )


def _required(mapping: Mapping) -> tuple[str, ...]:
    """What a file must have to be read by it: all columns of a table; of what grows or varies those that are read."""
    varies = mapping.json or mapping.layout == ACROSS
    return tuple(each.header for each in (mapping.taken if varies else mapping.columns))


def _column(told: Told) -> Column:
    return Column(
        names=(told.header,),
        fact=told.to,
        parse=told.parse,
        scale=told.scale,
        scope=told.scope,  # type: ignore[arg-type]
        extract=told.extract,
        required=told.required,
    )


def _claim(told: Told, mapping: Mapping) -> Capability:
    counted = told.to.partition(".")[0] in {"post_counts", "account_counts"}
    grain = GRAINS.get(mapping.window, mapping.window) if counted else "event"
    return Capability(fact=told.to, native=told.header, grain=grain, scope=told.scope or "total")  # type: ignore[arg-type]


def _whose(mapping: Mapping, facts: Mappings[str, Fact]) -> Iterator[Capability]:
    """The account of a table that is ours: its rows are kept as of that one, though no column names it."""
    fact = f"{mapping.table}.account_id"
    if mapping.ours and fact in facts and not any(each.to == fact for each in mapping.taken):
        yield Capability(fact=fact, native=mapping.account or say("map.source.account"), grain="event")


def _first_of_each(mapping: Mapping) -> tuple[Told, ...]:
    return tuple({each.to: each for each in reversed(mapping.taken)}.values())[::-1]


def _made_id(mapping: Mapping, facts: Mappings[str, Fact]) -> str:
    """The id that rows are given where no column holds one."""
    if mapping.table not in NUMBERED:
        return ""
    name = next(
        name for name in (f"{mapping.table[:-1]}_id", "entry_id", "outreach_id") if f"{mapping.table}.{name}" in facts
    )
    fact = f"{mapping.table}.{name}"
    held = any(each.to == fact or f"<{name}>" in each.extract for each in mapping.taken)
    return "" if held else fact


def _version(mapping: Mapping) -> str:
    """A number that changes when the reading changes."""
    told = asdict(replace(mapping, confirmed=True, columns=tuple(replace(c, seen=(), why="") for c in mapping.columns)))
    told = {key: value for key, value in told.items() if value or key not in LATER}
    return f"1.{int(hashlib.sha256(repr(told).encode()).hexdigest()[:8], 16)}"
