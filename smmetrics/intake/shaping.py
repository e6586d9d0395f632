"""Typed cells to rows of the canonical tables: a row a scope for counts, dates with their precision, kinds by text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.stored import SCOPES
from smmetrics.intake.heading import BETWEEN
from smmetrics.intake.plan import is_measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api.facts import Table
    from smmetrics.intake.cells import Values
    from smmetrics.intake.plan import Mapped, Plan

REPLY = r"^@\w+\s"
"""A text that begins with ``@name `` is a reply, where the source says that this is how replies show."""
MONTH = "month"
LENGTHS = {"day": 1, "week": 7, "days_28": 28}
SHARED = frozenset({"account_id"})


def shape(plan: Plan, values: Values, records: pl.Series, kept: pl.Series) -> dict[str, pl.DataFrame]:
    """Frames by table with the column ``record``: only columns that hold something, rows of kept records only.

    ``kept``: for each row whether its record stays.
    """
    frames = {}
    everything = bool(kept.all())
    for name in _tables(plan):
        cells = columns(plan, values, plan.tables[name])
        frame = pl.DataFrame({**cells, "record": records})
        frame = _dated(plan, values, plan.tables[name], frame)
        frame = _kinds(plan, name, frame)
        frame = _where_told(plan, values, name, frame)
        frame = frame if everything else frame.filter(kept)
        frames[name] = _unpivoted(plan, values, kept, name, _scoped(plan, values, kept, name, frame))
    return frames


def _tables(plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys((plan.source.table, *(mapped.table for mapped in plan.columns))))


def columns(plan: Plan, values: Values, table: Table) -> dict[str, pl.Series]:
    """A table's own plain columns, what stands inside cells, and keys that another table of the source holds."""
    found: dict[str, pl.Series] = {}
    for place, mapped in enumerate(plan.columns):
        mine = mapped.table == table.name and not (mapped.measured and (has_scope(table) or mapped.column.sets))
        if mine and mapped.column.sets and mapped.fact.name in found:
            found[mapped.fact.name] = _joined(found[mapped.fact.name], values.columns[place])
        elif mine:
            found.setdefault(mapped.fact.name, values.columns[place])
    for (owner, name), series in values.inner.items():
        if owner == table.name:
            found.setdefault(name, series)
    shared = (set(table.key) | SHARED) & {fact.name for fact in table.columns}
    for place, mapped in enumerate(plan.columns):
        if mapped.fact.name in shared and not mapped.measured:
            found.setdefault(mapped.fact.name, values.columns[place])
    for (_, name), series in values.inner.items():
        if name in shared:
            found.setdefault(name, series)
    return {name: series.alias(name) for name, series in found.items()}


def _joined(first: pl.Series, other: pl.Series) -> pl.Series:
    names = ("first", "other")
    pair = pl.DataFrame({"first": first, "other": other})
    return pair.select(pl.concat_str(names, separator=BETWEEN, ignore_nulls=True)).to_series()


def _cuts(plan: Plan, name: str) -> dict[str, pl.Expr]:
    """What a table's columns of text set that tell its rows apart (a breakdown's value), where several do, joined."""
    found: dict[str, list[str]] = {}
    for mapped in plan.columns:
        if mapped.table == name and not mapped.measured and mapped.fact.name in plan.tables[name].key:
            for column, value in mapped.column.sets:
                found.setdefault(column, []).append(value)
    return {column: pl.lit(BETWEEN.join(values)) for column, values in found.items()}


