"""X (formerly Twitter): analytics exports, archives, saved answers of its interfaces, and collections of posts.

The hooks only; what the files look like stands in `legacy`, `current`, `archive`, `interface` and `collected`, the
words that only X has in `words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
from smmetrics_x.archive import (
    ARCHIVE_ACCOUNT,
    ARCHIVE_FOLLOWERS,
    ARCHIVE_FOLLOWING,
    ARCHIVE_LIKES,
    ARCHIVE_POSTS,
    ARCHIVE_TABLE,
    LEFT_ALONE,
)
from smmetrics_x.collected import PUBLIC, SUPPORT, UNCOUNTED
from smmetrics_x.current import CONTENT, OVERVIEW, VIDEOS
from smmetrics_x.interface import NOT_TAKEN, POSTS1, POSTS2, USERS1, USERS2
from smmetrics_x.legacy import LEGACY_DAYS, LEGACY_POSTS
from smmetrics_x.words import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Dimension, Fact, Source

X = Platform(
    id="x",
    title="X",
    access="export_only",
    aliases=("twitter",),
    note="Exports and archives hold one's own posts; what others say, and who they are, only the interfaces tell.",
)


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="x", title="X (Twitter): exports, archives, saved answers", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_facts() -> Iterable[Fact | Dimension]:
    """Counts that only X reports, under names that say so."""
    return FACTS


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The platform and its kinds of file, those that are known and left alone among them."""
    analytics = (LEGACY_POSTS, LEGACY_DAYS, CONTENT, OVERVIEW, VIDEOS)
    archive = (ARCHIVE_POSTS, ARCHIVE_TABLE, ARCHIVE_ACCOUNT, ARCHIVE_LIKES, ARCHIVE_FOLLOWERS, ARCHIVE_FOLLOWING)
    tables = (PUBLIC, UNCOUNTED, SUPPORT)
    return (X, *analytics, *archive, POSTS1, USERS1, POSTS2, USERS2, *tables, *LEFT_ALONE, *NOT_TAKEN)


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """A made-up account's exports in all four formats; its archive, and what others collected of it."""
    return (
        Sample(name="x", title="Exports of a made-up gardening account", load="smmetrics_x.samples:write"),
        Sample(name="x_saved", title="Its archive, answers of interfaces, collections", load="smmetrics_x.saved:write"),
    )
