"""A first mapping for a file: what its names and values suggest. What is in doubt stays open and is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smmetrics.words import cut, say
from smmetrics.workspace.mapping.looking import SUMS
from smmetrics.workspace.mapping.record import ACROSS, DOWN, Mapping, Told
from smmetrics.workspace.mapping.values import LOCALES, only_midnight, only_words, sentences
from smmetrics.workspace.mapping.vocabulary import Vocabulary, is_id, scope_of

if TYPE_CHECKING:
    from collections.abc import Mapping as Mappings

    from smmetrics.api import Fact
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace.mapping.looking import Seen
    from smmetrics.workspace.mapping.values import Nature

POSTS = ("posts", "post_counts")
DATES: Mappings[str, tuple[str, ...]] = {
    "posts": ("posts.created_at", "posts.created_on"),
    "account_counts": ("account_counts.window_start",),
    "visits": ("visits.date",),
    "events": ("events.at", "events.day"),
    "effort": ("effort.day",),
}
"""Where the only date of a row goes, by the table: an instant, a day."""
SECONDS = {"hour": 3600.0, "hours": 3600.0, "h": 3600.0, "minute": 60.0, "minutes": 60.0, "min": 60.0}
A_CELL = 24
"""Letters of a cell that are shown."""

APART = ("spans", "accounts", "people", "places", "acts", "breakdowns")
"""Tables whose rows a mapping does not make by itself."""
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
        chosen = table or self._table(seen)
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
            footer=() if seen.json else SUMS,
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
            elif told.to and not told.parse and told.header in natures:
                nature = natures[told.header]
                parse, why = _parse(facts[told.to], nature, locale or mapping.locale) if told.to in facts else ("", "")
                columns.append(replace(told, seen=now.seen, parse=parse, why=why))
            else:
                columns.append(replace(told, seen=now.seen, why=now.why if now.to == told.to else ""))
        return replace(mapping, columns=tuple(columns), delimiter=proposal.delimiter)

    def _table(self, seen: Seen) -> str:
        """The table whose words stand in the header; counts by day where every date is there once."""
        tables = [name for name in self.catalogue.tables if name not in {*APART, "post_counts"}]
        scores = {name: self._score(seen, name) for name in tables}
        dated = any(each.dated and each.distinct == seen.height for each in seen.natures)
        texts = self._score_of(seen, ("posts.post_id", "posts.text", "posts.permalink", "posts.title", "posts.format"))
        scores["account_counts"] += 2.5 if (dated or seen.across) and not texts else -2.5 if texts else 0
        scores["posts"] += 1.5 * texts
        return max(tables, key=lambda name: (scores[name], name in {"posts", "account_counts"}))

    def _score(self, seen: Seen, table: str) -> float:
        found = {self.vocabulary.facts(header, _family(table)) for header in seen.header if header.strip()}
        return sum(1.0 if sure else 0.7 for fact, sure in found if fact)

    def _score_of(self, seen: Seen, facts: tuple[str, ...]) -> int:
        named = (self.vocabulary.facts(header, POSTS)[0] for header in seen.header)
        return len({fact for fact in named if fact in facts})

    def _told(self, seen: Seen, table: str, locale: str) -> tuple[Told, ...]:
        facts = {fact.id: fact for each in self.catalogue.tables.values() for fact in each.columns}
        taken: set[tuple[str, str]] = set()
        made: dict[int, Told] = {}
        for place in self._surest_first(seen, table):
            header, nature = seen.header[place], seen.natures[place]
            if header.strip():
                ids = not sentences(nature.values)
                name, sure = self.vocabulary.facts(header, _family(table), ids=ids)
                made[place] = _column(Named(header, facts.get(name), sure), nature, locale, taken)
        return _dated(_once([made[place] for place in sorted(made)]), seen, table)

    def _surest_first(self, seen: Seen, table: str) -> list[int]:
        """Columns named in a fact's very words come before those that are like it, shorter names before longer ones."""

        def order(place: int) -> tuple[bool, int, int]:
            header = seen.header[place]
            return not self.vocabulary.facts(header, _family(table))[1], len(header.split()), place

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
    told = Told(header=named.header, seen=tuple(cut(value, A_CELL) for value in nature.values[:3]))
    if fact is None:
        return told
    scope = scope_of(named.header) if _counted(fact) else ""
    if (fact.id, scope or "total") in taken:
        return replace(told, why=say("map.why.twice", fact=fact.id))
    parse, why = _parse(fact, nature, locale)
    if not parse and fact.type in {"date", "instant"} and only_words(nature.values):
        return replace(told, why=say("map.why.words"))
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
        scale=_scale(named.header, fact) if parse == "number" else 1.0,
        required=fact.id in NEEDED,
        why=why or ("" if named.sure else say("map.why.like")),
    )


