"""`smmetrics table`: a table as formulas see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import examples, format_option, open_here, out_option, read_words

if TYPE_CHECKING:
    from pathlib import Path


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
    """Print the table NAME with the newest counts; its header only, where nothing came in."""
    from smmetrics.cli.writing import write_out
    from smmetrics.workspace.agreed import left_out

    workspace = open_here()
    write_out(workspace.table(name, columns=columns, limit=limit), format, out)
    if note := left_out(workspace, name, columns):
        click.echo(note, err=True)
    return 0
