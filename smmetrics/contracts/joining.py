"""Plugin facts join the core's: ``x__detail_expands`` becomes a column of its stored table and of the views over it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.api.facts import Fact, Table, View, ViewColumn
from smmetrics.contracts.compiled import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.contracts.collect import Answer

_OF_POSTS = ("posts", "threads", "posts_by_subject", "posts_by_topic", "posts_by_story", "posts_by_idea")
_VIEWS_OVER: Mapping[str, tuple[str, ...]] = {
    "posts": _OF_POSTS,
    "post_counts": _OF_POSTS,
    "acts": ("acts", "ends"),
}
"""Views with every column of a stored table; for other tables the view of the same name."""


def check_fact(fact: Fact, answer: Answer, tables: Mapping[str, Table]) -> Fault | None:
    """A plugin's fact bears its name and belongs to a table that exists."""
    prefix = f"{answer.plugin}__"
    if not fact.name.startswith(prefix):
        like = f"{prefix}{fact.name}"
        return _fault(fact, answer, f"its name does not begin with {prefix!r}", f"Call it {like!r}.")
    if fact.table not in tables:
        return _fault(fact, answer, f"there is no table {fact.table!r}", f"Tables: {', '.join(sorted(tables))}.")
    return None


def _fault(fact: Fact, answer: Answer, why: str, hint: str) -> Fault:
    what = f"the fact {fact.id} is left out: {why}."
    return Fault.of(answer, what, code="fact.malformed", subject=fact.id, hint=hint)


def join_tables(tables: Mapping[str, Table], facts: Iterable[Fact]) -> Mapping[str, Table]:
    """Stored tables with the plugins' columns at their end."""
    joined = dict(tables)
    for fact in facts:
        table = joined[fact.table]
        joined[fact.table] = replace(table, columns=(*table.columns, fact))
    return joined


def join_views(views: Mapping[str, View], facts: Iterable[Fact]) -> Mapping[str, View]:
    """Views with the plugins' columns at their end."""
    joined = dict(views)
    for fact in facts:
        for name in _VIEWS_OVER.get(fact.table, (fact.table,)):
            if name in joined:
                joined[name] = replace(joined[name], columns=(*joined[name].columns, column_of(fact)))
    return joined


def column_of(fact: Fact) -> ViewColumn:
    """A stored column as formulas see it: fed by its own fact."""
    return ViewColumn(
        name=fact.name,
        type=fact.type,
        unit=fact.unit,
        additivity=fact.additivity,
        needs=(fact.id,),
        meaning=fact.meaning,
    )
