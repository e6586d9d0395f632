"""What a column may be: the columns of a table, each in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.words import say, section
from smmetrics.workspace.mapping.record import ASKED
from smmetrics.workspace.mapping.vocabulary import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.api import Fact
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace.mapping.record import Mapping

GIVEN = frozenset({"platform", "scope", "window", "created_precision", "kind_basis"})
"""Columns that a mapping fills by itself."""


def is_asked(said: str) -> bool:
    """Whether somebody asks what there is: ``?``, or ``? TABLE``, perhaps behind a column's name."""
    return said.strip().rpartition("=")[2].strip().startswith(ASKED)


def targets(mapping: Mapping, catalogue: Catalogue, asked: str = ASKED) -> list[dict[str, str]]:
    """What a column of the mapping's table may be (or of the table that is ``asked`` for), with how it is written."""
    table = asked.rpartition("=")[2].strip().removeprefix(ASKED).strip() or mapping.table
    names = (table, "post_counts") if table == "posts" else (table,)
    facts = [fact for name in names if name in catalogue.tables for fact in catalogue.tables[name].columns]
    taken = {each.to: each.header for each in mapping.taken}
    return [
        {"target": fact.id, "as": say(f"map.as.{fact.type}"), "what": _what(fact), "held by": taken.get(fact.id, "")}
        for fact in _offered(facts, mapping.platform)
    ]


def others(catalogue: Catalogue) -> str:
    """Every table, to be asked for."""
    return ", ".join(catalogue.tables)


def _offered(facts: list[Fact], platform: str) -> Iterator[Fact]:
    seen: set[str] = set()
    for fact in facts:
        owner, sign, _ = fact.name.partition(OWN)
        key = fact.table == "post_counts" and f"posts.{fact.name}" in seen
        if fact.name not in GIVEN and not key and (not sign or owner == platform):
            seen.add(fact.id)
            yield fact


def _what(fact: Fact) -> str:
    return section("readings.facts").get(fact.id) or fact.meaning or fact.name.replace("_", " ")
