"""`smmetrics forms`: sheets to keep by hand, written empty."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option


@click.command(
    name="forms",
    short_help="Write an empty sheet to keep by hand.",
    epilog=examples("smmetrics forms", "smmetrics forms effort", "smmetrics forms cases --out cases.csv"),
)
@click.argument("name", required=False, default="", metavar="[NAME]")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file: .xlsx or .csv (NAME.xlsx).")
@json_option
def command(name: str, out: Path | None, *, as_json: bool) -> int:
    """List the sheets that people keep by hand, what each is for and how long it takes; or write the one NAMEd, empty.

    What no platform counts, somebody has to write down: hours, meetings, requests for help, what was heard. Below its
    header a sheet explains itself in lines that begin with #; they are never taken for data.
    """
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.output import print_json, printable, show
    from smmetrics.words import say
    from smmetrics.workspace.forms import form, forms

    _, catalogue, _ = catalogue_here()
    if not name:
        rows = [
            {"name": key, "minutes a week": each.minutes_a_week, "for": each.use}
            for key, (each, _) in forms(catalogue).items()
        ]
        show(rows, as_json=as_json)
        return 0
    from smmetrics.export.forms import write_form

    chosen = form(catalogue, name)
    path = write_form(chosen, out or Path(f"{chosen.name}.xlsx"))
    if as_json:
        print_json([{"form": name, "path": str(path)}])
        return 0
    click.echo(printable(say("forms.written", path=path, title=chosen.title, row=chosen.row)))
    click.echo(printable(here(say("forms.then", path=quote(str(path))))))
    return 0
