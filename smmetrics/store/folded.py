"""What is so now, kept in files by ranges of keys: new observations rewrite only the ranges they fall into.

A state of the fold names the imports it was made of. Where today's are those and more, only the keys of the new ones
are looked up: their older observations are read, folded with the new ones, and take the place of what was known.
An import that was taken back or read anew, rows that were rewritten, another declaration or fold: all is folded anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.store.fold import VERSION, arranged, current_columns, fold, fold_key
from smmetrics.store.parts import SHAPE, Kept
from smmetrics.tables.schema import written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from smmetrics.api.facts import Table
    from smmetrics.store.parts import Part, Shelf

RANGE, FILES = 20_000, 128
"""Rows of one file, where that makes no more than so many files."""
SMALL = 40_000
"""Up to so many rows are folded anew: it takes no longer."""
MOST = 0.2
"""Of what is known, the part that new rows may be: with more, all is folded anew."""
ORIGIN = ("batch_id", "source_id")
_FIRSTS, _RANGE = "firsts", "_range"


class Folded:
    """One table's fold. ``folder``: where its rows are; ``imports``: by name, batch and source of those that count."""

    def __init__(self, shelf: Shelf, table: Table, folder: str, imports: Mapping[str, tuple[str, str]]) -> None:
        """Nothing is read yet."""
        self._shelf, self._table, self._imports = shelf, table, imports
        self._key = fold_key(table)
        told = f"{folder}|{written(table)}|{VERSION}"
        self._of = hashlib.sha256(told.encode()).hexdigest()[:32]

    def rows(self, key: str, observed: Callable[[], pl.LazyFrame]) -> pl.LazyFrame:
        """One row a key, sorted by it. ``key`` names this very state of the table, ``observed`` gives its rows."""
        kept = self._shelf.read(self._table.name, key)
        if kept is None:
            observations = observed()
            kept = self._grown(observations) or self._anew(observations)
            self._shelf.write(key, kept)
        return self._shelf.scan(kept, kept.parts)

    def _anew(self, observations: pl.LazyFrame) -> Kept:
        rows = fold(observations, self._table)
        size = max(RANGE, rows.height // FILES)
        return self._kept(list(self._cut(rows, size)), size)

    def _grown(self, observations: pl.LazyFrame) -> Kept | None:
        """The fold of a former state with what came in since; None where that is no shorter way."""
        before = self._shelf.former(self._table.name, self._of, self._imports.keys())
        if before is None:
            return None
        since = self._imports.keys() - set(before.told["imports"])
        new = of_imports(observations, [self._imports[name] for name in since]).collect()
        if not new.height:
            return replace(before, told={**before.told, "imports": sorted(self._imports)})
        if before.rows <= SMALL or new.height > MOST * before.rows:
            return None
        earlier = of_imports(observations, [self._imports[name] for name in self._imports.keys() - since])
        return self._kept(list(self._merged(before, new, earlier)), before.told["size"])

    def _merged(self, before: Kept, new: pl.DataFrame, earlier: pl.LazyFrame) -> Iterator[tuple[Part, pl.DataFrame]]:
        """The parts in their order: those no new row falls into as they are."""
        key = list(self._key)
        touched = _ranges(before.frames[_FIRSTS], new.select(key).unique(), key)
        numbers = touched.get_column(_RANGE).unique().to_list()
        old = {number: self._shelf.load(before, before.parts[number]) for number in numbers}
        known = pl.concat(rows.select(key).join(touched, on=key, how="semi", nulls_equal=True) for rows in old.values())
        seen = [earlier.join(known.lazy(), on=key, how="semi", nulls_equal=True).collect()] if known.height else []
        folded = fold(pl.concat([*seen, new]).lazy(), self._table)
        placed = folded.join(touched, on=key, how="left", nulls_equal=True, maintain_order="left")
        firsts = before.frames[_FIRSTS].iter_slices(1)
        for number, (part, first) in enumerate(zip(before.parts, firsts, strict=True)):
            if number not in old:
                yield part, first
                continue
            here = placed.filter(pl.col(_RANGE) == number).drop(_RANGE)
            stay = old.pop(number).join(here, on=key, how="anti", nulls_equal=True)
            yield from self._cut(arranged(pl.concat([stay, here]), key), before.told["size"])

    def _cut(self, rows: pl.DataFrame, size: int) -> Iterator[tuple[Part, pl.DataFrame]]:
        """Rows in parts of nearly one size, each with its first key."""
        number = max(1, round(rows.height / size))
        for each in rows.iter_slices(-(-rows.height // number)) if rows.height else [rows]:
            yield self._shelf.put(self._table.name, each), each.select(self._key).head(1)

    def _kept(self, parts: Collection[tuple[Part, pl.DataFrame]], size: int) -> Kept:
        told = {"of": self._of, "imports": sorted(self._imports), "size": size}
        firsts = pl.concat(first for _, first in parts)
        shape = pl.DataFrame(schema=current_columns(self._table))
        return Kept(self._table.name, tuple(part for part, _ in parts), told, {SHAPE: shape, _FIRSTS: firsts})


def of_imports(observations: pl.LazyFrame, places: Collection[tuple[str, str]]) -> pl.LazyFrame:
    """The observations of some imports."""
    batches = sorted({batch for batch, _ in places})
    wanted = pl.LazyFrame(sorted(places), schema=dict.fromkeys(ORIGIN, pl.String()), orient="row")
    return observations.filter(pl.col("batch_id").is_in(batches)).join(wanted, on=list(ORIGIN), how="semi")


def _ranges(firsts: pl.DataFrame, keys: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Keys with the number of the range each falls into: the last that begins at it or before it."""
    begins = firsts.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(_RANGE))
    both = pl.concat(
        [begins.with_columns(_begins=pl.lit(value=True)), keys.with_columns(_begins=pl.lit(value=False))],
        how="diagonal",
    )
    ordered = both.sort(by, nulls_last=False, maintain_order=True)
    return ordered.with_columns(pl.col(_RANGE).forward_fill().fill_null(0)).filter(~pl.col("_begins")).drop("_begins")
