"""A first mapping for a file: what its names and values suggest. What is in doubt stays open and is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smmetrics.words import cut, say
from smmetrics.workspace.mapping.lengths import scale_of
from smmetrics.workspace.mapping.looking import sums
from smmetrics.workspace.mapping.record import ACROSS, ASKED, DOWN, Mapping, Told
from smmetrics.workspace.mapping.row_kind import family, table_of
from smmetrics.workspace.mapping.times import DATES, dated, day_or_clock, moment
from smmetrics.workspace.mapping.values import LOCALES, only_serials, only_words, sentences
from smmetrics.workspace.mapping.vocabulary import Vocabulary, is_id, scope_of

if TYPE_CHECKING:
    from smmetrics.api import Fact
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace.mapping.looking import Seen
    from smmetrics.workspace.mapping.values import Nature

A_CELL = 24
"""Letters of a cell that are shown."""

AUTHOR = "posts.person"
"""Who wrote a post: what somebody unknown wrote is not ours, though the sheet is."""
NEEDED = frozenset({"posts.post_id", "account_counts.window_start", "visits.date"})
"""Facts without which a row is none."""


@dataclass(frozen=True, slots=True)
class Proposer:
    """Proposes mappings with the words of what is installed."""

    catalogue: Catalogue
    vocabulary: Vocabulary

    @classmethod
    def of(cls, catalogue: Catalogue) -> Proposer:
        """With all words that are known here."""
        return cls(catalogue, Vocabulary.of(catalogue))

    def mapping(self, seen: Seen, name: str, *, table: str = "", locale: str = "", window: str = "") -> Mapping:
        """A proposal for a table of a file; what is given is not proposed."""
        chosen = table or table_of(seen, self.catalogue.tables, self.vocabulary)
        if locale:
            seen = _settled(seen)
        locale = locale or _locale(seen)
        told = self._told(seen, chosen, locale)
        return Mapping(
            name=name,
            columns=told,
            table=chosen,
            window=window or _window(seen, chosen, told),
            json=seen.json,
            layout=ACROSS if seen.across else DOWN,
            header_row=seen.header_row,
            two_rows=seen.unit_row,
            beside=seen.block is not None,
            under=seen.block or "",
            records=seen.records,
            locale=locale,
            delimiter="" if seen.across or seen.json else seen.delimiter.replace(",", ""),
            missing=tuple(sorted({mark for each in seen.natures for mark in each.missing})),
            footer=() if seen.json else sums(next(iter(seen.natures), None)),
            fixed={"kind": "post"} if chosen == "posts" and not any(c.to == "posts.kind" for c in told) else {},
        )

    def again(self, mapping: Mapping, seen: Seen, locale: str = "") -> Mapping:
        """A kept proposal, held against its file as that is now: what was in doubt, and the values that stand there.

        What people said in it stays. A column of the table's time that the file has only now is proposed anew.
        """
        seen = _settled(seen) if locale else seen
        proposal = self.mapping(seen, mapping.name, table=mapping.table, locale=locale)
        fresh = {each.header: each for each in proposal.columns}
        natures = dict(zip(seen.header, seen.natures, strict=True))
        facts = {fact.id: fact for each in self.catalogue.tables.values() for fact in each.columns}
        times = DATES.get(mapping.table, ())
        timed = any(each.to in times for each in mapping.taken)
        columns = []
        for told in mapping.columns:
            now = fresh.get(told.header, told)
            if now.to in times and not (timed or told.to):
                columns.append(now)
            elif told.to in facts and not told.parse and told.header in natures:
                parse, why = _parse(facts[told.to], told.header, natures[told.header], locale or mapping.locale)
                columns.append(replace(told, seen=now.seen, parse=parse, why=why))
            else:
                columns.append(replace(told, seen=now.seen, why=now.why if now.to == told.to else ""))
        return replace(mapping, columns=tuple(columns), delimiter=proposal.delimiter)

    def _told(self, seen: Seen, table: str, locale: str) -> tuple[Told, ...]:
        facts = {fact.id: fact for each in self.catalogue.tables.values() for fact in each.columns}
        taken: set[tuple[str, str]] = set()
        made: dict[int, Told] = {}
        for place in self._surest_first(seen, table):
            header, nature = seen.header[place], seen.natures[place]
            if not header.strip():
                continue
            if either := self._either(header, nature, table):
                made[place] = either
            else:
                ids = not sentences(nature.values)
                name, sure = self.vocabulary.facts(header, family(table), ids=ids)
                made[place] = _column(Named(header, facts.get(name), sure), nature, locale, taken)
        return dated(_once([made[place] for place in sorted(made)]), seen, table)

    def _either(self, header: str, nature: Nature, table: str) -> Told | None:
        """A column that an everyday word leaves in doubt, or a time of day by itself: nobody guesses what it is."""
        told = Told(header=header, seen=_some(nature))
        if facts := self.vocabulary.either(header, table):
            return replace(
                told, to=ASKED, why=say("map.why.either", facts=" or ".join(facts), header=header, fact=facts[0])
            )
        fact, _ = self.vocabulary.facts(header, family(table))
        if fact == AUTHOR and nature.values:
            return replace(told, to=ASKED, why=say("map.why.author", header=header, fact=fact))
        if self.vocabulary.is_clock(header) and not fact:
            return replace(told, why=say("map.why.clock"))
        return None

    def _surest_first(self, seen: Seen, table: str) -> list[int]:
        """Columns named in a fact's very words come before those that are like it, shorter names before longer ones."""

        def order(place: int) -> tuple[bool, int, int]:
            header = seen.header[place]
            return not self.vocabulary.facts(header, family(table))[1], len(header.split()), place

        return sorted(range(len(seen.header)), key=order)


