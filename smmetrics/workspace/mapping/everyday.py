"""Words that people of some languages put above columns of sheets they keep by hand: a file of TOML for each language.

They name facts of the core's own tables; what exports call their columns is said by the sources of plugins.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files

CLOCK = "clock"
"""The section of words for a time of day that has a column of its own."""


@cache
def everyday() -> dict[str, frozenset[str]]:
    """The facts that each word may name, of all tables."""
    found: dict[str, set[str]] = defaultdict(set)
    for said in _said():
        for table, columns in said.items():
            for column, words in columns.items() if table != CLOCK else ():
                for word in words:
                    found[word].add(f"{table}.{column}")
    return {word: frozenset(facts) for word, facts in found.items()}


@cache
def clocks() -> frozenset[str]:
    """The words for a time of day by itself."""
    return frozenset(word for said in _said() for word in said[CLOCK]["words"])


@cache
def _said() -> tuple[dict[str, dict[str, list[str]]], ...]:
    folder = files(__package__) / "headings"
    return tuple(
        tomllib.loads(each.read_text(encoding="utf-8"))
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".toml")
    )
