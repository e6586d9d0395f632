"""What is behind one number: its definition, the files and rows it was counted from, and what was left out."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.contracts.spoken import in_words
from smmetrics.engine.asking import filled
from smmetrics.engine.coverage import feeds
from smmetrics.engine.provenance import canonical
from smmetrics.workspace import telling
from smmetrics.workspace.measuring import left_out_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from smmetrics.api.facts import View as TableView
    from smmetrics.derive import Derived
    from smmetrics.engine import Request
    from smmetrics.panels.source import View
    from smmetrics.workspace.answering import Asked
    from smmetrics.workspace.core import Workspace

Row = dict[str, Any]
NAMED = ("reading_id", "goal", "question", "metric", "version", "platform", "grain", "period_start", "period_end")
_DAY = "created_on"
SHOWN = ("n", "n_eff", "numerator", "denominator", "reported_share", "state", "reason", "unit", "value", "low", "high")


def behind(
    workspace: Workspace,
    derived: Derived | None,
    reading: Row,
    *,
    document: Mapping[str, Any],
    platforms: Collection[str] = (),
) -> Row:
    """What is behind a reading. ``document``: its provenance; ``platforms``: those it was counted from (none: all).

    Keys: ``title, asks, formula, parameters, caveat, citation`` of the metric; those in `NAMED` and `SHOWN` of the
    reading; ``platforms`` it was counted from (none: all); ``provenance`` (the document its hash stands for);
    ``sources`` (each file with kind, what it was seen at, records kept and quarantined); ``tables`` and ``table``, the
    first of them; ``quarantined`` in all; ``immature`` (why it is too young to say); ``left_out``: in words, how often.
    """
    metric = telling.metric_of(workspace.catalogue, reading["metric"])
    tables = metric.tables if metric else ()
    counted = (reading["platform"],) if reading["platform"] else tuple(platforms)
    sources = sources_of(workspace, tables, counted)
    return {
        **{name: reading[name] for name in NAMED},
        **{name: reading[name] for name in SHOWN},
        "title": metric.title if metric else reading["metric"],
        "asks": metric.question if metric else "",
        "formula": metric.formula if metric else reading["metric"],
        "parameters": json.loads(reading["parameters"] or "{}"),
        "caveat": metric.caveat if metric else "",
        "citation": metric.citation if metric else "",
        "provenance": dict(document),
        "platforms": counted,
        "sources": sources,
        "tables": tables,
        "table": tables[0] if tables else "",
        "quarantined": sum(source["quarantined"] for source in sources),
        "immature": reading["reason"] if reading["state"] == "immature" else "",
        "left_out": _left_out(derived),
    }


def working(asked: Asked, reading: Row) -> Row:
    """A reading's formula with its numbers in it: ``formula, numbers, in_words`` and ``parts`` as pairs of texts."""
    from smmetrics.workspace.explaining.locating import Made  # noqa: PLC0415 (for those who press a number)
    from smmetrics.workspace.explaining.working import plain, worked  # noqa: PLC0415 (see above)

    request = next(each for each in asked.requests if _is_of(reading, each))
    done = worked(Made(row=reading, request=request, source=asked.tables, window=asked.window, by=asked.by))
    return {
        "formula": done.formula,
        "numbers": done.numbers,
        "in_words": in_words(request.formula, request.parameters),
        "parts": tuple((part.words, plain(part.value)) for part in done.parts),
    }


def _is_of(reading: Row, request: Request) -> bool:
    """Whether a reading is what was asked: one question may ask a metric twice, with other parameters."""
    own = ("metric", "goal", "question")
    said = reading["parameters"] or canonical({})
    return all(getattr(request, name) == reading[name] for name in own) and canonical(filled(request)[1]) == said


def sources_of(workspace: Workspace, tables: Collection[str], platforms: Collection[str]) -> tuple[Row, ...]:
    """The files whose rows the tables are made of, of some platforms or (none) of all."""
    snapshot = workspace.snapshot()
    if snapshot is None:
        return ()
    views = workspace.catalogue.views
    stored = frozenset[str]().union(*(_stored(views[name]) for name in tables if name in views))
    rows = snapshot.imports().filter(pl.col("status") == "imported").iter_rows(named=True)
    return tuple(_file(row) for row in rows if stored & _tables(row) and _on(workspace, row["kind"], platforms))


def _stored(view: TableView) -> frozenset[str]:
    """The stored tables a view is made of."""
    facts = (fact for column in view.columns for fact in (*column.needs, *column.any_of))
    return feeds(view) | {fact.partition(".")[0] for fact in facts}


def _tables(row: Row) -> frozenset[str]:
    return frozenset(json.loads(row["tables"] or "{}"))


def _on(workspace: Workspace, kind: str, platforms: Collection[str]) -> bool:
    catalogue = workspace.catalogue
    if not platforms or kind not in catalogue.sources or not telling.placed(catalogue, kind):
        return True
    return catalogue.sources[kind].platform in platforms


def _file(row: Row) -> Row:
    named = {name: row[name] for name in ("id", "kind", "adapter", "sha256", "observed_at", "observed_basis", "kept")}
    return {
        "file": PurePath(row["file"]).name,
        "platform": row["kind"].partition(".")[0],
        **named,
        "quarantined": row["quarantined"],
    }


def _left_out(derived: Derived | None) -> Mapping[str, int]:
    """What counts nowhere or not everywhere, in words; what never happened is not mentioned."""
    if derived is None:
        return {}
    return {left_out_words(name, count): count for name, count in derived.left_out().items() if count}


def when(declared: TableView, *, zone: str) -> pl.Expr | None:
    """When a row happened; of one whose source shows a day alone, the beginning of it. None where no row has days."""
    if declared.event_time is None:
        return None
    known = pl.col(declared.event_time)
    if not _shows_days(declared):
        return known
    began = pl.col(_DAY).cast(pl.Datetime("us")).dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return pl.coalesce(known, began.dt.convert_time_zone("UTC"))


def _shows_days(declared: TableView) -> bool:
    """Whether rows without an instant have the day that their source shows."""
    time = declared.column(declared.event_time or "")
    return time is not None and time.type == "instant" and declared.column(_DAY) is not None


def inside(rows: pl.LazyFrame, declared: TableView, view: View, *, zone: str) -> pl.LazyFrame:
    """The rows of a table whose day, in the strategy's zone, lies in the view; all of a table that has no days."""
    time = declared.column(declared.event_time or "")
    if time is None or (view.since is None and view.until is None):
        return rows
    day = pl.col(time.name)
    if time.type != "date":
        day = day.dt.convert_time_zone(zone).dt.date()
    if _shows_days(declared):
        day = pl.coalesce(day, pl.col(_DAY))
    after = [day >= view.since] if view.since else []
    before = [day < view.until] if view.until else []
    return rows.filter(*after, *before)
