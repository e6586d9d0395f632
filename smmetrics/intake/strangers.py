"""Files that nobody reads and somebody knows: refused by name, with what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.api.sources import Source
from smmetrics.intake.rank import rank
from smmetrics.tables.once import Once
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.reading import Preview
    from smmetrics.api.strangers import Stranger

STRANGER, NOT_TAKEN = "format.stranger", "format.not_taken"
"""Of what is known by whose it is; and of what is known to hold nothing that is read."""


def _seen_as(stranger: Stranger) -> Source:
    """The record by which a file is held against a stranger, as it is against sources."""
    return Source(
        kind=stranger.id,
        platform="strangers",
        table="posts",
        title=stranger.title,
        container=stranger.container,
        how_to_get=stranger.instead,
        takes=stranger.instead,
        signature=stranger.signature,
        layout=stranger.layout,
        refuses=stranger.title,
    )


_sources = Once(_seen_as, most=1024)


def stranger(preview: Preview, known: Sequence[Stranger]) -> BadData | None:
    """The refusal of a file that is known by whose it is; None where it is not."""
    ranked = rank(preview, [_sources(each) for each in known])
    if not ranked or ranked[0].level != "exact":
        return None
    found = next(each for each in known if each.id == ranked[0].source.kind)
    said = say("intake.unknown.stranger", title=found.title)
    return BadData(said, hint=found.instead, code=NOT_TAKEN if found.private else STRANGER)
