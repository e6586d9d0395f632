"""`smmetrics imports`: what came in; undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, show

SHOWN = {
    "id": "id", "file": "file", "kind": "taken for", "records_in": "records", "kept": "kept",
    "quarantined": "set aside", "duplicate": "known before", "observed_at": "numbers as of", "status": "status",
}  # fmt: skip
"""The columns people see, in the words that `import` uses."""


@click.group(
    name="imports",
    invoke_without_command=True,
    short_help="List what came in; undo an import.",
    epilog=examples("smmetrics -w acme imports", "smmetrics -w acme imports undo b1-1"),
)
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> int:
    """List imports, the oldest first, with their counts and since when their numbers hold."""
    if context.invoked_subcommand:
        return 0
    rows = import_rows()
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("Nothing has come in yet. Put what a platform exported into inbox, then: smmetrics import")
    else:
        show([_for_people(row) for row in rows], columns=tuple(SHOWN.values()))
        _say_what_counts_nowhere()
    return 0


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    """A row under the columns people see: the file without its folder, the time to the minute."""
    at = row["observed_at"]
    short = {"file": Path(row["file"]).name, "observed_at": f"{at:%Y-%m-%d %H:%M} UTC" if at else ""}
    return {title: (row | short)[name] for name, title in SHOWN.items()}


def _say_what_counts_nowhere() -> None:
    """Rows that came in and stand in no table, counted: what is left out must be visible."""
    from smmetrics.workspace.measuring import left_out_words

    tables = open_here().tables()
    for name, count in sorted(tables.left_out().items()) if tables is not None else ():
        if count:
            click.echo(f"Of all that came in: {count:,} {left_out_words(name, count)}")


def import_rows() -> list[dict[str, Any]]:
    """Every import as plain values."""
    from smmetrics.store.ledger import rows_of

    snapshot = open_here().snapshot()
    return [] if snapshot is None else [row.record() for row in rows_of(snapshot.imports())]


@command.command(name="undo", epilog=examples("smmetrics -w acme imports undo b1-1"))
@click.argument("import_id", metavar="ID")
def undo(import_id: str) -> int:
    """Take back one import, as if it had never been. ID is its first column in `smmetrics imports`."""
    row = open_here().undo(import_id)
    click.echo(f"Took back {row.id}: {row.file}. Its rows no longer count.")
    return 0
