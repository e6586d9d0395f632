"""`smmetrics quarantine`: what did not come in, and why."""

from __future__ import annotations

from pathlib import Path

import click

from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, print_table

SHOWN = ("import_id", "file", "record", "line", "column", "why", "excerpt")


@click.command(
    name="quarantine",
    short_help="List what did not come in, and why.",
    epilog=examples("smmetrics -w acme quarantine", "smmetrics -w acme quarantine --json"),
)
@json_option
def command(*, as_json: bool) -> int:
    """List records that were set aside: file, record, line, column, why and an excerpt.

    --json gives the place in bytes too, and beside `why` its code, `reason`.
    """
    from smmetrics.intake.records import REASONS
    from smmetrics.store.ledger import QUARANTINE_SCHEMA
    from smmetrics.workspace.agreed import excerpt

    workspace = open_here()
    snapshot = workspace.snapshot()
    found = [] if snapshot is None else snapshot.quarantine().to_dicts()
    rows = [
        row | {"why": REASONS.get(row["reason"], row["reason"]), "excerpt": excerpt(workspace, row["excerpt"])}
        for row in found
    ]
    if as_json:
        print_json(rows, columns=(*QUARANTINE_SCHEMA, "why"))
        return 0
    if not rows:
        click.echo("Nothing was set aside.")
        return 0
    print_table([row | {"file": Path(row["file"]).name} for row in rows], columns=SHOWN)
    what = "1 record was" if len(rows) == 1 else f"{len(rows)} records were"
    click.echo(f"{what} set aside: not counted anywhere. Mend the file, or get it again, and import it.")
    return 0
