"""X (formerly Twitter): analytics exports of one's own account, old and new.

The hooks only; what the files look like stands in `legacy` and `current`, the words that only X has in `words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
from smmetrics_x.current import CONTENT, OVERVIEW
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
    note="Exports of one's own account: what others say, and who they are, is in none of them.",
)


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="x", title="X (Twitter) analytics exports", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_facts() -> Iterable[Fact | Dimension]:
    """Counts that only X reports, under names that say so."""
    return FACTS


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The platform and its four kinds of file."""
    return (X, LEGACY_POSTS, LEGACY_DAYS, CONTENT, OVERVIEW)


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """A made-up account's exports in all four formats."""
    return (Sample(name="x", title="Exports of a made-up gardening account", load="smmetrics_x.samples:write"),)
