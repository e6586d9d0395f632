"""`smmetrics explain`: all there is to know about a metric, a goal, a kind of goal or a code; nothing is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@click.command(
    name="explain",
    short_help="Explain a metric, a goal, a kind of goal or a code.",
    epilog=examples(
        "smmetrics explain communicating.conversation_rate",
        "smmetrics explain 'mean(posts.likes, ours)' --json",
        "smmetrics explain communicating.start_conversations",
        "smmetrics -w acme explain start-talking",
        "smmetrics -w acme explain S021",
    ),
)
@click.argument("what", metavar="WHAT")
@json_option
def command(what: str, *, as_json: bool) -> None:
    """Explain WHAT: a metric's id, a formula, a goal of your strategy, a kind of goal, or a code of `review`.

    Of a metric: what it asks, its formula in words and in the formula language, what to be careful about, where it
    comes from, and which files can feed it. Of a goal: its questions, what can be measured where, and what is missing.
    Of a code: what it means, how to mend it, and the lines that accept it.
    """
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.here import here
    from smmetrics.cli.output import print_json, printable
    from smmetrics.workspace.explaining import explain

    workspace, catalogue, readable = catalogue_here()
    record = explain(workspace, what, None if readable else catalogue)
    if as_json:
        print_json([record])
        return
    for line in _lines(record):
        click.echo("\n".join(here(printable(each)) for each in line.split("\n")))


def _lines(record: Mapping[str, Any]) -> Iterator[str]:
    from smmetrics.cli.explained import code, goal, goal_type, metric

    pages = {"code": code.lines, "metric": metric.lines, "goal": goal.lines, "goal_type": goal_type.lines}
    yield from pages[record["kind"]](record)
    if record["also"]:
        yield record["also"]
