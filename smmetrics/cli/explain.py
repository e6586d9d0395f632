"""`smmetrics explain`: all there is to know about one metric before it is computed."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric

WIDTH = 100
LABEL = 12
SHOWS = {
    "input": "what was put in",
    "activity": "what was done",
    "output": "what went out",
    "out_take": "what people took from it",
    "outcome": "what changed",
    "impact": "what came of it in the end",
}
BETTER = {"higher": "more is better", "lower": "less is better", "band": "best within a band", "none": "context only"}


@click.command(
    name="explain",
    short_help="Explain one metric: formula, caveat, who can feed it.",
    epilog=examples(
        "smmetrics explain communicating.conversation_rate", "smmetrics explain 'mean(posts.likes, ours)' --json"
    ),
)
@click.argument("metric")
@json_option
def command(metric: str, *, as_json: bool) -> None:
    """Explain METRIC, an id or a formula: what it asks, computes and means, and which files can feed it."""
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.feeders import feeders
    from smmetrics.cli.output import print_json

    catalogue = catalogue_here()
    found = _find(metric, catalogue)
    fed = feeders(found.formula, catalogue)
    if as_json:
        print_json([{**_record(found, catalogue), "sources": fed}])
        return
    for line in (*_head(found), *_facts(found, catalogue), *_sources(found, fed), *_rest(found)):
        click.echo(line)


def _find(word: str, catalogue: Catalogue) -> CompiledMetric:
    """The metric of an id, of an id without its pack's name, or an ad-hoc one of a formula."""
    from smmetrics.api.errors import UserMistake
    from smmetrics.contracts.formula import nearest

    if word in catalogue.metrics:
        return catalogue.metrics[word]
    if "(" in word:
        return catalogue.own_metric(word, title=word, formula=word, adhoc=True)
    short = {id_.rpartition(".")[2]: id_ for id_ in catalogue.metrics}
    like = short.get(word) or nearest(word, catalogue.metrics) or short.get(nearest(word, short), "")
    message = f"There is no metric {word!r}."
    hint = f"Did you mean {like!r}?" if like else "See: smmetrics metrics"
    raise UserMistake(message, hint=hint, code="metric.unknown")


def _head(found: CompiledMetric) -> Iterator[str]:
    metric = found.metric
    if metric.title == metric.formula:
        return
    yield f"{metric.title} ({found.id} {metric.version})"
    if metric.question and metric.question != metric.title:
        yield fill(metric.question, WIDTH)
    yield ""


def _facts(found: CompiledMetric, catalogue: Catalogue) -> Iterator[str]:
    metric, formula = found.metric, found.formula
    yield from _line("formula", metric.formula)
    yield from _line("unit", found.unit)
    yield from _line("counted", metric.noun)
    yield from _line("better", BETTER[metric.better])
    yield from _line("shows", SHOWS.get(metric.level, ""))
    for table in sorted(formula.tables):
        yield from _line("rows", event_time(table, catalogue))
    for each in metric.parameters:
        yield from _line(
            "parameter",
            f"{each.name} = {each.default:g}" if isinstance(each.default, float) else f"{each.name} = {each.default}",
            each.meaning,
        )
    for name in formula.assumed:
        yield from _line("parameter", f"{name} has no value yet")
    if found.needs_roles:
        yield from _line("people", "it must be known who is on your team: see speaks_as in the strategy")
    if metric.maturity:
        yield from _line("maturity", f"{metric.maturity:g} days before posts are compared")
    yield from _line("caveat", metric.caveat)
    yield from _line("paired", metric.pairing)
    yield from _line("beside", ", ".join(found.guards))
    yield from _line("from", metric.citation)


def event_time(table: str, catalogue: Catalogue) -> str:
    """What a row of a table is and which column puts it in a period, in words."""
    view = catalogue.views[table]
    if view.event_time is None:
        return f"{table} ({view.one_row_is}), as they stand at the period's end"
    return f"{table} ({view.one_row_is}), in the period of {view.event_time}"


def _sources(found: CompiledMetric, fed: list[dict[str, str]]) -> Iterator[str]:
    from smmetrics.cli.feeders import ENOUGH
    from smmetrics.export.words import STATUSES, reason_words

    yield ""
    if found.formula.not_computed:
        yield "No file can feed it yet. Not computed in this release:"
        yield from (f"  {message}" for message in found.formula.not_computed)
        return
    yield "Which files can feed it:" if fed else "No installed plugin reads files."
    wide = max((len(row["source"]) for row in fed), default=0)
    for row in fed:
        why = row["note"] or reason_words(row["reason"])
        able = row["status"] in ENOUGH
        words = STATUSES[row["status"]] + (f", with {row['with']}" if row["with"] and able else "")
        text = f"{words}: {why}" if why else words
        yield fill(text, WIDTH, initial_indent=f"  {row['source']:<{wide}}  ", subsequent_indent=" " * (wide + 4))


def _rest(found: CompiledMetric) -> Iterator[str]:
    if found.nearest:
        yield ""
        yield "Where it cannot be measured:"
        yield from (f"  {name}: {why}" for name, why in found.nearest)
    for note in (*(note.message for note in found.formula.notes), *found.notes):
        yield f"Note: {note}"
    origin = f"{found.distribution} {found.version}" if found.distribution else "your strategy or this command"
    yield ""
    yield f"Defined by {origin}; definition {found.hash[:16]}"


def _line(label: str, *texts: str) -> Iterator[str]:
    text = ": ".join(filter(None, texts))
    if text:
        yield fill(text, WIDTH, initial_indent=f"{label:<{LABEL}}", subsequent_indent=" " * LABEL)


def _record(found: CompiledMetric, catalogue: Catalogue) -> dict[str, Any]:
    from smmetrics.cli.metrics import record

    tables = {table: catalogue.views[table].event_time for table in sorted(found.formula.tables)}
    return {**record(found), "event_time": tables}
