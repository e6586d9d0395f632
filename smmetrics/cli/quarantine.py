"""`smmetrics quarantine`: what did not come in, and why."""

from __future__ import annotations

import click

from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, print_table

SHOWN = ("import_id", "file", "record", "line", "column", "reason", "excerpt")


@click.command(
    name="quarantine",
    short_help="List what did not come in, and why.",
    epilog=examples("smmetrics -w acme quarantine", "smmetrics -w acme quarantine --json"),
)
@json_option
def command(*, as_json: bool) -> int:
    """List records that were set aside: file, record, line, column, reason and an excerpt."""
    from smmetrics.store.ledger import QUARANTINE_SCHEMA

    snapshot = open_here().snapshot()
    rows = [] if snapshot is None else snapshot.quarantine().to_dicts()
    if as_json:
        print_json(rows, columns=tuple(QUARANTINE_SCHEMA))
        return 0
    print_table(rows, columns=SHOWN)
    click.echo("Nothing was set aside." if not rows else f"{len(rows)} set aside. Mend the file and import it again.")
    return 0
