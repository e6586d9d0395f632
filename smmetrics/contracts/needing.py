"""What a formula must have of each table, which stored tables feed it, and what sources say of it beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Row, children, walk
from smmetrics.contracts.labelling import FACT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from smmetrics.api.facts import View, ViewColumn
    from smmetrics.api.sources import Source
    from smmetrics.contracts.formula import Formula
    from smmetrics.contracts.formula.nodes import Node

_OF_POSTS = ("posts", "post_counts")
_STORED: Mapping[str, tuple[str, ...]] = {
    "posts": _OF_POSTS,
    "threads": _OF_POSTS,
    **{f"posts_by_{kind}": _OF_POSTS for kind in ("subject", "topic", "story", "idea")},
    "cases": ("cases", "posts"),
    "acts": ("posts", "acts"),
    "ends": ("posts", "acts"),
    "people": ("people", "posts"),
    "accounts": ("accounts", "posts", "account_counts"),
}
"""The stored tables of which one must be there for a view to have rows; otherwise that of the same name."""
Elsewhere = tuple[tuple[str, str], ...]
"""Facts with the source that reports them."""


def stored_of(view: str, views: Mapping[str, View]) -> tuple[str, ...]:
    """The stored tables of which one must be there for a view to have rows."""
    made_of = views[view].made_of if view in views else ()
    if made_of:
        return tuple(dict.fromkeys(table for each in made_of for table in stored_of(each, views)))
    return _STORED.get(view, (view,))


def holds(source: Source, view: str, views: Mapping[str, View]) -> bool:
    """Whether a source brings rows of a table as formulas see it."""
    stored = stored_of(view, views)
    brought = {source.table, *source.covers, *(capability.fact.partition(".")[0] for capability in source.can)}
    return not brought.isdisjoint(stored)


def has_place(source: Source, views: Mapping[str, View]) -> bool:
    """Whether a source's rows stand on a platform: those of time that people gave stand on none."""
    view = views.get(source.table)
    return view is None or view.column("platform") is not None


def needs_of(formula: Formula, views: Mapping[str, View]) -> Mapping[str, tuple[frozenset[Column], ...]]:
    """By table, what it must have: each need is a column, or several of which ``captured`` takes what there is."""
    found: dict[str, dict[frozenset[Column], None]] = {}
    for node in walk(formula.root):
        if isinstance(node, Aggregate):
            needs = found.setdefault(node.table, {})
            if isinstance(node.on, str) and node.on != "default":
                needs.setdefault(frozenset({Column(node.table, node.on)}))
            if node.table in views and views[node.table].label:
                needs.setdefault(frozenset({Column(node.table, views[node.table].label)}))
    for need in _columns(formula.root):
        found.setdefault(next(iter(need)).table, {}).setdefault(need)
    return {table: tuple(needs) for table, needs in found.items()}


def _columns(node: Node) -> Iterator[frozenset[Column]]:
    if isinstance(node, Column):
        yield frozenset({node})
    elif isinstance(node, Row) and node.name == "captured" and all(isinstance(part, Column) for part in node.args):
        yield frozenset(part for part in node.args if isinstance(part, Column))
    else:
        for child in children(node):
            yield from _columns(child)


def foreign(table: str, columns: Iterable[ViewColumn], views: Mapping[str, View]) -> frozenset[str]:
    """Facts of other tables that a table's columns need: any source may report them."""
    home = stored_of(table, views)
    needed = {fact for column in columns for fact in column.needs if fact.partition(".")[0] not in home}
    return frozenset(needed | ({FACT} if any(column.label for column in columns) else set()))


def elsewhere(facts: Collection[str], sources: Sequence[Source]) -> Elsewhere:
    """For each of these facts the first source that reports it."""
    found: dict[str, str] = {}
    for source in sources if facts else ():
        for capability in source.can:
            if capability.fact in facts:
                found.setdefault(capability.fact, source.id)
    return tuple(sorted(found.items()))
