"""`smmetrics export`: the readings of goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, open_here, reading_options
from smmetrics.cli.writing import write_out

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    name="export",
    short_help="Write the readings of goals to a file.",
    epilog=examples(
        "smmetrics -w acme export --grain month --out kpis.csv",
        "smmetrics -w acme export start-conversations --by platform --format json",
    ),
)
@click.argument("goals", nargs=-1, metavar="[GOAL...]")
@reading_options
def command(goals: tuple[str, ...], format: str | None, out: Path | None, **how: Any) -> int:  # noqa: A002, ANN401
    """Write the readings of the metrics of GOAL..., or of every goal of the strategy."""
    readings = open_here().export(*goals, **how)
    write_out(readings.frame, format, out, provenance=readings.provenance)
    return 0
