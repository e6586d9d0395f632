"""The web: what Google Analytics 4 counted on one's own site.

The hooks only; what the files look like stands in `ga4`, what their columns mean in `words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import API, About, Platform, Sample, hookimpl
from smmetrics_web.ga4 import BY_DAY, COHORT, COHORTS, REPORT, VISITED
from smmetrics_web.universal import UNIVERSAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Source, Stranger

WEB = Platform(
    id="web",
    title="Web site",
    access="export_only",
    aliases=("website", "ga4", "google analytics"),
    note="Visits and what came of them. Nobody is named, and nothing is said here.",
)


@hookimpl
def smmetrics_about() -> About:
    """Say who the plugin is."""
    return About(name="web", title="Web site (Google Analytics 4 reports)", api=API, licence="Apache-2.0")


@hookimpl
def smmetrics_sources() -> Iterable[Platform | Source | Stranger]:
    """The platform, its kinds of file, and reports of before that are known and not read."""
    return (WEB, VISITED, BY_DAY, REPORT, COHORTS, COHORT, UNIVERSAL)


@hookimpl
def smmetrics_samples() -> Iterable[Sample]:
    """Reports of a made-up site."""
    return (Sample(name="web", title="Reports of a made-up gardening site", load="smmetrics_web.samples:write"),)
