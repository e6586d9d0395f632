"""Comments as programs copy them from YouTube's pages: known, and left alone in words, for they say no time.

Such a comment bears the age that the page showed ("2 years ago"), and a moment reckoned back from it, which may be
wrong by a year. It does not name its video either. What remains, a text by somebody at some time below something, is
no conversation that could be measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import Layout, Signature, Source
from smmetrics_youtube.api import HOW

if TYPE_CHECKING:
    from typing import Literal

WHY = (
    "The comments were copied from YouTube's pages: they bear their age in words (2 years ago) and no date, and do not "
    "say below which video they stand."
)
INSTEAD = "Save the answers of the Data API to commentThreads.list for the same videos: they have the minute of each."


def _copied(kind: str, container: Literal["csv", "json"], records: str) -> Source:
    return Source(
        kind=kind,
        platform="youtube",
        table="posts",
        title="YouTube, comments copied from pages (youtube-comment-downloader)",
        container=container,
        how_to_get=HOW.format("commentThreads.list with part=snippet,replies"),
        takes=INSTEAD,
        signature=Signature(required=("cid", "text", "time", "author", "votes", "photo")),
        layout=Layout(records=records),
        refuses=WHY,
    )


COPIED = (_copied("copied_comments", "json", " | [] | comments[]"), _copied("copied_comments_table", "csv", ""))