def _family(table: str) -> tuple[str, ...]:
    return POSTS if table == "posts" else (table,)


def _counted(fact: Fact) -> bool:
    return fact.additivity != "none" and fact.table in {"post_counts", "account_counts"}


def _parse(fact: Fact, nature: Nature, locale: str) -> tuple[str, str]:
    """How a column's values are written for the fact it is, or what is in doubt; neither where they cannot be that."""
    match fact.type:
        case "int" | "number":
            return _number(fact, nature, locale)
        case "date" | "instant":
            return moment(nature, instant=fact.type == "instant")
        case "bool":
            return "bool", ""
        case "texts":
            return "texts ,", ""
    if is_id(fact.id) and nature.distinct:
        return "id", ""
    return "text", ""


def _number(fact: Fact, nature: Nature, locale: str) -> tuple[str, str]:
    if not nature.values:
        return ("int" if fact.type == "int" else "number"), ""
    if fact.unit == "seconds" and nature.durations:
        return "duration", ""
    if fact.type == "int":
        return ("int", "") if locale in nature.whole else ("", "")
    if nature.in_doubt:
        return "", say("map.why.number")
    return ("number", "") if locale in nature.numbers else ("", "")


def moment(nature: Nature, *, instant: bool) -> tuple[str, str]:
    """A way of writing dates that fits all values: none where two do and mean different days."""
    if not nature.values:
        return "", ""
    clocks = nature.clocks
    found = clocks if instant and clocks else (*nature.dates, *nature.months, *clocks)
    if not found:
        return "", say("map.why.date") if not nature.numeric else ""
    if len({tuple(re.findall("%[dmby]", each.replace("%B", "%b")))[:2] for each in found if "%d" in each}) > 1:
        return "", say("map.why.date_order")
    word = "instant" if instant and clocks and not only_midnight(nature.values) else "date"
    return f"{word} {found[0]}", ""


def day_or_clock(to: str, parse: str) -> str:
    """The fact that a time goes to: its table's instant if it is written with one, its day if with a day alone."""
    instant, *day = DATES.get(to.partition(".")[0], ("",))
    if not day or to not in {instant, *day}:
        return to
    return instant if parse.startswith("instant ") else day[0] if parse.startswith("date ") else to


def _dated(told: list[Told], seen: Seen, table: str) -> tuple[Told, ...]:
    """The only column of dates goes to the table's own time, whatever it is called."""
    targets = DATES.get(table, ())
    held = any(each.to in targets for each in told)
    places = dict(zip(seen.header, seen.natures, strict=True))
    result = []
    for each in told:
        nature = places[each.header]
        if targets and not held and not each.to and nature.dated and not nature.numeric:
            clock = bool(nature.clocks) and not only_midnight(nature.values) and len(targets) > 1
            to = targets[0] if clock else targets[-1]
            parse, why = moment(nature, instant=clock)
            each = replace(each, to=to, parse=parse, why=why, required=table != "posts")  # noqa: PLW2901
            held = True
        elif each.to == "posts.created_on" and nature.clocks and not only_midnight(nature.values):
            parse, why = moment(nature, instant=True)
            each = replace(each, to="posts.created_at", parse=parse, why=why)  # noqa: PLW2901
        elif each.to == "posts.created_at" and each.parse.startswith("date "):
            each = replace(each, to="posts.created_on")  # noqa: PLW2901
        result.append(each)
    return tuple(result)


def _once(told: list[Told]) -> list[Told]:
    """Columns of equal names: which one is meant cannot be said, so none of them is read."""
    names = [" ".join(each.header.casefold().split()) for each in told]
    first = {name: place for place, name in reversed(list(enumerate(names)))}
    return [
        each if names.count(name) == 1 else replace(each, to="", parse="", why=say("map.why.named_twice"))
        for place, (each, name) in enumerate(zip(told, names, strict=True))
        if first[name] == place
    ]


def _scale(header: str, fact: Fact) -> float:
    if fact.unit != "seconds":
        return 1.0
    words = re.findall(r"[a-z]+", header.casefold())
    return next((SECONDS[word] for word in words if word in SECONDS), 1.0)


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
