"""What a strategy still has of the templates: sentences nobody put into words of their own, figures nobody measured.

A few words everybody uses (a role, "our mailbox") say nothing; sentences do, and so do the title and the names and
accounts of the people in the example: whoever keeps them looks for posts of somebody who is not there. A baseline with
the days it was measured on is a measurement, whatever it equals.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from smmetrics.strategy.quantities import parse_amount
from smmetrics.strategy.templates import names, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.strategy.faults import Path
    from smmetrics.strategy.goal import GoalTarget
    from smmetrics.strategy.model import Strategy

BY_HAND = "offline"
"""The strategy's word for what is written down by hand."""
FEW = 4
"""Fewer words are anybody's."""
SENTENCES: tuple[tuple[str, ...], ...] = (
    ("title",), ("purpose",), ("backing", "who"), ("backing", "gives"), ("backing", "it"),
    ("audiences", "*", "who"), ("audiences", "*", "shares"), ("audiences", "*", "where"),
    ("audiences", "*", "promises", "*", "text"), ("people", "*", "role"),
    ("goals", "*", "why"), ("goals", "*", "for_them"), ("goals", "*", "decision"), ("goals", "*", "risk"),
    ("channels", "*", "because"), ("not_using", "*", "because"),
)  # fmt: skip
NAMES: tuple[tuple[str, ...], ...] = (("title",), ("people", "*", "speaks_as", "*"), ("channels", "*", "account"))
"""Words that are somebody's however few they are."""


def untouched_words(strategy: Strategy) -> tuple[Path, ...]:
    """The places whose sentence is one of a template's, in the order of the file."""
    found = [path for kind, path, said in _sentences(strategy.raw) if (kind, said) in _known_words()]
    return tuple(sorted(found, key=lambda path: strategy.line(*path)))


def is_example(target: GoalTarget) -> bool:
    """Whether a target's baseline is a template's example and not a measurement."""
    if target.baseline is None or (target.baseline_from and target.baseline_until):
        return False
    return (target.metric, target.baseline.plain) in _known_figures()


def _sentences(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Path, str]]:
    for kind in dict.fromkeys((*SENTENCES, *NAMES)):
        for path, value in _follow(document, kind, ()):
            if isinstance(value, str) and (len(value.split()) >= FEW or kind in NAMES) and not _sheet(document, path):
                yield kind, path, " ".join(value.casefold().split())


def _sheet(document: Mapping[str, Any], path: Path) -> bool:
    """Whether a channel's account is the name of a sheet that is kept by hand."""
    return path[0] == "channels" and document["channels"][path[1]].get("platform") == BY_HAND and path[-1] == "account"


def _follow(value: Any, kind: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401 (TOML)
    """Every place of a kind; ``*`` stands for any name or number."""
    if not kind:
        yield path, value
    elif kind[0] == "*":
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, each in inside:
            yield from _follow(each, kind[1:], (*path, key))
    elif isinstance(value, dict) and kind[0] in value:
        yield from _follow(value[kind[0]], kind[1:], (*path, kind[0]))


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(text_of(name)) for name in names())


@cache
def _known_words() -> frozenset[tuple[tuple[str, ...], str]]:
    return frozenset((kind, said) for document in _documents() for kind, _, said in _sentences(document))


@cache
def _known_figures() -> frozenset[tuple[str, float]]:
    return frozenset(
        (target["metric"], parse_amount(target["baseline"]).plain)
        for document in _documents()
        for goal in document["goals"].values()
        for target in goal.get("targets", ())
        if "baseline" in target
    )
