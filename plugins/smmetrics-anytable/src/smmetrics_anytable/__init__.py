"""Any table: the words by which columns are recognised, platforms that are closed, and files that nobody reads yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Sample, hookimpl
from smmetrics_anytable.closed import PLATFORMS
from smmetrics_anytable.strangers import STRANGERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Platform, Source, Stranger


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="anytable", title="Any table, and platforms that are closed", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source | Stranger]:
    """The closed platforms, the tables that somebody saved of each, and files that are known and not read."""
    return (
        *(each.platform for each in PLATFORMS),
        *(source for each in PLATFORMS for source in each.sources()),
        *STRANGERS,
    )


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """Tables that made-up people saved in time."""
    return (Sample(name="anytable", title="Tables saved in time", load="smmetrics_anytable.samples:write"),)
