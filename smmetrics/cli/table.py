"""`smmetrics table`: a table as formulas see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import examples, format_option, open_here, out_option, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

LIVED = "post_counts"
"""The table whose rows are of a day or month: counts over a post's life stand beside the post."""


@click.command(
    name="table",
    short_help="Print a table as formulas see it.",
    epilog=examples(
        "smmetrics -w acme table posts --columns post_id,created_at,likes --limit 10",
        "smmetrics -w acme table threads --format csv",
    ),
)
@click.argument("name")
@click.option("--columns", default="", callback=read_words, metavar="A,B", help="Only these columns, in this order.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many rows.")
@format_option
@out_option
def command(name: str, columns: tuple[str, ...], limit: int | None, format: str | None, out: Path | None) -> int:  # noqa: A002
    """Print the table NAME with the newest counts; its header only, where nothing came in.

    Printed to be read, it lacks columns that hold nothing, unless --columns names them.
    """
    from smmetrics.cli.writing import write_out
    from smmetrics.export import format_for
    from smmetrics.workspace.agreed import left_out

    workspace = open_here()
    frame = workspace.table(name, columns=columns, limit=limit)
    shown = frame if columns or format_for(format, out) != "table" else _filled(frame)
    write_out(shown, format, out)
    for note in (left_out(workspace, name, columns), *_notes(name, frame, shown)):
        if note:
            click.echo(note, err=True)
    return 0


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that hold something; all of them where there are no rows."""
    return frame.select(each for each in frame.iter_columns() if each.null_count() < len(each)) if len(frame) else frame


def _notes(name: str, frame: pl.DataFrame, shown: pl.DataFrame) -> Iterator[str]:
    """What a reader of a table cannot see in it."""
    from smmetrics.words import say

    if shown.width < frame.width:
        yield say("exporting.table.unfilled", count=frame.width - shown.width)
    if name == LIVED and frame.is_empty():
        yield say("exporting.table.lived")
