"""`smmetrics export`: the readings of goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, open_here, reading_options
from smmetrics.cli.output import printable
from smmetrics.cli.writing import write_readings

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.workspace import Workspace


@click.command(
    name="export",
    short_help="Write the readings of goals to a file.",
    epilog=examples(
        "smmetrics -w acme export --grain month --out kpis.csv",
        "smmetrics -w acme export start-conversations --by platform --format json",
        "smmetrics -w acme export --grain month --changed-since kpis.csv --out changed.csv",
    ),
)
@click.argument("goals", nargs=-1, metavar="[GOAL...]")
@reading_options
@click.option(
    "--changed-since",
    default="",
    metavar="DAY|HEAD|FILE",
    help="Only what changed since a day, a state's number, or a file of a former export.",
)
def command(goals: tuple[str, ...], format: str | None, out: Path | None, **how: Any) -> int:  # noqa: A002, ANN401
    """Write the readings of the metrics of GOAL..., or of every goal of the strategy.

    One row a reading; `reading_id` tells readings apart and stays the same. With --changed-since: the readings that are
    new or say something else, and, marked `gone`, those that are no more. `smmetrics schema readings` has the columns.
    """
    workspace = open_here()
    code = write_readings(workspace, format, out, lambda: workspace.export(*goals, **how))
    return max(code, _say_left_out(workspace, goals))


def _say_left_out(workspace: Workspace, goals: tuple[str, ...]) -> int:
    """Say on standard error what is left out because nothing loaded knows it; 5 where a plugin that should failed."""
    from smmetrics.api.errors import PluginFault
    from smmetrics.workspace import unread
    from smmetrics.workspace.covering import questions

    asked = dict.fromkeys(id_ for each in questions(workspace, goals) for id_ in (*each.lead, *each.guard))
    absent = [printable(id_) for id_ in asked if id_ not in workspace.catalogue.metrics]
    if absent:
        click.echo(
            f"Left out, because they cannot be used here: {', '.join(absent)}. See: smmetrics coverage", err=True
        )
    kinds = unread.kinds(workspace)
    if kinds:
        click.echo(f"Left out, because no plugin that reads them is loaded: {', '.join(kinds)}", err=True)
    return PluginFault.exit_code if kinds or (absent and workspace.registry.warning) else 0
