"""Frames go out the same way from every command that has --format and --out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.api.errors import PluginFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

    from smmetrics.workspace import Workspace
    from smmetrics.workspace.measuring import Readings


def write_out(frame: pl.DataFrame, chosen: str | None, out: Path | None) -> None:
    """Print a frame, or write it to a file and say so on standard error."""
    from smmetrics.export import write

    _said(write(frame, chosen, out), frame, out)


def write_readings(workspace: Workspace, chosen: str | None, out: Path | None, make: Callable[[], Readings]) -> int:
    """Print readings, or write them to a file in a format of the core's or a plugin's; how is settled beforehand.

    Gives the exit code: not 0 where a plugin's code failed and numbers that need it were withheld.
    """
    from smmetrics.export import format_for, write
    from smmetrics.workspace.formats import formats

    added = formats(workspace)
    how = format_for(chosen, out, added)
    made = make()
    _said(write(made.frame, how, out, provenance=made.provenance, added=added), made.frame, out)
    # A file or a pipe gets the readings alone; what has to be said beside them stands on standard error.
    for note in made.notes:
        click.echo(note, err=True)
    return said_broken(made.broken)


def said_broken(broken: tuple[str, ...]) -> int:
    """Say which code of plugins failed on standard error; the exit code that a command ends with."""
    for message in broken:
        click.echo(f"Warning: {message}; numbers that need it are withheld. See: smmetrics plugins doctor", err=True)
    return PluginFault.exit_code if broken else 0


def _said(text: str | None, frame: pl.DataFrame, out: Path | None) -> None:
    if out is not None:
        click.echo(f"Wrote {frame.height} rows to {out}.", err=True)
    elif text is not None:
        click.echo(text, nl=not text.endswith("\n"))
