"""`smmetrics measure`: metrics and formulas as readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, open_here, read_words, reading_options
from smmetrics.cli.writing import write_readings

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    name="measure",
    short_help="Compute metrics or formulas.",
    epilog=examples(
        "smmetrics -w acme measure communicating.conversation_rate --grain month",
        "smmetrics -w acme measure 'count(posts, ours)' --by platform --format json",
        "smmetrics -w acme measure communicating.reply_share --subject us,greenco --grain month",
        "smmetrics -w acme measure @formulas.txt --out readings.xlsx",
    ),
)
@click.argument("what", nargs=-1, required=True, metavar="WHAT...")
@click.option(
    "--subject",
    default="",
    callback=read_words,
    metavar="A,B",
    help="Whose numbers: us, or a name under [others], such as us,greenco.",
)
@reading_options
def command(what: tuple[str, ...], format: str | None, out: Path | None, **how: Any) -> int:  # noqa: A002, ANN401
    """Compute WHAT: metric ids, own metrics, formulas, or @FILE with one of them a line.

    A reading without a value says why; the exit code is 0 all the same. Of others only what public files show can be
    measured.
    """
    workspace = open_here()
    return write_readings(workspace, format, out, lambda: workspace.measure(*what, **how))
