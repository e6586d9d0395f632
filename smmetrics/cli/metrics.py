"""`smmetrics metrics`: the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.contracts.catalogue import CompiledMetric

COLUMNS = ("metric", "title", "unit", "better", "shows", "from")


@click.command(
    name="metrics", epilog=examples("smmetrics metrics", "smmetrics metrics cost", "smmetrics metrics --json")
)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@json_option
def command(words: Sequence[str], *, as_json: bool) -> None:
    """List the metrics that can be asked for.

    With WORDs, those whose name, title or question holds all of them. The own metrics of the workspace's strategy are
    among them.
    """
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.output import print_json, print_table

    found = [each for _, each in sorted(catalogue_here().metrics.items()) if _holds(each, words)]
    if as_json:
        print_json([record(each) for each in found])
        return
    print_table([_line(each) for each in found], columns=COLUMNS)
    if not found:
        said = f" speaks of {' '.join(words)}" if words else " is installed"
        click.echo(f"No metric{said}. See: smmetrics plugins list", err=True)


def _holds(each: CompiledMetric, words: Sequence[str]) -> bool:
    text = f"{each.id} {each.metric.title} {each.metric.question}".casefold()
    return all(word.casefold() in text for word in words)


def _line(each: CompiledMetric) -> dict[str, str]:
    metric = each.metric
    better = "" if metric.better == "none" else metric.better
    shows, origin = metric.level.replace("_", "-"), each.distribution or "your strategy"
    return dict(zip(COLUMNS, (each.id, metric.title, each.unit, better, shows, origin), strict=True))


def record(each: CompiledMetric) -> dict[str, Any]:
    """A metric as JSON: all that its definition says, and the hash that pins it."""
    metric = each.metric
    return {
        "metric": each.id,
        "version": metric.version,
        "title": metric.title,
        "question": metric.question,
        "formula": metric.formula,
        "unit": each.unit,
        "noun": metric.noun,
        "better": metric.better,
        "level": metric.level,
        "caveat": metric.caveat,
        "citation": metric.citation,
        "parameters": {each.name: each.default for each in metric.parameters},
        "activities": metric.activities,
        "uses": metric.uses,
        "maturity": metric.maturity,
        "guards": each.guards,
        "nearest": [{"metric": name, "why": why} for name, why in each.nearest],
        "needs_roles": each.needs_roles,
        "not_computed": each.formula.not_computed,
        "hash": each.hash,
        "plugin": each.plugin,
        "distribution": each.distribution,
        "distribution_version": each.version,
    }
