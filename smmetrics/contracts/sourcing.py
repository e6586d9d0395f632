"""What a source claims must exist: facts, platform; nothing stands both in what it can and what it cannot report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from smmetrics.api.capability import Scope
from smmetrics.contracts.compiled import Fault
from smmetrics.contracts.formula import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from smmetrics.api.facts import Fact, View
    from smmetrics.api.sources import Source
    from smmetrics.contracts.collect import Answer


RULES = ("kind_rule",)
"""Constants that are words to the reader and no column."""
OBSERVED = "observed_at"
"""The one column of provenance that a file may fill itself."""
SAID = frozenset({"posts", "people", "accounts", "acts"})
"""Tables of what was said and by whom: of these each source says for itself what it brings."""
_CUT = "breakdowns"
"""Cells of breakdowns are told by what they count, not one by one."""


_NUMBERS = frozenset({"int", "number", "percent", "duration"})
_MADE = {"text": frozenset({"text", "id"}), "int": _NUMBERS, "number": _NUMBERS}
"""Words of `Column.parse` that make the type of a fact; the others are called like what they make."""


def source_faults(
    found: Iterable[tuple[Source, Answer]],
    facts: Mapping[str, Fact],
    platforms: Collection[str],
    tables: Collection[str],
) -> tuple[Fault, ...]:
    """Everything that sources claim and that cannot be so."""
    return tuple(
        Fault.of(answer, f"the source {source.id} {why}.", code="source.malformed", subject=source.id, hint=hint)
        for source, answer in found
        for why, hint in _problems(source, facts, platforms, tables)
    )


def _problems(
    source: Source, facts: Mapping[str, Fact], platforms: Collection[str], tables: Collection[str]
) -> Iterator[tuple[str, str]]:
    if source.platform not in platforms:
        yield f"belongs to the platform {source.platform!r}, which no plugin defines", ""
    can = {capability.fact for capability in source.can}
    cannot = {gap.fact for gap in source.cannot}
    for fact in sorted((can | cannot) - frozenset(facts)):
        like = nearest(fact, facts)
        yield f"claims the fact {fact!r}, which is unknown", f"Did you mean {like!r}?" if like else ""
    for fact in sorted(can & cannot):
        yield f"says both that it can and that it cannot report {fact}", ""
    yield from undeclared(source, facts, tables)
    yield from _idle(source, facts)
    for column, fact in zip(source.columns, mapped(source), strict=True):
        word = column.parse.partition(" ")[0]
        if fact in facts and word not in _MADE.get(facts[fact].type, {facts[fact].type}):
            wanted = facts[fact].type
            yield f"reads {fact} with parse={column.parse!r}, and the fact is of the type {wanted!r}", _such_as(wanted)


def _such_as(wanted: str) -> str:
    example = {"date": "date %Y-%m-%d", "instant": "instant %Y-%m-%dT%H:%M:%S%z"}.get(wanted, wanted)
    return f"Write parse={example!r}, or fill another fact."


def _idle(source: Source, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Constants that fill nothing, or what is not theirs to say: they fill columns of text, and say no platform."""
    said: Iterable[tuple[str, object]] = source.constants
    for name, value in said:
        found = (facts[each] for each in (name, *(f"{table}.{name}" for table in _fed(source))) if each in facts)
        fact = next(found, None)
        if not isinstance(value, str):
            yield f"has the constant {name!r} = {value!r}, which is no text", "Constants fill columns of text only."
        elif fact and fact.type != "text":
            why = f"has the constant {name!r} = {value!r}, and {fact.id} is of the type {fact.type!r}"
            yield why, "Constants fill columns of text only: read it from a column."
        elif fact and fact.name == "platform" and value != source.platform:
            yield f"has the constant {name!r} = {value!r}, and belongs to {source.platform!r}", "Take the constant out."
        elif name == "scope" and value not in get_args(Scope):
            yield f"has the constant 'scope' = {value!r}, which is no scope", f"Known: {', '.join(get_args(Scope))}."


def undeclared(source: Source, facts: Collection[str], tables: Collection[str]) -> Iterator[tuple[str, str]]:
    """Tables, columns and constants that a source fills and nobody declares, each with what was perhaps meant."""
    for table in dict.fromkeys((source.table, *source.covers)):
        if table not in tables and table not in facts:
            yield f"fills {table!r}, which is no table", _meant(table, tables)
    known = frozenset(facts) | {f"{table}.{OBSERVED}" for table in tables}
    for fact in dict.fromkeys(filled(source)):
        if fact not in known:
            yield f"has a column for {fact!r}, which is no known fact", _meant(fact, facts)
    fed = _fed(source)
    for name, _ in source.constants:
        if name not in facts and name not in RULES and not any(f"{table}.{name}" in facts for table in fed):
            yield f"has the constant {name!r}, which is no column of {', '.join(fed)}", ""


def _fed(source: Source) -> list[str]:
    return sorted({source.table, *(fact.partition(".")[0] for fact in mapped(source))})


def _meant(word: str, known: Collection[str]) -> str:
    like = nearest(word, known)
    return f"Did you mean {like!r}?" if like else ""


def mapped(source: Source) -> tuple[str, ...]:
    """The facts of a source's columns, ``table.name``."""
    return tuple(each.fact if "." in each.fact else f"{source.table}.{each.fact}" for each in source.columns)


def filled(source: Source) -> Iterator[str]:
    """The facts that a source's columns fill: their own, and those they set or take out of a text."""
    for column, fact in zip(source.columns, mapped(source), strict=True):
        yield fact
        table = fact.rpartition(".")[0]
        inside = (name for line in column.extract.splitlines() for name in re.compile(line).groupindex)
        yield from (f"{table}.{name}" for name in (*inside, *dict(column.sets)))


def unclaimed(
    sources: Iterable[Source], views: Iterable[View], facts: Mapping[str, Fact]
) -> tuple[tuple[str, str], ...]:
    """Facts that columns fill, that formulas read, and of which nobody says that they can be reported: source and fact.

    A metric that needs one would answer that the platform does not report it. Of numbers it is enough that one of the
    ``sources`` (of one plugin) claims them: charts hold now these, now those.
    """
    given = tuple(sources)
    read = {fact for view in views for column in view.columns for fact in (*column.needs, *column.any_of)}
    claims = {source.id: _claims(source) for source in given}
    anywhere = frozenset().union(*claims.values())
    found = []
    for source in given:
        said = claims[source.id]
        for fact in dict.fromkeys(mapped(source)):
            table = fact.partition(".")[0]
            counted = fact in facts and (facts[fact].additivity != "none" or facts[fact].unit != "")
            silent = fact not in said if table in SAID else counted and fact not in anywhere
            if silent and fact in read and table != _CUT and "__" not in fact:
                found.append((source.id, fact))
    return tuple(found)


def _claims(source: Source) -> frozenset[str]:
    """The facts of which a source says whether it reports them."""
    return frozenset((*(each.fact for each in source.can), *(each.fact for each in source.cannot)))
