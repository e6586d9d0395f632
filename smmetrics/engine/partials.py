"""Partial states: one pass over rows gives them, any number of them merge into one, and `finish` reads the numbers.

A partial is always made of long tables: moments with one row a cell, and for some measures a table of values with
counts. The state of the whole equals the merged states of any pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine import compile as compiling
from smmetrics.engine.layout import ROWS, WHERE, Layout, long_aggregates, waited
from smmetrics.engine.measures import condition, family

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Aggregate

VALUE, COUNT, DONE, WHEN = "__value", "__n", "__done", "__when"
_TIES = frozenset({"scope", "window"})
"""Columns that tell observations of one account apart, not accounts."""


@dataclass(frozen=True, slots=True)
class Partial:
    """The mergeable state of the measures of one table, by cell."""

    keys: tuple[str, ...]
    moments: pl.DataFrame
    long: Mapping[Aggregate, pl.DataFrame]

    def where(self, keep: pl.Expr | None) -> Partial:
        """Only the cells that an expression over the keys keeps."""
        if keep is None:
            return self
        kept = {aggregate: table.filter(keep) for aggregate, table in self.long.items()}
        return Partial(self.keys, self.moments.filter(keep), kept)


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the rows of a table: what is grouped by, and the measures kept.

    ``keys`` tell the cells of moments apart, ``long_keys`` (some of them) those of long tables.
    """

    keys: tuple[str, ...]
    long_keys: tuple[str, ...]
    layout: Layout
    view: View
    time: str | None = None

    @property
    def long(self) -> tuple[Aggregate, ...]:
        """The measures that keep a long table too."""
        return long_aggregates(tuple(self.layout.slots))

    def queries(self, rows: pl.LazyFrame, *, final: tuple[str, ...] = ()) -> list[pl.LazyFrame]:
        """What must be collected: the moments, then the long tables.

        ``final``: the keys of the reading, if there are no other pieces to merge with. Where they are the long tables'
        keys, distinct values are counted at once and not carried along.
        """
        counted = final == self.long_keys
        return [self.moments(rows), *(self._long(rows, aggregate, counted=counted) for aggregate in self.long)]

    def assemble(self, collected: Sequence[pl.DataFrame]) -> Partial:
        """The partial from what was collected, in the order of `queries`."""
        guarded = [pl.col(state.name).cast(pl.Int128) for state in self.layout.sums.values() if state.guard]
        moments = collected[0].with_columns(guarded)
        return Partial(self.keys, moments, dict(zip(self.long, collected[1:], strict=True)))

    def run(self, rows: pl.LazyFrame) -> Partial:
        """Make the partial of some rows."""
        return self.assemble(self.unwrapped(rows, pl.collect_all(self.queries(rows))))

    def unwrapped(self, rows: pl.LazyFrame, collected: list[pl.DataFrame]) -> list[pl.DataFrame]:
        """What was collected; the moments once more, in 128 bits, where a sum may have passed 64."""
        if not self.layout.wrapped(collected[0]):
            return collected
        return [self.moments(rows, wide=True).collect(), *collected[1:]]

    def merge(self, partials: Sequence[Partial]) -> Partial:
        """One partial from several of the same pass."""
        sums = [pl.col(ROWS).sum(), *(state.merged() for state in self.layout.sums.values())]
        keys = [*self.keys, WHERE]
        moments = pl.concat([partial.moments for partial in partials]).group_by(keys).agg(sums)
        long = {a: self._regrouped(pl.concat([p.long[a] for p in partials]), a) for a in self.long}
        return Partial(self.keys, moments, long)

    def moments(self, rows: pl.LazyFrame, *, wide: bool = False) -> pl.LazyFrame:
        """Counts, sums and sums of squares by cell."""
        touched = self.layout.touches()
        kept = rows if touched is None else rows.filter(touched)
        made = kept.select(*self.keys, self.layout.code().alias(WHERE), *self.layout.inputs.values())
        return made.group_by(*self.keys, WHERE).agg(
            pl.len().cast(pl.Int64).alias(ROWS), *(state.expression(wide=wide) for state in self.layout.sums.values())
        )

    def _long(self, rows: pl.LazyFrame, aggregate: Aggregate, *, counted: bool) -> pl.LazyFrame:
        scope = self.layout.scope
        where = condition(aggregate)
        kept = rows if where is None else rows.filter(compiling.expression(where, scope))
        if family(aggregate) == "wait":
            hours, done = waited(aggregate, scope)
            table = kept.select(*self.long_keys, hours.alias(VALUE), done.alias(DONE)).filter(pl.col(VALUE) >= 0)
            return table.group_by(*self.long_keys, VALUE, DONE).agg(pl.len().cast(pl.Int64).alias(COUNT))
        value = compiling.expression(aggregate.args[0], scope).alias(VALUE)
        if family(aggregate) == "last":
            return self._newest(kept, value)
        table = kept.select(*self.long_keys, value).filter(pl.col(VALUE).is_not_null())
        grouped = table.group_by(*self.long_keys, VALUE)
        if counted and family(aggregate) == "distinct":
            return grouped.agg().group_by(self.long_keys).agg(pl.len().cast(pl.Int64).alias(COUNT))
        return grouped.agg(pl.len().cast(pl.Int64).alias(COUNT))

    def _newest(self, rows: pl.LazyFrame, value: pl.Expr) -> pl.LazyFrame:
        assert self.time is not None
        entity = self._entity()
        table = rows.select(*self.long_keys, *entity.values(), pl.col(self.time).alias(WHEN), value)
        known = table.filter(pl.col(VALUE).is_not_null() & pl.col(WHEN).is_not_null())
        return _newest(known, [*self.long_keys, *entity])

    def _entity(self) -> dict[str, pl.Expr]:
        parts = [name for name in self.view.key if name not in _TIES | {self.view.event_time}]
        return {f"__e_{name}": pl.col(name).alias(f"__e_{name}") for name in parts}

    def _regrouped(self, table: pl.DataFrame, aggregate: Aggregate) -> pl.DataFrame:
        keys = [name for name in table.columns if name != COUNT]
        if family(aggregate) == "last":
            return regrouped(table, keys, last=True)
        return table.group_by(keys).agg(pl.col(COUNT).sum())


def regrouped(table: pl.DataFrame, keys: Sequence[str], *, last: bool) -> pl.DataFrame:
    """Equal rows of a long table added up; of the newest rows, the newest of each entity."""
    if last:
        return _newest(table.lazy(), [name for name in keys if name not in {WHEN, VALUE}]).collect()
    if set(keys) == set(table.columns) - {COUNT}:
        return table
    return table.group_by(keys).agg(pl.col(COUNT).sum())


def _newest(table: pl.LazyFrame, keys: Sequence[str]) -> pl.LazyFrame:
    """The newest row of each entity; of two at one time the larger value, so that no order matters."""
    return table.sort(WHEN, VALUE).group_by(keys).agg(pl.col(WHEN).last(), pl.col(VALUE).last())
