"""One reading explained: its formula with the numbers in it, how sure it is, where it comes from, what is not in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.contracts.spoken import in_words
from smmetrics.engine import documents
from smmetrics.engine.asking import CANNOT
from smmetrics.engine.coverage import feeds, speaks_of
from smmetrics.words import section
from smmetrics.workspace import telling
from smmetrics.workspace.evidence import sources_of
from smmetrics.workspace.explaining.besides import instead, natives
from smmetrics.workspace.explaining.leftover import left_out
from smmetrics.workspace.explaining.metric import least
from smmetrics.workspace.explaining.working import worked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.workspace.explaining.locating import Located

_ROW = (
    "reading_id", "goal", "question", "metric", "version", "platform", "account", "grain", "period_start", "period_end",
    "state", "reason", "value", "unit", "low", "high", "interval_method", "confidence", "n", "n_eff", "numerator",
    "denominator", "scope", "reported_share", "incomplete", "exact", "target", "status", "previous", "change",
    "change_low", "change_high", "provenance",
)  # fmt: skip


def explain_reading(found: Located) -> dict[str, Any]:
    """The record of a reading; every number in it is of the reading's own rows."""
    row, workspace, metric = found.row, found.workspace, found.wanted.metric
    done = worked(found)
    tables = tuple(sorted(metric.formula.tables))
    told = documents([found.request], head=found.source.head, window=found.window)
    files = within(found, sources_of(workspace, tables, _counted(found)))
    return {
        **{name: row[name] for name in _ROW},
        "title": metric.metric.title,
        "asks": metric.metric.question,
        "caveat": metric.metric.caveat,
        "parameters": json.loads(row["parameters"] or "{}"),
        "slice": json.loads(row["slice"] or "{}"),
        "in_words": in_words(metric.formula, found.request.parameters),
        "formula": metric.formula.text,
        "computed": done.formula,
        "numbers": done.numbers,
        "parts": [asdict(part) for part in done.parts],
        "interval": section("explain.interval").get(row["interval_method"], ""),
        "least": list(least(metric)),
        "sources": list(files),
        "left_out": left_out(found, files),
        "instead": instead(found) if row["state"] != "value" else [],
        "native": natives(found, {each["kind"] for each in files}),
        "defined_by": f"{metric.distribution} {metric.version}".strip(),
        "document": told.get(row["provenance"], {}),
        "gone": {},
    }


def _counted(found: Located) -> tuple[str, ...]:
    """The platforms it was counted from."""
    if found.row["platform"]:
        return (found.row["platform"],)
    unable = {name for name, (status, _) in found.request.verdicts.items() if status in CANNOT}
    return tuple(name for name in telling.platforms_of(found.workspace) if name not in unable)


def within(found: Located, files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of some files those that cover days of the reading, of a table its formula reads; all where it has no days."""
    start, end = found.row["period_start"], found.row["period_end"]
    snapshot = found.workspace.snapshot()
    views = found.source.views
    fed = frozenset[str]().union(*(feeds(views[name]) for name in found.request.formula.tables if name in views))
    if snapshot is None or start is None or end is None or not fed:
        return [dict(each) for each in files]
    spans = snapshot.observations("spans").filter((pl.col("start") < end) & (pl.col("end") > start), speaks_of(fed))
    there = spans.select("batch_id", "source_id").unique().collect()
    rows = snapshot.imports().join(there, on=["batch_id", "source_id"], how="semi")
    kept = set(rows.get_column("id").to_list())
    return [dict(each) for each in files if each["id"] in kept]
