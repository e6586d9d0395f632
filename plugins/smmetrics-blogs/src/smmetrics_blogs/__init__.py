"""Blogs: WordPress exports (WXR), posts and the comments people left under them.

The hooks only; what the file can report stands in `sources`, how it is read in `wxr`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
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
    return About(name="blogs", title="Blogs (WordPress exports)", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The platform and its one kind of file."""
    return (BLOGS, WXR)


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """A made-up blog's export."""
    return (Sample(name="blogs", title="Export of a made-up gardening blog", load="smmetrics_blogs.samples:write"),)
