"""The formats that plugins add for readings, with their code, as `export.write` takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from smmetrics.api.errors import PluginFault, SmmetricsError
from smmetrics.export.writing import Added
from smmetrics.registry.states import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import polars as pl

    from smmetrics.api.about import Exporter
    from smmetrics.workspace.core import Workspace


def formats(workspace: Workspace) -> Mapping[str, Added]:
    """By name, the plugins' formats. Code is loaded when a file is first written."""
    return {
        name: Added(suffix=each.suffix, writer=_writer(workspace, each))
        for name, each in workspace.catalogue.exporters.items()
    }


def _writer(workspace: Workspace, exporter: Exporter) -> Callable[[pl.DataFrame, Path], None]:
    def write(readings: pl.DataFrame, out: Path) -> None:
        code = cast("Callable[[pl.DataFrame, Path], None]", workspace.registry.use(exporter.load))
        try:
            code(readings, out)
        except (SmmetricsError, OSError):
            raise
        except (Exception, SystemExit) as error:
            message = f"the code that writes the format {exporter.name} ({exporter.load}) failed: {describe(error)}"
            hint = "Write another format meanwhile, such as --out readings.csv."
            raise PluginFault(message, hint=hint, code="exporter.broken") from error

    return write
