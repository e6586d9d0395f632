"""Any table: the words by which columns are recognised, and platforms that are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Sample, hookimpl
from smmetrics_anytable.closed import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Platform, Source


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="anytable", title="Any table, and platforms that are closed", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source]:
    """The closed platforms, and the tables that somebody saved of each."""
    return (
        *(each.platform for each in PLATFORMS),
        *(source for each in PLATFORMS for source in each.sources()),
    )


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """Tables that made-up people saved in time."""
    return (Sample(name="anytable", title="Tables saved in time", load="smmetrics_anytable.samples:write"),)