@dataclass(frozen=True, slots=True)
class Named:
    """A header, the fact it may name, and whether in its very words."""

    header: str
    fact: Fact | None
    sure: bool


def _column(named: Named, nature: Nature, locale: str, taken: set[tuple[str, str]]) -> Told:
    """What a column is taken for; nothing where another column is that already, or its values cannot be."""
    fact = named.fact
    told = Told(header=named.header, seen=_some(nature))
    if fact is None:
        return told
    scope = scope_of(named.header) if _counted(fact) else ""
    if (fact.id, scope or "total") in taken:
        return replace(told, why=say("map.why.twice", fact=fact.id))
    parse, why = _parse(fact, named.header, nature, locale)
    if not parse and fact.type in {"date", "instant"} and only_words(nature.values):
        return replace(told, why=say("map.why.words"))
    if not parse and fact.type in {"date", "instant"} and only_serials(nature.values):
        return replace(told, why=say("map.why.serials"))
    if fact.type == "instant" and parse.startswith("date ") and day_or_clock(fact.id, parse) == fact.id:
        return replace(told, why=say("map.why.days", fact=fact.id))
    if not parse and not (why and (named.sure or nature.dated)):
        return told
    if not nature.values and not named.sure:
        return told
    taken.add((fact.id, scope or "total"))
    return replace(
        told,
        to=fact.id,
        parse=parse,
        scope="" if scope == "total" else scope,
        scale=scale_of(named.header, fact.unit) or 1.0 if parse == "number" else 1.0,
        required=fact.id in NEEDED,
        why=why or ("" if named.sure else say("map.why.like")),
    )


def _some(nature: Nature) -> tuple[str, ...]:
    return tuple(cut(value, A_CELL) for value in nature.values[:3])


def _counted(fact: Fact) -> bool:
    return fact.additivity != "none" and fact.table in {"post_counts", "account_counts"}


def _parse(fact: Fact, header: str, nature: Nature, locale: str) -> tuple[str, str]:
    """How a column's values are written for the fact it is, or what is in doubt; neither where they cannot be that."""
    match fact.type:
        case "int" | "number":
            return _number(fact, header, nature, locale)
        case "date" | "instant":
            return moment(nature, instant=fact.type == "instant")
        case "bool":
            return "bool", ""
        case "texts":
            return "texts ,", ""
    if is_id(fact.id) and nature.distinct:
        return "id", ""
    return "text", ""


def _number(fact: Fact, header: str, nature: Nature, locale: str) -> tuple[str, str]:
    if not nature.values:
        return ("int" if fact.type == "int" else "number"), ""
    if fact.unit == "seconds" and nature.durations:
        return "duration", ""
    if fact.unit == "minutes" and (nature.durations or not scale_of(header, fact.unit)):
        unsaid = say("map.why.unit", header=header, fact=fact.id)
        return "", say("map.why.clocks") if nature.durations else unsaid
    if fact.type == "int":
        return ("int", "") if locale in nature.whole else ("", "")
    if nature.in_doubt:
        return "", say("map.why.number")
    return ("number", "") if locale in nature.numbers else ("", "")


def _once(told: list[Told]) -> list[Told]:
    """Columns of equal names: which one is meant cannot be said, so none of them is read."""
    names = [" ".join(each.header.casefold().split()) for each in told]
    first = {name: place for place, name in reversed(list(enumerate(names)))}
    return [
        each if names.count(name) == 1 else replace(each, to="", parse="", why=say("map.why.named_twice"))
        for place, (each, name) in enumerate(zip(told, names, strict=True))
        if first[name] == place
    ]


def _settled(seen: Seen) -> Seen:
    """A table whose numbers are in no doubt, since somebody said how they are written."""
    return replace(seen, natures=tuple(replace(each, in_doubt=False) for each in seen.natures))


def _locale(seen: Seen) -> str:
    """The way of writing numbers that fits every column of numbers, and whole numbers as whole ones."""
    numeric = [each for each in seen.natures if each.numeric]
    fitting = [locale for locale in LOCALES if all(locale in each.numbers for each in numeric)]
    whole = [locale for locale in fitting if all(locale in each.whole for each in numeric if each.whole)]
    return (whole or fitting or LOCALES)[0]


def _window(seen: Seen, table: str, told: tuple[Told, ...]) -> str:
    """What time a row's counts are of: by the way its dates are written and how far apart they lie."""
    if table != "account_counts":
        return "lifetime"
    date = next((each for each in told if each.to == "account_counts.window_start"), None)
    if date is None:
        return "lifetime"
    nature = dict(zip(seen.header, seen.natures, strict=True))[date.header]
    return "month" if nature.months and not nature.dates else "day"
