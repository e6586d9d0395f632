"""`smmetrics explain`: all there is to know about a reading, a metric, a goal, a kind of goal or a code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def read_slices(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """Read parts to split by, each as ``NAME=VALUE``."""
    from smmetrics.words import say

    found = dict(pair.split("=", 1) for pair in value if "=" in pair)
    wrong = next((pair for pair in value if "=" not in pair), None)
    if wrong is not None:
        message = f"{say('reading.no_pair', text=wrong)} {say('reading.pair')}"
        raise click.BadParameter(message, ctx=ctx, param=parameter)
    return found


@click.command(
    name="explain",
    short_help="Explain a number, a metric, a goal, a kind of goal or a code.",
    epilog=examples(
        "smmetrics explain communicating.conversation_rate",
        "smmetrics explain 'mean(posts.likes, ours)' --json",
        "smmetrics explain communicating.start_conversations",
        "smmetrics -w acme explain start-talking",
        "smmetrics -w acme explain S021",
        "smmetrics -w acme explain 8ad496157183e0fc059a7890f40221b1",
        "smmetrics -w acme explain communicating.reply_share --at 2026-03 --platform x",
    ),
)
@click.argument("what", metavar="WHAT")
@click.option(
    "--at",
    default="",
    metavar="PERIOD",
    help="The number of 2026-03, 2026-Q1, 2026-W10, a day, DAY..DAY (the last one counts), or all.",
)
@click.option("--platform", default="", metavar="NAME", help="The number of one platform.")
@click.option("--account", default="", metavar="ID", help="The number of one account.")
@click.option("--slice", "slices", multiple=True, callback=read_slices, metavar="NAME=VALUE", help="Of another part.")
@click.option("--goal", default="", metavar="GOAL", help="As this goal asks it.")
@json_option
def command(what: str, *, at: str, goal: str, slices: dict[str, str], as_json: bool, **named: str) -> None:
    """Explain WHAT: a reading's id or the beginning of one, a metric, a formula, a goal, a kind of goal, or a code.

    Of a reading (a metric with --at is one too): the formula with its numbers in it, how sure it is and what that
    means, which files it comes from, what was left out and why, and the platform's own figure.
    Of a metric: what it asks, its formula in words and in the formula language, what to be careful about, where it
    comes from, and which files can feed it. Of a goal: its questions, what can be measured where, and what is missing.
    Of a code: what it means, how to mend it, and the lines that accept it.
    """
    from smmetrics.cli.here import here
    from smmetrics.cli.output import print_json, printable

    where = {name: value for name, value in named.items() if value} | slices
    record, currency = _record(what, at=at, goal=goal, slices=where)
    if as_json:
        print_json([record])
        return
    for line in _lines(record, currency):
        click.echo("\n".join(here(printable(each)) for each in line.split("\n")))


def _record(what: str, *, at: str, goal: str, slices: Mapping[str, str]) -> tuple[Mapping[str, Any], str]:
    """What is to be told, and the currency of amounts."""
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.options import open_here
    from smmetrics.workspace.explaining import explain, explain_at

    if at or goal or slices:
        workspace = open_here()
        record = explain_at(workspace, what, at=at, goal=goal, slices=slices)
        return record, workspace.strategy.currency if workspace.strategy else ""
    workspace, catalogue, readable = catalogue_here()
    currency = workspace.strategy.currency if readable and workspace.strategy else ""
    return explain(workspace, what, None if readable else catalogue), currency


def _lines(record: Mapping[str, Any], currency: str) -> Iterator[str]:
    from smmetrics.cli.explained import code, goal, goal_type, metric, reading

    pages: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
        "code": code.lines,
        "metric": metric.lines,
        "goal": goal.lines,
        "goal_type": goal_type.lines,
        "reading": partial(reading.lines, currency=currency),
    }
    yield from pages[record["kind"]](record)
    if record["also"]:
        yield record["also"]
