"""`smmetrics quarantine`: records that were set aside, and why."""

from __future__ import annotations

import click

from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, print_table

SHOWN = {
    "import_id": "import_id", "part": "file", "record": "record", "line": "line", "column": "column", "why": "why",
    "cell": "cell", "excerpt": "excerpt",
}  # fmt: skip
"""What people see, under which name."""


@click.command(
    name="quarantine",
    short_help="List records of imported files that were set aside.",
    epilog=examples("smmetrics -w acme quarantine", "smmetrics -w acme quarantine --json"),
)
@json_option
def command(*, as_json: bool) -> int:
    """List records of imported files that were set aside: file, record, line, column, why, cell and an excerpt.

    --json gives the place in bytes too, and beside `why` its code, `reason`. Files that were refused whole are not
    here: `import` says why, each time.
    """
    from smmetrics.store.ledger import QUARANTINE_SCHEMA
    from smmetrics.workspace.aside import aside

    rows = aside(open_here())
    if as_json:
        print_json(rows, columns=(*QUARANTINE_SCHEMA, "why", "cell"))
        return 0
    if not rows:
        click.echo("Nothing was set aside.")
        return 0
    print_table([{title: row[name] for name, title in SHOWN.items()} for row in rows])
    what = "1 record was" if len(rows) == 1 else f"{len(rows)} records were"
    click.echo(f"{what} set aside: not counted anywhere. Mend the file, or get it again, and import it.")
    return 0
