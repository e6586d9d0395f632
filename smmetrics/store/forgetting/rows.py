"""Taking somebody out of the rows of a table: theirs go, what refers to them is emptied, texts are masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import polars as pl

from smmetrics.api.facts import PROVENANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.store.forgetting.traces import Kind

THEIRS: dict[str, Kind] = {"person": "person", "platform_author_id": "author", "account_id": "account"}
"""A row in which one of these is theirs is theirs."""
REFERS: dict[str, tuple[Kind, ...]] = {
    "person": ("name",), "post_id": ("post",), "in_reply_to": ("post",), "root_id": ("post",), "entity": ("post",),
    "target_id": ("post", "person", "author"), "subject_id": ("post", "person"), "other": ("person", "author"),
    "rater": ("person", "name"), "by": ("person", "name"), "assignee": ("person", "name"),
    "told_to": ("person", "name"), "handle": ("name", "author", "person"), "owner": ("person", "name"),
}  # fmt: skip
"""Other columns that may name them. In a table's key the row goes; elsewhere the cell is emptied."""
CLOSED = frozenset(
    {"platform", "kind", "kind_basis", "scope", "window", "status", "visibility", "format", "created_precision", "act",
     "language", "task", "currency", "precision", "grain", "basis", "fact", "dimension", "activity", "scale", "result",
     "decision", "day_zone", "facts", "reason", "sha256", "roles", "adapter", "adapter_version", "column", "tables",
     "not_taken", "id", "import_id"}
)  # fmt: skip
"""Words of ours and of platforms: nobody's names stand there."""
_OURS = {name for name, _ in PROVENANCE} - {"source_id"}


class Known(Protocol):
    """Whoever can tell whether a cell leads to somebody who is to be forgotten."""

    def matches(self, kind: Kind, platforms: pl.Series, values: pl.Series) -> pl.Series:
        """Which cells are theirs."""

    def redact(self, texts: pl.Series) -> pl.Series:
        """Texts without them."""


def theirs(frame: pl.DataFrame, key: Sequence[str], known: Known) -> pl.Series:
    """Which rows are to go."""
    gone = pl.Series("gone", [False], dtype=pl.Boolean()).new_from_index(0, frame.height)
    platforms = _platforms(frame)
    for column, kind in THEIRS.items():
        if column in frame.columns:
            gone = gone | known.matches(kind, platforms, frame.get_column(column))
    for column, kinds in REFERS.items():
        if column in frame.columns and column in key:
            for kind in kinds:
                gone = gone | known.matches(kind, platforms, frame.get_column(column))
    return gone


def cleaned(frame: pl.DataFrame, key: Sequence[str], known: Known) -> tuple[pl.DataFrame, pl.Series]:
    """Rows without anything of them, and which of those that stay were changed. Rows of theirs are gone before.

    A key that holds a name cannot be masked without becoming another row's: such rows go too.
    """
    platforms = _platforms(frame)
    series: list[pl.Series] = []
    changed = pl.Series([False], dtype=pl.Boolean()).new_from_index(0, frame.height)
    gone = changed
    for name in frame.columns:
        before = frame.get_column(name)
        after = _emptied(name, before, platforms, known) if name not in key else before
        if name not in CLOSED and name not in _OURS:
            after = _masked(after, known)
        differs = before.ne_missing(after)
        if name in key:
            gone = gone | differs
        changed = changed | differs
        series.append(after)
    return pl.DataFrame(series).filter(~gone), changed.filter(~gone)


def _emptied(name: str, cells: pl.Series, platforms: pl.Series, known: Known) -> pl.Series:
    if cells.dtype == pl.List(pl.String()):
        return _without(cells, platforms, known) if name == "mentions" else cells
    for kind in REFERS.get(name, ()) if cells.dtype == pl.String() else ():
        hit = known.matches(kind, platforms, cells)
        if hit.any():
            cells = pl.DataFrame({"c": cells, "h": hit}).select(pl.when(~pl.col("h")).then("c").alias(name)).to_series()
    return cells


def _without(lists: pl.Series, platforms: pl.Series, known: Known) -> pl.Series:
    """Lists of people without them."""
    rows = pl.DataFrame({"row": pl.int_range(len(lists), eager=True), "platform": platforms, "value": lists})
    each = rows.explode("value", empty_as_null=False, keep_nulls=False)
    hit = pl.Series([False], dtype=pl.Boolean()).new_from_index(0, each.height)
    for kind in ("person", "author", "name"):
        hit = hit | known.matches(kind, each.get_column("platform"), each.get_column("value"))
    if not hit.any():
        return lists
    kept = each.filter(~hit).group_by("row", maintain_order=True).agg("value")
    merged = rows.select("row", was=pl.col("value")).join(kept, on="row", how="left", maintain_order="left")
    empty = pl.lit([], dtype=pl.List(pl.String()))
    return (
        merged.select(pl.when(pl.col("was").is_not_null()).then(pl.col("value").fill_null(empty)))
        .to_series()
        .alias(lists.name)
    )


def _masked(cells: pl.Series, known: Known) -> pl.Series:
    if cells.dtype == pl.String():
        return known.redact(cells)
    if cells.dtype != pl.List(pl.String()):
        return cells
    flat = cells.explode(empty_as_null=False, keep_nulls=False)
    if not len(flat) or not known.redact(flat).ne_missing(flat).any():
        return cells
    unique = flat.drop_nulls().unique()
    masked = dict(zip(unique, known.redact(unique), strict=True))
    return cells.list.eval(pl.element().replace(masked))


def _platforms(frame: pl.DataFrame) -> pl.Series:
    if "platform" in frame.columns:
        return frame.get_column("platform")
    return pl.Series("platform", [None], dtype=pl.String()).new_from_index(0, frame.height)
