"""Google Takeout's copy of an account: known, and left alone in words, for other files of YouTube say more.

Its tables have no numbers at all; what somebody watched is nobody else's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import Layout, Signature, Source

if TYPE_CHECKING:
    from typing import Literal

HOW = "takeout.google.com, YouTube and YouTube Music; the link comes by mail."


def _left(kind: str, title: str, where: tuple[Literal["csv", "json"], Signature], why: str, instead: str) -> Source:
    """A file that is known and not taken. ``where``: what sort of file it is and how it is recognised."""
    container, signature = where
    return Source(
        kind=kind,
        platform="youtube",
        table="posts",
        title=title,
        container=container,
        how_to_get=HOW,
        takes=instead,
        signature=signature,
        layout=Layout(records="[]") if container == "json" else Layout(),
        refuses=why,
    )


TAKEOUT = (
    _left(
        "takeout_videos",
        "Google Takeout, your videos",
        (
            "csv",
            Signature(required=("Video ID", "Privacy"), any_of=(("Video Create Timestamp", "Video Title (Original)"),)),
        ),
        "The table names your videos and has no numbers of them.",
        "Import YouTube Studio's table by content instead: it has the same videos with views, likes and comments.",
    ),
    _left(
        "takeout_comments",
        "Google Takeout, your comments",
        ("csv", Signature(required=("Comment ID", "Comment Create Timestamp", "Video ID"))),
        "The table has what you wrote yourself, mostly below videos of others, and none of the answers.",
        "For conversations below your own videos save the Data API's commentThreads.list and import that.",
    ),
    _left(
        "takeout_live_chats",
        "Google Takeout, what you wrote in live chats",
        ("csv", Signature(required=("Live Chat ID", "Live Chat Create Timestamp", "Video ID"))),
        "The table has what you wrote yourself while something was live, and nothing of the others.",
        "Import YouTube Studio's table by content: it has how many watched.",
    ),
    _left(
        "takeout_subscriptions",
        "Google Takeout, channels you subscribe to",
        ("csv", Signature(required=("Channel Id", "Channel Url", "Channel Title"))),
        "The table names the channels that you follow, without a date; who follows yours is not in it.",
        "Import YouTube Studio's totals by day: they have subscribers won and lost.",
    ),
    _left(
        "takeout_playlists",
        "Google Takeout, your playlists",
        ("csv", Signature(required=("Playlist ID", "Playlist create timestamp"))),
        "The table names your playlists and has no numbers of them.",
        "Import YouTube Studio's table by content instead: it has your videos with views, likes and comments.",
    ),
    _left(
        "takeout_playlist",
        "Google Takeout, a playlist",
        ("csv", Signature(required=("Video ID", "Playlist video creation timestamp"))),
        "The table names videos that somebody put into a list, mostly of others, and has no numbers of them.",
        "Import YouTube Studio's table by content instead: it has your videos with views, likes and comments.",
    ),
    _left(
        "takeout_activity",
        "Google Takeout, your activity (watched, searched)",
        ("json", Signature(required=("header", "title", "time", "products"))),
        "The file says what somebody watched or searched for. That is private, and no metric asks for it.",
        "Import YouTube Studio's exports for what your channel brought about.",
    ),
)
