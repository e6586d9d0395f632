"""Blogs: WordPress exports (WXR), posts and the comments people left under them; and feeds of any blog.

The hooks only; what the files can report stands in `sources` and `feeds`, how they are read in `wxr` and `feed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
from smmetrics_blogs.feeds import ATOM, ENTRY, JSON, RDF, RSS
from smmetrics_blogs.sources import WXR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Source

BLOGS = Platform(
    id="blogs",
    title="Blogs",
    access="export_only",
    aliases=("blog", "wordpress"),
    note="Comments carry who wrote them, when, and what they answer; views and clicks are in no export.",
)


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="blogs", title="Blogs (WordPress exports, feeds)", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The platform, its export and its feeds."""
    return (BLOGS, WXR, RSS, RDF, ATOM, ENTRY, JSON)


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """A made-up blog's export, and its feeds."""
    return (
        Sample(name="blogs", title="Export of a made-up gardening blog", load="smmetrics_blogs.samples:write"),
        Sample(name="blogs_feeds", title="Its feeds", load="smmetrics_blogs.feedsamples:write"),
    )
