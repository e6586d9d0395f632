"""The tables that code of plugins makes, with that code, as the derived tables take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from smmetrics.derive.added import Filling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from smmetrics.contracts.adding import Filled
    from smmetrics.derive.added import Fills
    from smmetrics.workspace.core import Workspace


def chosen(workspace: Workspace) -> Mapping[str, Filling]:
    """By table, what makes it. Code is loaded when its rows are first asked for."""
    return {
        name: Filling(
            table=name,
            plugin=each.plugin,
            version=each.version,
            reads=each.reads,
            rule=_rule(workspace, each),
        )
        for name, each in workspace.catalogue.filled.items()
    }


def _rule(workspace: Workspace, filled: Filled) -> Fills:
    def fill(frames: Mapping[str, pl.DataFrame], /) -> pl.DataFrame:
        code = workspace.registry.use(filled.load)
        if filled.alone:
            (rows,) = frames.values()
            return cast("Callable[[pl.DataFrame], pl.DataFrame]", code)(rows)
        return cast("Fills", code)(frames)

    return fill
