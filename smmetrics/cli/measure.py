"""`smmetrics measure`: metrics and formulas as readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, open_here, read_words, reading_options
from smmetrics.cli.writing import write_readings
from smmetrics.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.workspace import Workspace
    from smmetrics.workspace.measuring import Readings


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
@click.option("--platform", default="", metavar="NAME", help="The numbers of one platform.")
@reading_options
def command(
    what: tuple[str, ...],
    format: str | None,  # noqa: A002 (the option's name)
    out: Path | None,
    *,
    platform: str,
    **how: Any,  # noqa: ANN401
) -> int:
    """Compute WHAT: metric ids, own metrics, formulas, or @FILE with one of them a line.

    A reading without a value says why; the exit code is 0 all the same. Of others only what public files show can be
    measured.
    """
    workspace = open_here()
    if not platform:
        return write_readings(workspace, format, out, lambda: workspace.measure(*what, **how))
    how["by"] = tuple(dict.fromkeys(("platform", *how["by"])))
    return write_readings(workspace, format, out, lambda: _only(workspace, workspace.measure(*what, **how), platform))


def _only(workspace: Workspace, readings: Readings, word: str) -> Readings:
    """The readings of one platform, as they are among those of all, and those that no platform has a part in.

    Raises:
        UserMistake: there is none of it; which platforms there are is said.
    """
    from dataclasses import replace

    from smmetrics.api.errors import UserMistake

    known = workspace.catalogue.platform(word)
    of = readings.frame.get_column("platform")
    name = known.id if known else word
    there = sorted(of.filter(of != "").unique())
    if there and name not in there:
        hint = say("reading.slices", known=", ".join(there))
        raise UserMistake(say("reading.no_platform", name=word), hint=hint, code="platform.unknown")
    return replace(readings, frame=readings.frame.filter(of.is_in([name, ""])))
