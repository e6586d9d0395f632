"""`smmetrics coverage`: which channel can answer which question."""

from __future__ import annotations

from dataclasses import asdict

import click

from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json


@click.command(
    name="coverage",
    short_help="Show which questions your channels can answer.",
    epilog=examples(
        "smmetrics -w acme coverage",
        "smmetrics -w acme coverage start-conversations --source",
        "smmetrics -w acme coverage --without newsletter --with PLATFORM",
        "smmetrics -w acme coverage --json",
    ),
)
@click.argument("goal", required=False, default="")
@click.option("--source", "sources", is_flag=True, help="Each source of a channel, not only the best.")
@click.option("--files", is_flag=True, help="Only by the files that came in.")
@click.option("--without", multiple=True, metavar="CHANNEL", help="What if this channel (or platform) were not there?")
@click.option("--with", "with_", multiple=True, metavar="PLATFORM[:SOURCE]", help="What if this one were there?")
@json_option
def command(
    goal: str, *, sources: bool, files: bool, without: tuple[str, ...], with_: tuple[str, ...], as_json: bool
) -> int:
    """Show for each question and channel: measurable or not, by which files, why not, and what would do.

    No data is read. --without and --with show what would be lost, gained and kept; each may be given several times.
    """
    workspace = open_here()
    if (without or with_) and not sources:
        from smmetrics.cli.shifting import print_shifts, shift_row
        from smmetrics.workspace.covering import gone_with, what_if

        found = what_if(workspace, goal, files=files, without=without, with_=with_)
        if as_json:
            print_json([shift_row(shift) for shift in found])
        else:
            gone = gone_with(workspace, without=without, with_=with_)
            print_shifts(found, workspace.catalogue, gone)
        return 0
    cells = workspace.coverage(goal, sources=sources, files=files, without=without, with_=with_)
    if as_json:
        print_json([asdict(cell) for cell in cells])
        return 0
    from smmetrics.cli.covered import print_cells, print_none

    if cells:
        print_cells(cells, workspace.catalogue, sources=sources)
    else:
        print_none(workspace, goal)
    return 0
