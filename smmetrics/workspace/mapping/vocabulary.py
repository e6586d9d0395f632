"""Which words stand above which fact: learnt from every source that is installed, and from the tables themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from smmetrics.intake.heading import BETWEEN
from smmetrics.workspace.mapping.everyday import clocks, everyday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smmetrics.contracts.catalogue import Catalogue

SCOPES = {"organic": "organic", "paid": "paid", "sponsored": "paid", "promoted": "paid", "total": "total"}
NOISE = frozenset((
    "lifetime", "post", "posts", "total", "totals", "number", "count", "counts", "of", "the", "no", "nr",
    "all", "overall", "aggregated", "overview", "my", "our", "sum", "anzahl", "summe", "gesamt", "tweet", "video",
))  # fmt: skip

FORMS = frozenset({"plain", "raw", "rendered", "value"})
"""Last words of paths in JSON that say in which form something stands there, and not what."""
OWN = "__"
"""Marks facts of one platform only: nobody is offered another platform's words."""
WINDOWS = frozenset({"post_counts.window", "post_counts.window_start", "post_counts.window_end"})
"""What a mapping says of a post's counts by itself: a date in its row is the post's."""
WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``exact``: header names as they are written; ``alike``: names without the words that mean little.

    ``everyday``: what people call columns of sheets they keep; ``clocks``: words for a time of day by itself.
    """

    exact: Mapping[str, frozenset[str]]
    alike: Mapping[frozenset[str], frozenset[str]]
    everyday: Mapping[str, frozenset[str]]
    clocks: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Vocabulary:
        """All words that anybody who is installed has for a fact."""
        exact: dict[str, set[str]] = defaultdict(set)
        for source in catalogue.sources.values():
            for column in source.columns:
                for name in (*column.names, *(each.rpartition(".")[2] for each in column.names)):
                    if OWN not in column.fact and column.fact not in WINDOWS:
                        exact[_plain(name)].add(column.fact)
        known = {fact.id for table in catalogue.tables.values() for fact in table.columns if OWN not in fact.name}
        known -= WINDOWS
        for fact in known:
            exact[_plain(fact.partition(".")[2])].add(fact)
        for word, fact in _of_forms(catalogue):
            if fact in known:
                exact[_plain(word)].add(fact)
        alike: dict[frozenset[str], set[str]] = defaultdict(set)
        for name, facts in exact.items():
            if words := _telling(name):
                alike[words] |= facts
        return cls(
            {name: frozenset(facts) for name, facts in exact.items()},
            {words: frozenset(facts) for words, facts in alike.items()},
            {_plain(word): facts for word, facts in everyday().items()},
            frozenset(map(_plain, clocks())),
        )

    def facts(self, header: str, tables: Iterable[str], *, ids: bool = True) -> tuple[str, bool]:
        """The fact of one of ``tables`` (in their order) that a header may name, and whether in these very words.

        What may name an id and something else names the id where the values look like ``ids``, and else the other.
        """
        wanted = tuple(tables)
        if BETWEEN in header:
            upper, _, lower = header.partition(BETWEEN)
            named = (self.facts(each, wanted, ids=ids) for each in (f"{upper} {lower}", lower, upper))
            return next((each for each in named if each[0]), ("", False))
        first, _, last = header.rpartition(".")
        last = first.rpartition(".")[2] if last.casefold() in FORMS and first else last
        ways = ((self.exact.get(_plain(header)), True), (self.exact.get(_plain(last)), True),
                (self.everyday.get(_plain(header)), True), (self.alike.get(_telling(header)), False),
                (self.alike.get(_telling(last)), False))  # fmt: skip
        for known, sure in ways:
            for table in wanted:
                found = sorted(fact for fact in known or () if fact.partition(".")[0] == table)
                if found:
                    return min(found, key=lambda fact: (is_id(fact) != ids, len(fact))), sure
        return "", False

    def either(self, header: str, table: str) -> tuple[str, ...]:
        """The columns of a table that an everyday word may mean alike, where it may mean several."""
        named = {fact for fact in self.everyday.get(_plain(header), ()) if fact.partition(".")[0] == table}
        said = any(fact.partition(".")[0] == table for fact in self.exact.get(_plain(header), ()))
        return tuple(sorted(named)) if len(named) > 1 and not said else ()

    def of_one_table(self, header: str, fact: str) -> bool:
        """Whether a header names a fact of this table and of no other, however often others are called like it."""
        words = _plain(header)
        named = {*self.exact.get(words, ()), *self.everyday.get(words, ())}
        return {each.partition(".")[0] for each in named} == {fact.partition(".")[0]}

    def is_clock(self, header: str) -> bool:
        """Whether a header names a time of day that stands apart from its date."""
        return _plain(header) in self.clocks


def _of_forms(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The words of forms for their columns, and the facts these go to."""
    for source in catalogue.sources.values():
        for column in source.form.columns if source.form else ():
            for word in (column.name, *column.aliases):
                yield word, f"{source.table}.{column.name}"


def is_id(fact: str) -> bool:
    """Whether a fact holds ids."""
    return fact.endswith("_id")


def scope_of(header: str) -> str:
    """The scope that a header speaks of: organic, paid, or none in particular."""
    said = {SCOPES[word] for word in WORDS.findall(header.casefold()) if word in SCOPES}
    return said.pop() if len(said) == 1 else "paid" if "paid" in said else "organic" if "organic" in said else ""


@lru_cache(maxsize=16384)
def _plain(name: str) -> str:
    return " ".join(WORDS.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()))


@lru_cache(maxsize=16384)
def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell something, without the mark of the plural."""
    words = WORDS.findall(_plain(name))
    told = [word for word in words if word not in NOISE and word not in SCOPES]
    return frozenset(re.sub(r"(?<=[^s])s$", "", word) for word in told)
