"""A file that comes in: who was forgotten is left out of it before anything of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.store.forgetting.jobs import taken_out
from smmetrics.store.forgetting.rows import theirs
from smmetrics.store.forgetting.traces import MASK
from smmetrics.tables.parted import Parted, parts
from smmetrics.tables.stamping import RECORD
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api.facts import Table
    from smmetrics.store.forgetting.digests import Forgotten
    from smmetrics.store.ledger import ImportBatch
    from smmetrics.tables.parted import Finish


@dataclass
class _Seen:
    """Records of which rows went, records of which rows stay, and whether a row was changed."""

    gone: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    changed: bool = False


def without(batch: ImportBatch, tables: Mapping[str, Table], forgotten: Forgotten) -> ImportBatch:
    """The batch without those who were forgotten, counted; its private copy is not kept where it held them."""
    _learn(batch, tables, forgotten)
    seen = _Seen()

    def clean(name: str, frame: pl.DataFrame) -> pl.DataFrame:
        rest, gone, changed = taken_out(frame, tables[name].key if name in tables else (), forgotten)
        seen.gone |= _numbers(gone)
        seen.kept |= _numbers(rest)
        seen.changed |= bool(gone.height) or bool(changed.any())
        return rest

    frames = _through(batch, clean)
    count = len(seen.gone - seen.kept)
    messages = tuple(_redacted(message, forgotten) for message in batch.messages)
    changed = replace(
        batch,
        frames=frames,
        messages=messages,
        file=_redacted(batch.file, forgotten),
        member=_redacted(batch.member, forgotten),
        source_id=_redacted(batch.source_id, forgotten),
        answers=_redacted(batch.answers, forgotten),
    )
    changed = _without_excerpts(changed, forgotten, everything=seen.changed)
    if not seen.changed and changed.quarantine is batch.quarantine:
        return changed
    counts = dict(batch.counts)
    if "kept" in counts:
        counts["kept"] -= count
        counts["forgotten"] = counts.get("forgotten", 0) + count
    words = say("forget.arriving", count=count)
    return replace(changed, counts=counts, copy=None, messages=(*messages, words))


def _learn(batch: ImportBatch, tables: Mapping[str, Table], forgotten: Forgotten) -> None:
    """Posts of somebody forgotten that were not known: what is counted of them elsewhere has to go too."""
    if "posts" not in batch.frames or "posts" not in tables:
        return
    for part in parts(batch.frames, "posts"):
        mine = part.filter(theirs(part, tables["posts"].key, forgotten))
        forgotten.add_posts(mine.select("platform", "post_id").drop_nulls().unique().iter_rows())


def _numbers(rows: pl.DataFrame) -> set[int]:
    return set(rows.get_column(RECORD).drop_nulls()) if RECORD in rows.columns else set()


def _through(batch: ImportBatch, clean: Finish) -> Mapping[str, pl.DataFrame]:
    """All tables cleaned; those that wait on disk part by part, now to count and again when they are read."""
    if isinstance(batch.frames, Parted):
        cleaned = batch.frames.then(clean)
        for name in cleaned:
            for _ in cleaned.parts(name):
                pass
        return cleaned
    return {name: clean(name, frame) for name, frame in batch.frames.items()}


def _redacted(text: str, forgotten: Forgotten) -> str:
    return str(forgotten.redact(pl.Series([text]))[0]) if text else text


def _without_excerpts(batch: ImportBatch, forgotten: Forgotten, *, everything: bool) -> ImportBatch:
    aside = batch.quarantine
    if aside is None or "excerpt" not in aside.columns or not aside.height:
        return batch
    before = aside.get_column("excerpt").cast(pl.String())
    after = forgotten.redact(before)
    if everything:
        after = pl.Series("excerpt", [None if text is None else MASK for text in before], dtype=pl.String())
    if not before.ne_missing(after).any():
        return batch
    return replace(batch, quarantine=aside.with_columns(after.alias("excerpt")))
