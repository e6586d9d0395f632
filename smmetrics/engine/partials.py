"""Partial states: one pass over rows gives them, any number of them merge into one, and `finish` reads the numbers.

A partial is always made of long tables: moments with one row a cell, and for some measures a table of values with
counts. The state of the whole equals the merged states of any pieces.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING, Literal

import polars as pl

from smmetrics.api.stored import SCOPES
from smmetrics.contracts.formula.entities import entity_of
from smmetrics.contracts.formula.nodes import Aggregate
from smmetrics.engine import compile as compiling
from smmetrics.engine.calendar import CODE
from smmetrics.engine.kinds import kind_of
from smmetrics.engine.layout import DIGITS, ROWS, WHERE, Layout, byte, hashed, long_aggregates, waited
from smmetrics.engine.measures import condition, family

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.facts import View

VALUE, COUNT, DONE, WHEN, UNTIL = "__value", "__n", "__done", "__when", "__until"
END = "window_end"
"""The column in which a table of stretches of days says where each ends."""
FALLBACK = "created_on"
"""The date a source shows where it gives no instant."""
SCOPE = "k_scope"
_PACKED, _ROOM = "__k", 256
"""Room for one byte beside the period code, whose days stay far below 2²³."""
_HELD, _NULLS, _RUN = "__u", "__null", "__run"
MOST_VALUES = 5_000_000
Ends = Literal["", "counted", "listed"]
"""How values are held that need not be merged with others (`Pass.moments`)."""
_LOG_STEP = log(1.009)


@dataclass(frozen=True, slots=True)
class Partial:
    """The mergeable state of the measures of one table, by cell; ``coarse``: measures whose values were rounded."""

    keys: tuple[str, ...]
    moments: pl.DataFrame
    long: Mapping[Aggregate, pl.DataFrame]
    coarse: frozenset[Aggregate] = frozenset()

    def where(self, keep: pl.Expr | None) -> Partial:
        """Only the cells that an expression over the keys keeps."""
        if keep is None:
            return self
        kept = {aggregate: table.filter(keep) for aggregate, table in self.long.items()}
        return Partial(self.keys, self.moments.filter(keep), kept, self.coarse)


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the rows of a table: what is grouped by, and the measures kept.

    ``keys`` tell the cells of moments apart, ``long_keys`` (some of them) those of long tables. ``coarse``: quantiles
    of so many different numbers that they are kept in buckets, 0.9 % wide. ``runs``: rows of one cell stand side by
    side, so that runs of rows are added up, and then the few runs of each cell.
    """

    keys: tuple[str, ...]
    long_keys: tuple[str, ...]
    layout: Layout
    view: View
    time: str | None = None
    coarse: frozenset[Aggregate] = frozenset()
    runs: bool = False

    def fitted(self, rows: pl.LazyFrame) -> Pass:
        """The same pass, with quantiles in buckets where more than `MOST_VALUES` numbers would have to be kept.

        Counts repeat, so their values with counts stay few: only other numbers are looked at.
        """
        scope = self.layout.scope
        asked = [a for a in self.long if family(a) == "values" and kind_of(a.args[0], scope.views) != "int"]
        if not asked:
            return self
        counts = rows.select(self._value(a).count().alias(str(place)) for place, a in enumerate(asked)).collect().row(0)
        coarse = frozenset(a for a, count in zip(asked, counts, strict=True) if count > MOST_VALUES)
        return replace(self, coarse=coarse) if coarse else self

    def _value(self, aggregate: Aggregate) -> pl.Expr:
        value = compiling.expression(aggregate.args[0], self.layout.scope)
        where = condition(aggregate)
        return value if where is None else pl.when(compiling.expression(where, self.layout.scope)).then(value)

    @property
    def long(self) -> tuple[Aggregate, ...]:
        """The measures that keep a long table too."""
        return long_aggregates(tuple(self.layout.slots))

    def queries(self, rows: pl.LazyFrame, *, final: tuple[str, ...] = (), fine: bool = False) -> list[pl.LazyFrame]:
        """What must be collected: the moments, then the long tables.

        ``final``: the keys of the reading, if there are no other pieces to merge with. Where they are the long tables'
        keys, distinct values are counted at once and not carried along. ``fine``: cells are so small that few of their
        values repeat; then each keeps its numbers as they are, half the work of counting equal ones.
        """
        ends = {"distinct"} | ({"values"} if fine else set()) if final == self.long_keys else set()
        ending = {a for a in self.long if family(a) in ends and a not in self.coarse}
        # Values of two scopes can be put together, numbers of different ones cannot.
        whole = final == self.keys or (final == self.long_keys and all(family(a) == "values" for a in ending))
        if whole and not self.layout.shared and ending == set(self.long):
            # A run of rows is counted as it stands, without a list of its values.
            return [self.moments(rows, ends="listed" if fine and not self.runs else "counted")]
        return [self.moments(rows), *(self._long(rows, a, ends=a in ending, fine=fine) for a in self.long)]

    def assemble(self, collected: Sequence[pl.DataFrame]) -> Partial:
        """The partial from what was collected, in the order of `queries`."""
        guarded = [pl.col(state.name).cast(pl.Int128) for state in self.layout.sums.values() if state.guard]
        moments = collected[0].with_columns(guarded)
        if len(collected) == 1 and self.long:
            kept = self.layout.kept.items()
            ends = {a: pl.col(_HELD + name).alias(COUNT if family(a) == "distinct" else VALUE) for a, name in kept}
            long = {a: self._in_one(moments.select(*self.keys, end)) for a, end in ends.items()}
        else:
            long = dict(zip(self.long, collected[1:], strict=True))
        return Partial(self.keys, moments, long, self.coarse)

    def _in_one(self, table: pl.DataFrame) -> pl.DataFrame:
        """One row a cell of a long table, where scopes were told apart and a cell has several."""
        if self.keys == self.long_keys or not table.select(self.long_keys).is_duplicated().any():
            return table.select(*self.long_keys, table.columns[-1])
        return table.group_by(self.long_keys).agg(pl.col(VALUE).explode().sort())

    def run(self, rows: pl.LazyFrame) -> Partial:
        """Make the partial of some rows."""
        return self.assemble(self.checked(rows, pl.collect_all(self.queries(rows))))

    def checked(self, rows: pl.LazyFrame, collected: list[pl.DataFrame]) -> list[pl.DataFrame]:
        """What was collected; the moments once more, in 128 bits, where a sum of counts may have lost digits.

        Once more, too, where a cell that keeps values fell into several runs: different values cannot be added up.
        """
        if self.runs and self.long and len(collected) == 1 and collected[0].select(self.keys).is_duplicated().any():
            return [replace(self, runs=False).moments(rows, ends="counted").collect()]
        if not self.layout.rounded(collected[0]):
            return collected
        return [self.moments(rows, wide=True).collect(), *collected[1:]]

    def merge(self, partials: Sequence[Partial]) -> Partial:
        """One partial from several of the same pass, or from one of finer cells; of the long tables that all have."""
        together = pl.concat([partial.moments for partial in partials])
        moments = together.group_by(*self.keys, WHERE, maintain_order=True).agg(self._merged())
        there = [a for a in self.long if all(a in partial.long for partial in partials)]
        long = {a: self._regrouped(pl.concat([p.long[a] for p in partials]), a) for a in there}
        return Partial(self.keys, moments, long, frozenset[Aggregate]().union(*(p.coarse for p in partials)))

    def moments(self, rows: pl.LazyFrame, *, wide: bool = False, ends: Ends = "") -> pl.LazyFrame:
        """Counts, sums and sums of squares by cell; with ``ends`` the values that measures keep, too.

        *counted*: how many different ones, told at once. *listed*: each cell holds its values until all rows are
        through, which is twice as fast where cells are small.

        Period, shared filters and scope are packed into one whole number while rows are grouped: hashing one column
        costs less than hashing three.
        """
        touched = self.layout.touches()
        kept = rows if touched is None else rows.filter(touched)
        others = [name for name in self.keys if name not in {CODE, SCOPE}]
        inputs = [*self.layout.inputs.values(), *(self.layout.exact.values() if wide else ())]
        packed = kept.select(self._packed().alias(_PACKED), *others, *inputs)
        held = {name: family(a) for a, name in self.layout.kept.items()} if ends else {}
        states = [
            pl.len().cast(pl.Int64).alias(ROWS),
            *(state.expression(wide=wide) for state in self.layout.sums.values()),
            *(_held(name, kind, ends).alias(_HELD + name) for name, kind in held.items()),
            *(pl.col(name).has_nulls().alias(_NULLS + name) for name in held),
        ]
        if self.runs:
            grouped = _in_runs(packed, [_PACKED, *others], states)
            if not held:
                grouped = grouped.group_by(_PACKED, *others).agg(self._merged())
        else:
            grouped = packed.group_by(_PACKED, *others).agg(states)
        ended = [_ended(pl.col(_HELD + name), pl.col(_NULLS + name), kind, ends) for name, kind in held.items()]
        return grouped.select(*self._unpacked(), *others, ROWS, *self.layout.sums, *ended)

    def _merged(self) -> list[pl.Expr]:
        """The states of several groups as those of one."""
        return [pl.col(ROWS).sum(), *(state.merged() for state in self.layout.sums.values())]

    def _packed(self) -> pl.Expr:
        small = self.layout.code()
        if SCOPE in self.keys:
            # Three digits and a scope fit into one byte.
            scope = byte(len(SCOPES) * DIGITS)
            for place, name in enumerate(SCOPES):
                scope = pl.when(pl.col(SCOPE) == name).then(byte(place * DIGITS)).otherwise(scope)
            small = scope + small
        return pl.col(CODE).cast(pl.Int32) * _ROOM + small.cast(pl.Int32)

    def _unpacked(self) -> list[pl.Expr]:
        small = pl.col(_PACKED) % _ROOM
        made = [
            (pl.col(_PACKED) // _ROOM).cast(pl.Int32).alias(CODE),
            (small % DIGITS).cast(pl.Int32).alias(WHERE),
        ]
        if SCOPE in self.keys:
            names = dict(enumerate(SCOPES))
            made.append((small // DIGITS).replace_strict(names, default=None, return_dtype=pl.String).alias(SCOPE))
        return made

    def _long(self, rows: pl.LazyFrame, aggregate: Aggregate, *, ends: bool, fine: bool) -> pl.LazyFrame:
        scope = self.layout.scope
        where = condition(aggregate)
        kept = rows if where is None else rows.filter(compiling.expression(where, scope))
        if family(aggregate) == "wait":
            hours, done = waited(aggregate, scope)
            table = kept.select(*self.long_keys, hours.alias(VALUE), done.alias(DONE)).filter(pl.col(VALUE) >= 0)
            return table.group_by(*self.long_keys, VALUE, DONE).agg(pl.len().cast(pl.Int64).alias(COUNT))
        value = compiling.expression(aggregate.args[0], scope)
        value = (_bucket(value) if aggregate in self.coarse else value).alias(VALUE)
        if family(aggregate) == "last":
            return self._newest(kept, value)
        table = kept.select(*self.long_keys, value).filter(pl.col(VALUE).is_not_null())
        if family(aggregate) == "distinct":
            table = table.with_columns(hashed(pl.col(VALUE)))
            if ends:
                return self._different(table, fine=fine)
        elif ends:
            return table.group_by(self.long_keys).agg(pl.col(VALUE).sort())
        return table.group_by(*self.long_keys, VALUE).agg(pl.len().cast(pl.Int64).alias(COUNT))

    def _different(self, table: pl.LazyFrame, *, fine: bool) -> pl.LazyFrame:
        """How many different values each cell has. Runs are short lists: those of one cell are put together first."""
        keys = list(self.long_keys)
        if self.runs:
            lists = _in_runs(table, keys, [pl.col(VALUE)])
            return lists.group_by(keys).agg(pl.col(VALUE).explode().n_unique().cast(pl.Int64).alias(COUNT))
        way: Ends = "listed" if fine else "counted"
        found = table.group_by(keys).agg(_held(VALUE, "distinct", way).alias(COUNT))
        return found.with_columns(_ended(pl.col(COUNT), pl.lit(value=False), "distinct", way))

    def listed(self, rows: pl.LazyFrame, aggregate: Aggregate) -> pl.LazyFrame:
        """A measure's long table as it is merged with others."""
        return self._long(rows, aggregate, ends=False, fine=False)

    def _newest(self, rows: pl.LazyFrame, value: pl.Expr) -> pl.LazyFrame:
        assert self.time is not None
        entity = self._entity()
        when = self._when(self.time)
        # A level reported of a stretch of days is one of the stretch's end.
        ends = [pl.col(END)] if self.view.column(END) else []
        held = pl.coalesce(*ends, when.cast(pl.Date)).alias(UNTIL)
        table = rows.select(*self.long_keys, *entity.values(), when.alias(WHEN), held, value)
        known = table.filter(pl.col(VALUE).is_not_null() & pl.col(WHEN).is_not_null())
        return _newest(known, [*self.long_keys, *entity])

    def _when(self, time: str) -> pl.Expr:
        """When a level was told: at its instant, else on the day of a row that knows no time of day."""
        known, column = pl.col(time), self.view.column(time)
        if column is None or column.type != "instant" or time != self.view.event_time or not self.view.column(FALLBACK):
            return known
        return pl.coalesce(known, pl.col(FALLBACK).cast(pl.Datetime("us", "UTC")))

    def _entity(self) -> dict[str, pl.Expr]:
        return {f"__e_{name}": pl.col(name).alias(f"__e_{name}") for name in entity_of(self.view)}

    def _regrouped(self, table: pl.DataFrame, aggregate: Aggregate) -> pl.DataFrame:
        keys = [name for name in table.columns if name != COUNT]
        if family(aggregate) == "last":
            return regrouped(table, keys, last=True)
        return table.group_by(keys).agg(pl.col(COUNT).sum())


def _in_runs(rows: pl.LazyFrame, keys: Sequence[str], states: Sequence[pl.Expr]) -> pl.LazyFrame:
    """States of each run of rows with equal keys; a number that grows with every run stands for its keys."""
    numbers = [pl.col(name).rle_id() for name in keys]
    run = numbers[0] if len(numbers) == 1 else pl.sum_horizontal(numbers)
    told = rows.with_columns(run.alias(_RUN)).set_sorted(_RUN)
    return told.group_by(_RUN).agg(*(pl.col(name).first() for name in keys), *states)


def _held(name: str, kind: str, ends: Ends) -> pl.Expr:
    """What a cell holds of a column while its rows pass: all values, or how many different ones (none is one)."""
    counted = kind == "distinct" and ends == "counted"
    return pl.col(name).n_unique() if counted else pl.col(name).implode()


def _ended(held: pl.Expr, nulls: pl.Expr, kind: str, ends: Ends) -> pl.Expr:
    """What is kept of it in the end: the values, or the number of different ones without none."""
    if kind != "distinct":
        return held.list.drop_nulls().list.sort()
    different = held.list.n_unique() if ends == "listed" else held
    return different.cast(pl.Int64) - nulls.cast(pl.Int64)


def _bucket(value: pl.Expr) -> pl.Expr:
    """The middle of a number's bucket on a logarithmic scale: less than half a per cent away."""
    size = (value.abs().log() / _LOG_STEP).round()
    return pl.when(value == 0).then(0.0).otherwise(value.sign() * (size * _LOG_STEP).exp())


def regrouped(table: pl.DataFrame, keys: Sequence[str], *, last: bool) -> pl.DataFrame:
    """Equal rows of a long table added up; of the newest rows, the newest of each entity."""
    if last:
        return _newest(table.lazy(), [name for name in keys if name not in {WHEN, UNTIL, VALUE}]).collect()
    if set(keys) == set(table.columns) - {COUNT}:
        return table
    return table.group_by(keys).agg(pl.col(COUNT).sum())


def _newest(table: pl.LazyFrame, keys: Sequence[str]) -> pl.LazyFrame:
    """The newest row of each entity; of two at one time the larger value, so that no order matters."""
    return table.sort(WHEN, VALUE, UNTIL).group_by(keys).agg(pl.col(WHEN, UNTIL, VALUE).last())
