"""`smmetrics baseline`: where a goal starts from, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.amounts import counted, interval
from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_here, read_day
from smmetrics.cli.output import print_json, show
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smmetrics.workspace.baselines import Baseline

USERS_MISTAKE = 2


@click.command(
    name="baseline",
    short_help="Measure where a goal starts from, and write it down.",
    epilog=examples("smmetrics -w acme baseline answer-people", "smmetrics -w acme baseline answer-people --write"),
)
@click.argument("goal", required=False, default="")
@click.option("--weeks", type=click.IntRange(1, 520), default=8, show_default=True, help="Over how many whole weeks.")
@click.option("--before", callback=read_day, metavar="DAY", help="The weeks end before this day; else with the data.")
@click.option("--write", is_flag=True, help="Write baseline, baseline_from and baseline_until into strategy.toml.")
@json_option
def command(goal: str, *, weeks: int, before: date | None, write: bool, as_json: bool) -> int:
    """Measure the numbers of a goal's targets over the last whole weeks before the work; of all goals without GOAL.

    Exit 2 if --write finds no number to write: too little happened, or nothing can show it.
    """
    from smmetrics.workspace import baselines as room

    workspace = open_here()
    found = room.baselines(workspace, (goal,) if goal else (), weeks=weeks, before=before)
    wrote = room.write(workspace, found, by=say("start.baseline.by", goal=goal).strip()) if write else ()
    if as_json:
        print_json([_record(each, written=each in wrote) for each in found])
    elif not found:
        click.echo(say("start.baseline.nothing"))
    else:
        _say(found)
    if wrote:
        said = say(f"start.baseline.{'one' if len(wrote) == 1 else 'wrote'}", count=len(wrote))
        click.echo(here(said), err=True)
        click.echo(say("start.baseline.kept"), err=True)
    return USERS_MISTAKE if write and not wrote else 0


def _say(found: Sequence[Baseline]) -> None:
    show([_row(each) for each in found])
    for each in found:
        if each.few:
            sentence = "enough" if each.enough else "never"
            about = {"metric": each.metric, "weeks": each.weeks, "enough": each.enough}
            click.echo(say(f"start.baseline.{sentence}", **about))


def _row(found: Baseline) -> dict[str, object]:
    return {
        "goal": found.goal,
        "metric": found.metric,
        "channel": found.channel,
        "baseline": found.text,
        "interval": interval(found.number),
        "n": counted(found.number),
        "from": found.since,
        "until": found.until,
        "why not": _why_not(found),
    }


def _why_not(found: Baseline) -> str:
    from smmetrics.panels.words import reason_words

    return "" if found.number.value is not None else reason_words(found.number.reason)


def _record(found: Baseline, *, written: bool) -> dict[str, object]:
    return {
        "goal": found.goal,
        "metric": found.metric,
        "channel": found.channel,
        "baseline": found.text,
        "value": found.number.value,
        "low": found.number.low,
        "high": found.number.high,
        "numerator": found.number.n,
        "denominator": found.number.of,
        "from": found.since,
        "until": found.until,
        "weeks": found.weeks,
        "weeks_that_would_do": found.enough,
        "reason": found.number.reason,
        "written": written,
    }
