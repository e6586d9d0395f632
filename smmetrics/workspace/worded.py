"""Who labels by the strategy's own words: stories, topics, and whom posts are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.derive.labellers import declared
from smmetrics.derive.labelling import Chosen
from smmetrics.workspace.heard import query_of

if TYPE_CHECKING:
    from smmetrics.api.about import Labeller
    from smmetrics.derive.labelling import Rule
    from smmetrics.strategy.model import Strategy
    from smmetrics.tables.scope import Scope
    from smmetrics.workspace.core import Workspace


def chosen(workspace: Workspace, labeller: Labeller) -> Chosen:
    """The labeller with the words of this strategy; other words are another version, and break the series."""
    strategy = workspace.need_strategy()
    if labeller.kind == "subject":
        subjects = _subjects(strategy, workspace.scope)
        return _of(labeller, declared.digest(subjects), declared.by_subject(subjects))
    told = strategy.stories if labeller.kind == "story" else strategy.topics
    queries = {name: query_of(each) for name, each in told.items() if each.any or each.all}
    return _of(labeller, declared.digest(queries), declared.by_words(queries))


def _of(labeller: Labeller, words: str, rule: Rule) -> Chosen:
    version = f"{labeller.version}-{words}"
    return Chosen(kind=labeller.kind, name=labeller.name, version=version, reads=labeller.reads, rule=rule)


def _subjects(strategy: Strategy, scope: Scope) -> dict[str, declared.Named]:
    """Us, by our brands' names; the rivals, by theirs and by their accounts."""
    brands = tuple(dict.fromkeys(channel.brand for channel in strategy.channels.values() if channel.brand))
    rivals = {name: other for name, other in strategy.others.items() if other.kind == "rival"}
    handles = {
        name: tuple((each.platform, each.account) for each in scope.others if each.name == name) for name in rivals
    }
    named = {name: declared.Named(names=other.names, handles=handles[name]) for name, other in rivals.items()}
    return {**named, declared.US: declared.Named(names=brands)}
