"""`smmetrics sql`: the rows of one table that a query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import examples, format_option, open_here, out_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    name="sql",
    short_help="Find rows of one table by SQL.",
    epilog=examples(
        'smmetrics -w acme sql "SELECT created_at, text FROM posts WHERE theirs AND answered_at IS NULL"',
        'smmetrics -w acme sql "SELECT post_id, likes FROM posts ORDER BY likes DESC LIMIT 10" --format csv',
    ),
)
@click.argument("query")
@format_option
@out_option
def command(query: str, format: str | None, out: Path | None) -> int:  # noqa: A002
    """Find rows by QUERY: SELECT … FROM one table, with WHERE, ORDER BY and LIMIT.

    Sums, counts and joins are refused: whether rows may be added up is known to formulas (`smmetrics measure`).
    """
    from smmetrics.cli.writing import write_out
    from smmetrics.workspace.agreed import left_out
    from smmetrics.workspace.finding_rows import columns_read

    workspace = open_here()
    write_out(workspace.sql(query), format, out)
    if note := left_out(workspace, *columns_read(workspace, query)):
        click.echo(note, err=True)
    return 0
