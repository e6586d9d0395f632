"""``by=``: one number of each entity first, then an aggregate over the entities.

The numbers of each entity become the columns of a small table, one row an entity and cell; the outer aggregate is then
an ordinary aggregate over that table, with the same states, samples and intervals as any other.

Entities are those that occur: something that is counted of each has a row of theirs in the period; a share is of all
who have any row in the tables it reads, unless ``of`` says of whom by a number of theirs. Rows without the
entity (an unknown person) belong to none. With a stock (``by=people``) each of its rows is one, the silent ones too;
with ``by=day`` each covered day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.facts import View, ViewColumn
from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Column,
    Node,
    Op,
    Previous,
    Row,
    Total,
    Trailing,
    children,
    walk,
)
from smmetrics.engine import coverage as covering
from smmetrics.engine.calendar import CODE
from smmetrics.engine.kinds import column, kind_of
from smmetrics.engine.lens import aggregate_of, days_of, focused, leaves
from smmetrics.engine.levels import NEWEST, is_level, standing
from smmetrics.engine.measures import ZERO, Source, family
from smmetrics.engine.passes import DAY, UNKNOWN, Plan, key
from smmetrics.engine.request import Linked
from smmetrics.tables.schema import POLARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.api.facts import FactType
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.passes import Setting

TABLE = "entities"
"""The name of the small table in the formulas that read it."""
_STOCKS = frozenset(view.name for view in CORE_VIEWS if view.event_time is None)


def stock_of(aggregate: Aggregate) -> str:
    """The table whose every row is an entity, or nothing."""
    return aggregate.by[0] if len(aggregate.by) == 1 and aggregate.by[0] in _STOCKS else ""


@dataclass(frozen=True, slots=True)
class Inner:
    """What one ``by=`` counts of each entity, in order of appearance."""

    aggregate: Aggregate
    leaves: tuple[Leaf, ...]


def inner(aggregate: Aggregate) -> Inner:
    """Look inside an aggregate with ``by=``; what dates its rows dates those inside."""
    parts = [focused(_dated(part, aggregate.on)) for part in _sides(aggregate)]
    counted = tuple(leaf for part in parts for leaf in leaves(part))
    return Inner(aggregate, tuple(dict.fromkeys((*counted, *_being_there(aggregate, counted)))))


def _being_there(aggregate: Aggregate, counted: tuple[Leaf, ...]) -> Iterator[Leaf]:
    """What shows that an entity is one of those a share is of, where the formula does not say it by a number.

    Were only those asked who meet the condition's own filter, such a share would always be 1.
    """
    whole = [part for part in (aggregate.of, aggregate.where) if part is not None]
    said = any(isinstance(node, Aggregate) for part in whole for node in walk(part))
    if aggregate.name != "share" or said or stock_of(aggregate) or aggregate.by == (DAY,):
        return
    for leaf in counted:
        for part in walk(leaf):
            if isinstance(part, Aggregate) and not part.by:
                yield _in_place_of(leaf, Aggregate("count", part.table, on=part.on))


def _in_place_of(leaf: Node, part: Aggregate) -> Leaf:
    """The same words around another aggregate."""
    if isinstance(leaf, Previous | Trailing | Total):
        return replace(leaf, node=_in_place_of(leaf.node, part))
    return part


def _sides(aggregate: Aggregate) -> list[Node]:
    return [*aggregate.args, *(part for part in (aggregate.where, aggregate.of) if part is not None)]


def _dated(node: Node, on: str | None) -> Node:
    """The same node with another date for rows that state none of their own."""
    if on == "default":
        return node
    match node:
        case Aggregate():
            return replace(
                node,
                on=on if node.on == "default" else node.on,
                args=tuple(_dated(arg, on) for arg in node.args) if node.by else node.args,
                where=_dated(node.where, on) if node.by and node.where is not None else node.where,
                of=_dated(node.of, on) if node.by and node.of is not None else node.of,
            )
        case Op(args=args) | Row(args=args):
            return replace(node, args=tuple(_dated(arg, on) for arg in args))
        case Previous(node=inside_) | Trailing(node=inside_) | Total(node=inside_):
            return replace(node, node=_dated(inside_, on))
        case _:
            return node


def entity_keys(aggregate: Aggregate, setting: Setting) -> tuple[str, ...]:
    """The columns that tell the entities apart."""
    stock = stock_of(aggregate)
    if not stock:
        return aggregate.by
    reads = {part.table for side in _sides(aggregate) for part in walk(side) if isinstance(part, Aggregate)}
    tables = [setting.views[name] for name in reads if name in setting.views]
    own = setting.views[stock].key
    if own[-1] == "person" and isinstance(setting.tables, Linked) and setting.tables.linked:
        return own[-1:]  # several names of a person are one entity, on whatever platforms
    return tuple(name for name in own if name == own[-1] or all(view.column(name) for view in tables))


def inside(aggregate: Aggregate, setting: Setting) -> Setting:
    """The setting in which the numbers of each entity are counted."""
    keys = entity_keys(aggregate, setting)
    return replace(setting, by=tuple(dict.fromkeys((*setting.by, *keys))), undated=False)


@dataclass(frozen=True, slots=True)
class Entities:
    """The small table, ready to be read: its rows with period and groups, its view, the aggregate over it."""

    frame: pl.DataFrame
    view: View
    aggregate: Aggregate


def table(one: Inner, numbers: Mapping[Leaf, pl.DataFrame], setting: Setting) -> Entities:
    """Put the numbers of each entity together; ``numbers`` by leaf: keys of `inside` and a value."""
    within = inside(one.aggregate, setting)
    own = entity_keys(one.aggregate, setting)
    rows = _rows(one, numbers, setting, within)
    columns: dict[Leaf, Column] = {}
    types: dict[str, ViewColumn] = {}
    for place, leaf in enumerate(one.leaves):
        name = f"v{place}"
        kind = _kind(leaf, setting)
        told = standing(numbers[leaf], leaf, within)
        value = told.select(
            *(each for each in within.keys if each in told.columns),
            _typed(pl.col("value"), kind).alias(name),
            *([pl.col(NEWEST).alias(f"__{name}")] if is_level(leaf) else []),
            pl.lit(value=True).alias("__there"),
        )
        on = [each for each in within.keys if each in value.columns]
        rows = rows.join(value, on=on, how="left")
        if family(leaf) in ZERO:
            rows = rows.with_columns(pl.when(pl.col("__there")).then(pl.col(name)).otherwise(0.0).alias(name))
        rows = rows.drop("__there")
        columns[leaf] = Column(TABLE, name)
        types[name] = ViewColumn(name=name, type=kind, open=_is_open(leaf, setting))
    types |= _own_columns(one.aggregate, setting)
    levels = [f"__v{place}" for place, leaf in enumerate(one.leaves) if is_level(leaf)]
    rows = rows.with_columns(pl.max_horizontal(levels).alias(NEWEST)).drop(levels) if levels else rows
    rows = rows.with_columns(
        _back(pl.col(key(name)), types[name].type).alias(name)
        for name in own
        if name in types and name not in rows.columns
    )
    view = View(name=TABLE, one_row_is="an entity", key=tuple(own), event_time=None, columns=tuple(types.values()))
    return Entities(rows, view, _outer(one.aggregate, columns, types))


def _rows(one: Inner, numbers: Mapping[Leaf, pl.DataFrame], setting: Setting, within: Setting) -> pl.DataFrame:
    """One row for each entity of each cell."""
    stock = stock_of(one.aggregate)
    if stock:
        plan = Plan(Source(stock, frozenset(), None), {Aggregate("count", stock, on=None): None})
        named = sorted({node.name for side in _sides(one.aggregate) for node in _bare(side)})
        return plan.rows(within, also=named).select(*within.keys, *named).unique(within.keys).collect()
    if one.aggregate.by == (DAY,):
        return _days(one, numbers, setting, within)
    known = [pl.col(key(name)) != UNKNOWN for name in entity_keys(one.aggregate, setting)]
    there = [_occurring(numbers[leaf]).filter(known) for leaf in one.leaves]
    return pl.concat([frame.select(within.keys) for frame in there]).unique()


def _occurring(numbers: pl.DataFrame) -> pl.DataFrame:
    """The entities something was counted of; of an aggregate over other entities, those that have any."""
    return numbers.filter(pl.col("occurs" if "occurs" in numbers.columns else "rows") > 0)


def _days(one: Inner, numbers: Mapping[Leaf, pl.DataFrame], setting: Setting, within: Setting) -> pl.DataFrame:
    """Every covered day of each group, those without a row too."""
    assert setting.coverage is not None
    tables = {part.table for leaf in one.leaves for part in walk(leaf) if isinstance(part, Aggregate)}
    coded = days_of(setting.periods).rename({"__day": "day"})
    groups = [key(name) for name in setting.by]
    known = [name for name in setting.by if name in covering.ENTITY]
    covered = [setting.coverage.days(fed) for name in sorted(tables) if (fed := covering.feeds(setting.views[name]))]
    base = pl.concat([days.select(*known, "day") for days in covered]).unique() if covered else None
    if base is None:
        base = coded.select("day").unique()
        known = []
    base = base.rename({name: key(name) for name in known}).join(coded, on="day")
    occurring = pl.concat([numbers[leaf].select(groups) for leaf in one.leaves]).unique() if groups else None
    others = [name for name in groups if name not in {key(each) for each in known}]
    if occurring is not None and others:
        on = [key(name) for name in known]
        base = base.join(occurring, on=on) if on else base.join(occurring, how="cross")
    return base.select(CODE, *groups, pl.col("day").cast(pl.String).alias(key(DAY))).select(within.keys).unique()


def _bare(node: Node) -> list[Column]:
    """Columns of the entity itself: those that stand outside all aggregates."""
    if isinstance(node, Column):
        return [node]
    if isinstance(node, Aggregate):
        return []
    return [column for child in children(node) for column in _bare(child)]


def _own_columns(aggregate: Aggregate, setting: Setting) -> dict[str, ViewColumn]:
    stock = stock_of(aggregate)
    if stock:
        named = {column.name for side in _sides(aggregate) for column in _bare(side)}
        return {column.name: column for column in setting.views[stock].columns if column.name in named}
    view = setting.views[aggregate.table]
    found = {name: column for name in aggregate.by if (column := view.column(name)) and name != DAY}
    days = {DAY: ViewColumn(name=DAY, type="date")} if DAY in aggregate.by else {}
    return days | {name: replace(column, open=False) for name, column in found.items()}


def _outer(aggregate: Aggregate, columns: Mapping[Leaf, Column], types: Mapping[str, ViewColumn]) -> Aggregate:
    """The aggregate over the small table."""

    def read(node: Node | None) -> Node | None:
        return None if node is None else _replaced(focused(_dated(node, aggregate.on)), columns, types)

    args = tuple(arg for arg in map(read, aggregate.args) if arg is not None)
    where = read(aggregate.where)
    name = aggregate.name
    if name == "count" and args:
        # Entities are counted for which a condition is true.
        where, args = args[0] if where is None else Op("and", (where, args[0])), ()
    return Aggregate(name, TABLE, args, where, read(aggregate.of), None, (), aggregate.options)


def _replaced(node: Node, columns: Mapping[Leaf, Column], types: Mapping[str, ViewColumn]) -> Node:
    if node in columns:
        return columns[node]  # type: ignore[index]
    match node:
        case Column(name=name) if name in types:
            return Column(TABLE, name)
        case Op(args=args) | Row(args=args):
            return replace(node, args=tuple(_replaced(arg, columns, types) for arg in args))
        case _:
            return node


def _kind(leaf: Leaf, setting: Setting) -> FactType:
    kind = kind_of(aggregate_of(leaf), setting.views)
    return kind if kind in {"bool", "instant", "date"} else "number"  # type: ignore[return-value]


def _typed(value: pl.Expr, kind: FactType) -> pl.Expr:
    """An entity's number as what it is: a truth value, a time, else a number."""
    if kind == "bool":
        return value.cast(pl.Float64) > 0
    if kind == "instant":
        return value.cast(pl.Int64, strict=False).cast(pl.Datetime("us", "UTC"), strict=False)
    if kind == "date":
        return value.cast(pl.Date, strict=False)
    return value.cast(pl.Float64, strict=False)


def _back(text: pl.Expr, kind: FactType) -> pl.Expr:
    """A group's name as the value it was made of."""
    if kind == "bool":
        return text == "true"
    if kind == "date":
        return text.str.to_date(strict=False)
    if kind == "instant":
        return text.str.to_datetime(time_unit="us", time_zone="UTC", strict=False)
    return text.cast(POLARS[kind], strict=False)


def _is_open(leaf: Leaf, setting: Setting) -> bool:
    """Whether no value means *not yet*: a time that may still come."""
    found = aggregate_of(leaf)
    return any(
        isinstance(part, Column) and part.table in setting.views and column(part, setting.views).open
        for arg in found.args
        for part in walk(arg)
    )
