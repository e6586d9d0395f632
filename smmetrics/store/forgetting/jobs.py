"""What a rewriting takes out of a table: the one of people, and the one of what is older than agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import polars as pl

from smmetrics.store.forgetting.rows import cleaned, theirs

if TYPE_CHECKING:
    from smmetrics.api.facts import Table
    from smmetrics.store.forgetting.traces import Traces

ORIGIN = ("batch_id", "source_id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some rows of a table once they were worked on: what stays, what went (its origin and record), what changed."""

    frame: pl.DataFrame
    gone: pl.DataFrame
    changed: int = 0
    touched: frozenset[str] = frozenset()
    """Sources of the rows that were changed."""


class Job(Protocol):
    """One thing to take out of every table."""

    def part(self, table: str, declared: Table | None, frame: pl.DataFrame) -> Part:
        """Work on some rows of a table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Forget:
    """Take people out."""

    traces: Traces

    def part(self, table: str, declared: Table | None, frame: pl.DataFrame) -> Part:
        """Rows of theirs go; the others are emptied and masked where they speak of them."""
        del table
        key = declared.key if declared is not None else ()
        rest, gone, changed = taken_out(frame, key, self.traces)
        sources = rest.filter(changed).get_column("source_id") if "source_id" in rest.columns else pl.Series([])
        return Part(frame=rest, gone=gone, changed=int(changed.sum()), touched=frozenset(sources.drop_nulls()))


def taken_out(frame: pl.DataFrame, key: tuple[str, ...], known: object) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:
    """What stays of rows, the rows that went, and which of those that stay were changed."""
    mine = theirs(frame, key, known)  # type: ignore[arg-type]
    numbered = frame.with_columns(pl.int_range(pl.len()).alias("_row")).filter(~mine)
    rest, changed = cleaned(numbered, key, known)  # type: ignore[arg-type]
    stay = pl.Series("_row", range(frame.height), dtype=pl.Int64()).is_in(rest.get_column("_row").implode())
    return rest.drop("_row"), frame.filter(~stay), changed
