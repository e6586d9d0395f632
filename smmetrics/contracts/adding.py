"""Tables that plugins add, as formulas see them: kept as they came in, or made of other tables by a plugin's code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smmetrics.api.columns import PERSON_COLUMNS, who_acted
from smmetrics.api.facts import Fact, Table, View, ViewColumn
from smmetrics.api.metrics import Calculator, Derived
from smmetrics.contracts.collect import of_type, unique
from smmetrics.contracts.compiled import Fault
from smmetrics.contracts.joining import column_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smmetrics.contracts.collect import Answer, Answers

CREATED = "created_on"
_WHERE = ("platform", "account_id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A table that a plugin's code makes.

    ``reads``: by table the columns its code is handed (none: all). ``alone``: the code takes the one table's rows, and
    not a mapping of tables.
    """

    table: str
    reads: tuple[tuple[str, tuple[str, ...]], ...]
    load: str
    alone: bool
    plugin: str
    version: str


def add_views(
    registry: Answers, tables: Mapping[str, Table], views: Mapping[str, View]
) -> tuple[Mapping[str, View], Mapping[str, Filled], tuple[Fault, ...]]:
    """``views`` with those of the plugins' tables, what fills those that code makes, and what is wrong.

    ``tables`` are all stored tables, the plugins' columns joined to them; ``views`` are the core's.
    """
    names = {record.name for record, _ in of_type(registry.answers("smmetrics_tables"), Table)} & tables.keys()
    kept = {name: _view(tables[name]) for name in sorted(names - views.keys())}
    makers, clashes = _makers(registry)
    known = {**views, **kept}
    filled: dict[str, Filled] = {}
    faults = []
    for record, answer in makers.values():
        found = _filled(record, answer, known, kept, makers)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            filled[found.table] = found
    made = {name: _made(kept[name], each, known) for name, each in filled.items()}
    return {**known, **made}, filled, (*clashes, *faults)


def _makers(
    registry: Answers,
) -> tuple[Mapping[str, tuple[Derived | Calculator, Answer]], tuple[Fault, ...]]:
    answers: Iterable[tuple[Derived | Calculator, Answer]] = (
        *of_type(registry.answers("smmetrics_derived"), Derived),
        *of_type(registry.answers("smmetrics_calculators"), Calculator),
    )
    return unique(answers, _table, "table made by code")


def _table(record: Derived | Calculator) -> str:
    return record.table if isinstance(record, Derived) else record.produces


def _view(table: Table) -> View:
    """A stored table as formulas see it: its columns, where and when, and of a person what is known of them.

    Names and addresses of people are in no table that formulas see.
    """
    facts = [fact for fact in table.columns if fact.name not in _WHERE and (fact.name == "person" or not fact.personal)]
    named = {fact.name for fact in table.columns}
    time = next((fact for fact in table.columns if fact.name == table.time), None)
    columns = (
        *((ViewColumn(name="platform", type="text"),) if "platform" in named else ()),
        *((ViewColumn(name="account", type="text"),) if named.issuperset(_WHERE) else ()),
        *(who_acted(table.name, PERSON_COLUMNS) if named.issuperset({"platform", "person"}) else ()),
        *(column_of(fact) for fact in facts),
        *_times(table.name, time),
    )
    seen = {column.name for column in columns}
    said = {name: "account" if name == "account_id" else name for name in table.key}
    said = {name: word for name, word in said.items() if word in seen}
    return View(
        name=table.name,
        one_row_is=table.one_row_is,
        key=tuple(said[name] for name in table.key if name in said),
        event_time=None if time is None else _instant(time),
        columns=tuple({column.name: column for column in columns}.values()),
    )


def _times(table: str, time: Fact | None) -> Iterator[ViewColumn]:
    """The day a row belongs to; of a table that only knows days, an instant that is never known."""
    if time is None:
        return
    yield ViewColumn(name=CREATED, type="date", needs=(f"{table}.{time.name}",))
    if time.type == "date":
        yield ViewColumn(name=_instant(time), type="instant", needs=(f"{table}.{time.name}",))


def _instant(time: Fact) -> str:
    return time.name if time.type == "instant" else f"{time.name}_at"


def _filled(
    record: Derived | Calculator,
    answer: Answer,
    known: Mapping[str, View],
    kept: Mapping[str, View],
    makers: Mapping[str, object],
) -> Filled | Fault:
    table, alone = _table(record), isinstance(record, Calculator)
    named = record.from_tables if isinstance(record, Derived) else record.needs
    if table not in kept:
        return _fault(record, answer, f"no plugin declares the table {table!r}", "Declare it with smmetrics_tables.")
    reads: dict[str, list[str]] = {}
    for word in named:
        view, _, column = word.partition(".")
        if view not in known or (column and known[view].column(column) is None):
            return _fault(record, answer, f"there is no {word!r} to make it of", "Say posts, or posts.text.")
        if view in makers:
            return _fault(record, answer, f"{view!r} is made by code too", "Make both of the tables it is made of.")
        reads.setdefault(view, []).extend([column] if column else [])
    if not reads or (alone and len(reads) > 1):
        how = "exactly one table" if alone else "at least one table"
        return _fault(record, answer, f"it names {len(reads)} tables", f"It has to be made of {how}.")
    whole = {word for word in named if "." not in word}
    return Filled(
        table=table,
        reads=tuple((view, () if view in whole else tuple(columns)) for view, columns in reads.items()),
        load=record.load,
        alone=alone,
        plugin=answer.plugin,
        version=answer.version,
    )


def _made(view: View, filled: Filled, known: Mapping[str, View]) -> View:
    """A view whose columns need what the columns need that it is made of; its times what put those into periods."""
    needs = dict.fromkeys(
        fact for name, columns in filled.reads for each in columns for fact in _needs(known[name], each)
    )
    times = dict.fromkeys(
        fact for name, _ in filled.reads for fact in _needs(known[name], known[name].event_time or "")
    )
    timed = {CREATED, view.event_time}
    made = (replace(each, needs=tuple(times if each.name in timed else needs)) for each in view.columns)
    return replace(view, columns=tuple(made), made_of=tuple(name for name, _ in filled.reads))


def _needs(view: View, name: str) -> tuple[str, ...]:
    column = view.column(name)
    return column.needs if column else ()


def _fault(record: Derived | Calculator, answer: Answer, why: str, hint: str) -> Fault:
    table = _table(record)
    what = f"nothing fills the table {table!r}: {why}."
    return Fault.of(answer, what, code="derived.malformed", subject=table, hint=hint)
