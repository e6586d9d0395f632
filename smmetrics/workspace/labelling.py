"""Who labels posts here: what is installed and pinned, with its code, as the derived tables take it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from smmetrics.api.errors import PluginFault, SmmetricsError
from smmetrics.api.labellers import CORE_LABELLERS, WORDS
from smmetrics.derive.labelling import Chosen
from smmetrics.registry.states import describe
from smmetrics.workspace import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from smmetrics.contracts.labelling import Known
    from smmetrics.derive.labelling import Rule
    from smmetrics.workspace.core import Workspace

INLINE = ("question", CORE_LABELLERS[0].name)
"""Read with every row anyway."""


def chosen(workspace: Workspace) -> Mapping[str, Chosen]:
    """By kind of label, who labels: the pinned labeller, people alone, or nobody where the pinned one is missing.

    Code is loaded when it is first asked to label.
    """
    labelling = workspace.catalogue.labelling
    kinds = {*labelling.known, *(kind for kind, _ in labelling.pins)}
    return {kind: each for kind in sorted(kinds) if (each := _of(workspace, kind)) is not None}


def _of(workspace: Workspace, kind: str) -> Chosen | None:
    labelling = workspace.catalogue.labelling
    if labelling.by_people(kind):
        return Chosen(kind=kind, people=labelling.pinned(kind).partition("@")[2])
    known = labelling.of(kind)
    if known is None:
        return Chosen(kind=kind, name=labelling.pinned(kind))
    if (kind, known.name) == INLINE:
        return None
    labeller = known.labeller
    if known.name == WORDS and not known.plugin:
        return worded.chosen(workspace, labeller)
    return Chosen(
        kind=kind,
        name=known.name,
        version=labeller.version,
        reads=labeller.reads,
        values=labeller.values,
        rule=_rule(workspace, known),
    )


def _asked(rule: Rule, known: Known, posts: pl.DataFrame) -> pl.DataFrame:
    """What a plugin's rule says. What it raises is its own fault, and said so."""
    try:
        return rule(posts)
    except SmmetricsError:
        raise
    except (Exception, SystemExit) as error:
        message = f"the labeller {known.name} of the plugin {known.plugin} failed: {describe(error)}"
        raise PluginFault(message, hint="See: smmetrics plugins doctor", code="labeller.broken") from error


def _rule(workspace: Workspace, known: Known) -> Rule:
    ref = known.labeller.load

    def label(posts: pl.DataFrame, /) -> pl.DataFrame:
        if known.plugin:
            return _asked(cast("Rule", workspace.registry.use(ref)), known, posts)
        module, _, attribute = ref.partition(":")
        return cast("Rule", getattr(import_module(module), attribute))(posts)

    return label