def _where_told(plan: Plan, values: Values, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """What other columns of text set: in rows in which they have a value, the first that has one; else what is there.

    That an export has a column for what a post answers says nothing of the posts that answer none.
    """
    table = plan.tables[name]
    told: dict[str, list[pl.Series]] = {}
    for place, mapped in enumerate(plan.columns):
        if mapped.table == name and not mapped.measured and mapped.fact.name not in table.key:
            for column, value in mapped.column.sets:
                there = values.columns[place].is_not_null()
                told.setdefault(column, []).append(pl.select(pl.when(there).then(pl.lit(value))).to_series())
    for column, each in told.items():
        constant = plan.constant(name, column)
        before = [frame.get_column(column)] if column in frame.columns else []
        after = [pl.Series([constant]).new_from_index(0, frame.height)] if constant and frame.height else []
        parts = pl.DataFrame([one.alias(str(n)) for n, one in enumerate([*each, *before, *after])])
        frame = frame.with_columns(parts.select(pl.coalesce(pl.all())).to_series().alias(column))
        if column == "kind" and any(fact.name == "kind_basis" for fact in table.columns):
            frame = frame.with_columns(kind_basis=pl.lit("field"))
    return frame


def _unpivoted(plan: Plan, values: Values, kept: pl.Series, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A row for each number of a record, where columns say by ``sets`` what they count; a record keeps one at least."""
    frame = frame.with_columns(**_cuts(plan, name))
    places = [
        place for place, each in enumerate(plan.columns) if each.table == name and each.measured and each.column.sets
    ]
    if not places:
        return frame
    numbers = {place: values.columns[place] for place in places}
    if frame.height < len(kept):
        numbers = {place: each.filter(kept) for place, each in numbers.items()}
    parts = []
    for place, each in numbers.items():
        mapped = plan.columns[place]
        part = frame.with_columns(each.alias(mapped.fact.name), **_said(mapped))
        parts.append(part.filter(each.is_not_null()) if each.null_count() else part)
    if all(each.null_count() for each in numbers.values()):
        nothing = pl.lit(None, dtype=values.columns[places[0]].dtype).alias(plan.columns[places[0]].fact.name)
        empty = pl.all_horizontal(each.is_null() for each in numbers.values())
        parts.append(frame.filter(empty).with_columns(nothing, **_said(plan.columns[places[0]])))
    return pl.concat(parts, how="diagonal_relaxed")


def _said(mapped: Mapped) -> dict[str, pl.Expr]:
    """What a column sets beside its number."""
    return {column: pl.lit(value) for column, value in mapped.column.sets}


def has_scope(table: Table) -> bool:
    """Whether a table has one row a scope."""
    return any(fact.name == "scope" for fact in table.columns)


def _dated(plan: Plan, values: Values, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """``created_on`` as the source shows it and ``created_precision``: an instant, a day, or none."""
    if not any(fact.name == "created_precision" for fact in table.columns):
        return frame
    for place, mapped in enumerate(plan.columns):
        if mapped.fact.id == f"{table.name}.created_at" and place in values.days and "created_on" not in frame.columns:
            frame = frame.with_columns(values.days[place].alias("created_on"))
    precision = pl.lit("none")
    if "created_on" in frame.columns:
        precision = pl.when(pl.col("created_on").is_not_null()).then(pl.lit("day")).otherwise(precision)
    if "created_at" in frame.columns:
        precision = pl.when(pl.col("created_at").is_not_null()).then(pl.lit("instant")).otherwise(precision)
    return frame.with_columns(precision.alias("created_precision"))


def _kinds(plan: Plan, table: str, frame: pl.DataFrame) -> pl.DataFrame:
    if plan.constant(table, "kind_rule") != "text_mention" or "text" not in frame.columns:
        return frame
    otherwise = plan.constant(table, "kind") or "post"
    is_reply = pl.col("text").str.contains(REPLY).fill_null(value=False)
    kind = pl.when(is_reply).then(pl.lit("reply")).otherwise(pl.lit(otherwise))
    return frame.with_columns(kind.alias("kind"), kind_basis=pl.lit("text"))


def _scoped(plan: Plan, values: Values, kept: pl.Series, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """One row a scope in which something was reported; the first scope always has its row, so that nothing shows."""
    if not has_scope(plan.tables[name]):
        return frame
    places = [place for place, mapped in enumerate(plan.columns) if mapped.table == name and mapped.measured]
    parts: list[pl.DataFrame] = []
    for scope in SCOPES:
        counts = {
            plan.columns[place].fact.name: values.columns[place].filter(kept)
            for place in places
            if plan.columns[place].scope == scope
        }
        if not counts:
            continue
        part = frame.with_columns(*(series.alias(fact) for fact, series in counts.items()), scope=pl.lit(scope))
        if scope == "paid" and parts:
            part = part.filter(pl.any_horizontal(pl.col(fact).is_not_null() for fact in counts))
        parts.append(part)
    if not parts:
        return frame.with_columns(scope=pl.lit(plan.constant(name, "scope") or SCOPES[0]))
    return pl.concat(parts, how="diagonal")


def whole_lives(plan: Plan, frames: Mapping[str, pl.DataFrame], span: Mapping[str, object]) -> dict[str, pl.DataFrame]:
    """Counts of posts that were born inside the file's range are those of their whole life, and called so."""
    found = dict(frames)
    main, counts = found.get(plan.source.table), found.get("post_counts")
    start = span.get("start")
    if not plan.source.born_inside or not isinstance(start, date) or main is None or counts is None:
        return found
    if "created_on" not in main.columns:
        return found
    born = main.filter(pl.col("created_on") >= start).get_column("record")
    whole = pl.col("record").is_in(born.implode())
    bounds = (pl.when(~whole).then(pl.col(name)).alias(name) for name in ("window_start", "window_end"))
    window = pl.when(whole).then(pl.lit("lifetime")).otherwise("window").alias("window")
    return found | {"post_counts": counts.with_columns(window, *bounds)}


def with_constants(plan: Plan, name: str, frame: pl.DataFrame, span: Mapping[str, object]) -> pl.DataFrame:
    """Fill what no cell holds: platform, constants, and the window its counts belong to.

    ``span`` gives ``start`` and ``end`` of the file's range, where known.
    """
    facts = {fact.name: fact for fact in plan.tables[name].columns}
    added = {"platform": pl.lit(plan.source.platform)} if "platform" in facts else {}
    for column, fact in facts.items():
        constant = plan.constant(name, column)
        if constant is not None and column not in frame.columns and fact.type == "text" and not is_measured(fact):
            added[column] = pl.lit(constant)
    if "kind_basis" in facts and "kind" in added and "kind_basis" not in frame.columns:
        added["kind_basis"] = pl.lit("field")
    frame = frame.with_columns(**added)
    return _windowed(plan, frame, span) if "window" in facts else frame


def _windowed(plan: Plan, frame: pl.DataFrame, span: Mapping[str, object]) -> pl.DataFrame:
    window = plan.source.window
    stored = "range" if window == MONTH else window
    frame = frame.with_columns(window=pl.lit(stored)) if "window" not in frame.columns else frame
    if window == "lifetime":
        return frame
    if "window_start" not in frame.columns:
        frame = frame.with_columns(
            window_start=pl.lit(span.get("start"), dtype=pl.Date), window_end=pl.lit(span.get("end"), dtype=pl.Date)
        )
    if window == MONTH:
        start = pl.col("window_start").dt.month_start()
        return frame.with_columns(window_start=start, window_end=start.dt.offset_by("1mo"))
    if "window_end" not in frame.columns and window in LENGTHS:
        days = pl.col("window_start").to_physical() + pl.lit(LENGTHS[window], dtype=pl.Int32())
        frame = frame.with_columns(window_end=days.cast(pl.Date()))
    return frame
