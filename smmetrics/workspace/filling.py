"""The tables that code of plugins makes, with that code, as the derived tables take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from smmetrics.derive.added import Filling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from smmetrics.contracts.adding import Filled
    from smmetrics.registry import Registry
    from smmetrics.workspace.core import Workspace


def chosen(workspace: Workspace) -> Mapping[str, Filling]:
    """By table, what makes it."""
    return {name: filling(each, workspace.registry) for name, each in workspace.catalogue.filled.items()}


def filling(filled: Filled, registry: Registry) -> Filling:
    """What makes a table, with the code that a registry finds."""
    return Filling(what=filled, code=lambda: cast("Callable[..., pl.DataFrame]", registry.use(filled.load)))
