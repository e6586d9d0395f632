"""Frames go out the same way from every command that has --format and --out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl


def write_out(
    frame: pl.DataFrame, chosen: str | None, out: Path | None, *, provenance: Mapping[str, object] | None = None
) -> None:
    """Print a frame, or write it to a file and say so on standard error."""
    from smmetrics.export import write

    text = write(frame, chosen, out, provenance=provenance)
    if out is not None:
        click.echo(f"Wrote {frame.height} rows to {out}.", err=True)
    elif text is not None:
        click.echo(text, nl=not text.endswith("\n"))


def say_notes(notes: Sequence[str]) -> None:
    """Say on standard error what has to be said beside readings: a file or a pipe gets the readings alone."""
    for note in notes:
        click.echo(note, err=True)
