"""`smmetrics metrics`: the catalogue of metrics and kinds of goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.metrics import GoalType
    from smmetrics.contracts.catalogue import CompiledMetric

COLUMNS = ("metric", "title", "unit", "better", "shows", "from")
GOAL_COLUMNS = ("kind of goal", "title", "asks", "first numbers")


@click.command(
    name="metrics",
    short_help="List metrics, and kinds of goals.",
    epilog=examples(
        "smmetrics metrics", "smmetrics metrics cost", "smmetrics metrics --goal-types", "smmetrics metrics --json"
    ),
)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--goal-types", is_flag=True, help="List kinds of goals only: what a goal's type = can be.")
@json_option
def command(words: Sequence[str], *, goal_types: bool, as_json: bool) -> None:
    """List the metrics that can be asked for, and the kinds of goals that ask for them.

    With WORDs, those whose name, title or question holds all of them. The own metrics of your strategy are among them.
    With --json, metrics only; with --goal-types --json, kinds of goals only.
    """
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.output import print_json, print_table
    from smmetrics.workspace.explaining import goal_type_record, metric_record

    _, catalogue, _ = catalogue_here()
    found = [each for _, each in sorted(catalogue.metrics.items()) if _holds(_text(each), words)]
    goals = [each for _, each in sorted(catalogue.goal_types.items()) if _holds(_goal_text(each), words)]
    if as_json:
        print_json(
            [goal_type_record(each) for each in goals] if goal_types else [metric_record(each) for each in found]
        )
        return
    if not goal_types:
        print_table([_line(each) for each in found], columns=COLUMNS)
    if goal_types or goals:
        if not goal_types:
            click.echo("")
        print_table([_goal_line(each) for each in goals], columns=GOAL_COLUMNS)
    _nothing(words, none=not goals if goal_types else not found, goal_types=goal_types)


def _nothing(words: Sequence[str], *, none: bool, goal_types: bool) -> None:
    if none:
        said = f" speaks of {' '.join(words)}" if words else " is installed"
        what = "kind of goal" if goal_types else "metric"
        click.echo(f"No {what}{said}. See: smmetrics plugins list", err=True)


def _text(each: CompiledMetric) -> str:
    return f"{each.id} {each.metric.title} {each.metric.question}"


def _goal_text(each: GoalType) -> str:
    return f"{each.id} {each.title} {' '.join(question.text for question in each.questions)}"


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word.casefold() in text.casefold() for word in words)


def _line(each: CompiledMetric) -> dict[str, str]:
    from smmetrics.words import section

    metric = each.metric
    better = "" if metric.better == "none" else metric.better
    shows, origin = section("explain.levels").get(metric.level, ""), each.distribution or "your strategy"
    return dict(zip(COLUMNS, (each.id, metric.title, each.unit, better, shows, origin), strict=True))


def _goal_line(each: GoalType) -> dict[str, str]:
    asks = " ".join(question.text for question in each.questions)
    first = str(len({metric for question in each.questions for metric in question.lead}))
    return dict(zip(GOAL_COLUMNS, (each.id, each.title, asks, first), strict=True))
