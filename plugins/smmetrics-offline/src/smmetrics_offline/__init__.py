"""Offline: what people keep by hand. For now the time they give, in a form that this plugin also writes empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
from smmetrics_offline.sources import EFFORT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Source

OFFLINE = Platform(
    id="offline",
    title="Offline",
    access="export_only",
    reply_chains=False,
    note="Kept by hand: as good as the people who fill it in.",
)


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="offline", title="Offline (effort kept by hand)", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The platform and its one form."""
    return (OFFLINE, EFFORT)


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """A made-up team's filled-in form."""
    return (Sample(name="offline", title="Hours of a made-up team", load="smmetrics_offline.samples:write"),)
