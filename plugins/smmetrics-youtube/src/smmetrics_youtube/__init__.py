"""YouTube: Studio exports of one's own channel, and saved answers of the Data API.

The hooks only; what the files look like stands in `studio`, `cuts`, `api`, `comments` and `trending`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
from smmetrics_youtube.api import CHANNELS, SEARCH, UPLOADS, VIDEOS
from smmetrics_youtube.comments import REPLIES, THREADS
from smmetrics_youtube.copied import COPIED
from smmetrics_youtube.cuts import CUT_DAYS, CUTS
from smmetrics_youtube.studio import BY_DAY, VIDEO_DAYS
from smmetrics_youtube.studio import VIDEOS as STUDIO_VIDEOS
from smmetrics_youtube.takeout import TAKEOUT
from smmetrics_youtube.trending import OF_2017, TRENDING
from smmetrics_youtube.unasked import UNASKED
from smmetrics_youtube.words import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Dimension, Fact, Source

YOUTUBE = Platform(
    id="youtube",
    title="YouTube",
    access="export_only",
    aliases=("yt",),
    note="Studio has the figures of one's own channel; what people say stands in answers of the Data API only.",
)


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="youtube", title="YouTube (Studio exports, Data API answers)", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_facts() -> Iterable[Fact | Dimension]:
    """Counts that only YouTube reports, under names that say so."""
    return FACTS


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The platform and its kinds of file."""
    return (
        YOUTUBE, STUDIO_VIDEOS, BY_DAY, VIDEO_DAYS, CUTS, CUT_DAYS, VIDEOS, THREADS, REPLIES, CHANNELS, UPLOADS, SEARCH,
        TRENDING, *OF_2017, *TAKEOUT, *UNASKED, *COPIED,
    )  # fmt: skip


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """A made-up channel's files of every kind."""
    return (
        Sample(name="youtube", title="Files of a made-up gardening channel", load="smmetrics_youtube.samples:write"),
    )
