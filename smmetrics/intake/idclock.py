"""Ids that are clocks, held against the dates beside them: where they disagree a file was changed on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api.sources import IdClock

NOON = timedelta(hours=12)
NEAR = {"created_at": timedelta(minutes=2), "created_on": NOON + timedelta(hours=26)}
"""How far an id may lie from a time, and from noon of a day of any zone."""
MOMENT = pl.Datetime("ms", "UTC")


@dataclass(slots=True)
class Disagreeing:
    """Counts posts whose id tells another time than the file, window by window; ``example`` is the first of them."""

    clock: IdClock | None
    count: int = 0
    example: str = ""

    def note(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Look at the posts of a window."""
        posts = frames.get("posts")
        if self.clock is None or posts is None:
            return
        stated = next((name for name in NEAR if name in posts.columns), "")
        if not stated or "post_id" not in posts.columns:
            return
        noon = timedelta(0) if stated == "created_at" else NOON
        said = (pl.col(stated).cast(MOMENT) + noon).alias("stated")
        apart = (pl.col("by_id") - pl.col("stated")).abs()
        read = posts.lazy().select("post_id", _by_id(self.clock), said)
        wrong = read.filter(apart > NEAR[stated]).collect()
        self.count += wrong.height
        if wrong.height and not self.example:
            key = "files.clock_day" if stated == "created_on" else "files.clock_moment"
            self.example = say(key, **wrong.row(0, named=True))

    def words(self) -> str:
        """What to say of them; nothing where all agree."""
        return say("files.clock", count=self.count, example=self.example) if self.count else ""


def _by_id(clock: IdClock) -> pl.Expr:
    """When the post of an id was made; null where the id is no clock."""
    number = pl.col("post_id").cast(pl.Int64, strict=False)
    moment = (number // (1 << clock.bits) + clock.epoch_ms).cast(MOMENT)
    return pl.when(number >= clock.first).then(moment).alias("by_id")
