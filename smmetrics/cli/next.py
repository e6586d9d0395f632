"""`smmetrics next`: what to do now."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from smmetrics.cli.flow import hanging, room
from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_or_new, setup
from smmetrics.cli.output import GAP, cell, print_json, printable, width
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.contracts.steps import Step

FILE = "strategy.toml"
LOOK, AGAIN = "smmetrics review", "smmetrics next"
"""A step that only looks at the file is one to edit it."""


@click.command(
    name="next",
    short_help="Say what to do now, in at most three steps.",
    epilog=examples("smmetrics -w acme next", "smmetrics -w acme next --json"),
)
@json_option
def command(*, as_json: bool) -> int:
    """Say what to do now: at most three steps, each with its command and how many minutes it takes you."""
    steps = open_or_new().next()
    if as_json:
        print_json([asdict(step) for step in steps])
        return 0
    for place, step in enumerate(steps, start=1):
        for line in _lines(place, step, room()):
            click.echo(line)
    return 0


def _lines(place: int, step: Step, space: int) -> Iterator[str]:
    """The step's text, and under it its command; place in the file and minutes stand at the right."""
    number = f"{place}. "
    yield from hanging(here(step.text), space, first=number)
    minutes = say("next.step.minutes", minutes=cell(step.minutes)) if step.minutes else ""
    right = "   ".join(part for part in (step.where, minutes) if part)
    left = " " * len(number) + printable(_typed(step))
    gap = space - width(left) - width(right)
    if gap >= len(GAP) or not right:
        yield (left + " " * max(gap, 0) + right).rstrip()
    else:
        yield left
        yield " " * max(space - width(right), 0) + right


def _typed(step: Step) -> str:
    """What to do with the hands: edit a line and look again, or type a command."""
    if step.where and step.command == LOOK:
        return say("next.step.edit", file=setup().workspace / FILE, command=here(AGAIN))
    return here(step.command)
