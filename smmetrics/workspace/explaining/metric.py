"""One metric: what it asks, computes and means, and which files can feed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.contracts.formula.nodes import Aggregate, Op, walk
from smmetrics.contracts.spoken import called, in_words, moment, rows_of
from smmetrics.words import say, section
from smmetrics.workspace.explaining.feeders import feeders
from smmetrics.workspace.explaining.native import native_formulas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric
    from smmetrics.contracts.formula import Formula

_AVERAGED = frozenset({"mean", "mean_of", "sd", "median", "quantile", "wait", "ratio"})


def metric_record(each: CompiledMetric) -> dict[str, Any]:
    """What a metric's definition says, and the hash that pins it."""
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


def explain_metric(found: CompiledMetric, catalogue: Catalogue) -> dict[str, Any]:
    """The definition, and all that follows from it."""
    metric, formula = found.metric, found.formula
    tables = sorted(formula.tables)
    return {
        **metric_record(found),
        "in_words": in_words(formula),
        "unit_words": section("explain.units").get(found.unit, ""),
        "better_words": section("explain.better")[metric.better],
        "shows": section("explain.levels").get(metric.level, ""),
        "event_time": {table: catalogue.views[table].event_time for table in tables},
        "rows": [_rows(table, catalogue) for table in tables],
        "parameters_of": [
            {"name": each.name, "default": each.default, "meaning": each.meaning} for each in metric.parameters
        ],
        "assumed": formula.assumed,
        "min_denominator": metric.min_denominator,
        "min_units": metric.min_units,
        "sample": list(least(found)),
        "reads": sorted({called(known, column.table): None for column, known in formula.known.items()}),
        "pairing": metric.pairing,
        "beside": [_titled(name, catalogue) for name in found.guards],
        "instead": [{**_titled(name, catalogue), "why": why} for name, why in found.nearest],
        "native": native_formulas(found, catalogue),
        "sources": feeders(formula, catalogue),
        "notes": [*(note.message for note in formula.notes), *found.notes],
        "adhoc": metric.title == metric.formula,
    }


def _rows(table: str, catalogue: Catalogue) -> str:
    """Rows of a table, and what puts them in a period."""
    time = catalogue.views[table].event_time
    if time is None:
        return say("explain.rows.stock", rows=rows_of(table))
    return say("explain.rows.dated", rows=rows_of(table), moment=moment(time, table), column=f"{table}.{time}")


def _titled(name: str, catalogue: Catalogue) -> dict[str, str]:
    return {"metric": name, "title": catalogue.metrics[name].metric.title if name in catalogue.metrics else ""}


def least(found: CompiledMetric) -> Iterator[str]:
    """Below how many a number is not shown, or shown otherwise."""
    metric, aggregates = found.metric, found.formula.aggregates
    if any(part.name == "share" for part in aggregates):
        yield say("explain.sample.share", n=metric.min_denominator)
    if any(part.name in _AVERAGED for part in aggregates):
        yield say("explain.sample.units", n=metric.min_units, rows=rows_of(aggregates[0].table))
    if _divides_by_count(found.formula):
        yield say("explain.sample.quotient", n=metric.min_denominator)


def _divides_by_count(formula: Formula) -> bool:
    root = formula.root
    if not (isinstance(root, Op) and root.kind == "/"):
        return False
    return any(isinstance(part, Aggregate) and part.name in {"count", "distinct"} for part in walk(root.args[1]))
