"""Offline: what people keep by hand, in forms that smmetrics also writes empty, and calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
from smmetrics_offline.sources import SOURCES

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
    return About(name="offline", title="Offline (sheets kept by hand, calendars)", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The platform, its forms and its calendars."""
    return (OFFLINE, *SOURCES)


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """A made-up team's filled-in forms and calendars."""
    return (
        Sample(name="offline", title="Sheets and calendars of a made-up team", load="smmetrics_offline.samples:write"),
    )
