"""Ids for rows of files that have none: made of what a row says, counts left out, and its number among equal ones.

So the same file read twice, or two that overlap, give the same rows once, and newer counts belong to the same row.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.intake.plan import Plan

APART = "\x1f"
LENGTH = 32


class MadeIds:
    """Gives every row of a file its id, window by window, where its source says that the file holds none."""

    def __init__(self, plan: Plan) -> None:
        """``plan`` says which cells are read and what they are."""
        self._plan = plan
        self._column = plan.source.made_id.partition(".")[2]
        self._said = sorted({str(each.index) for each in plan.columns if not each.measured}, key=int)
        self._seen: Counter[str] = Counter()

    def given(self, frames: Mapping[str, pl.DataFrame], cells: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
        """The rows with their ids; ``cells`` are the texts they were read from."""
        if not self._column or not frames:
            return frames
        made = pl.DataFrame(
            {"record": cells.get_column("record"), self._column: [self._id(row) for row in self._texts(cells)]},
            schema={"record": cells.schema["record"], self._column: pl.String()},
        )
        return {
            name: frame.join(made, on="record", how="left", maintain_order="left") if self._has(name) else frame
            for name, frame in frames.items()
        }

    def _texts(self, cells: pl.DataFrame) -> list[str]:
        if not self._said:
            return [""] * cells.height
        joined = pl.concat_str([pl.col(name).fill_null("") for name in self._said], separator=APART)
        return cells.select(joined).to_series().to_list()

    def _id(self, said: str) -> str:
        self._seen[said] += 1
        return hashlib.sha256(f"{said}{APART}{self._seen[said]}".encode()).hexdigest()[:LENGTH]

    def _has(self, table: str) -> bool:
        return any(fact.name == self._column for fact in self._plan.tables[table].columns)
