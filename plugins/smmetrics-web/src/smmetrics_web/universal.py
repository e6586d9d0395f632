"""Reports of Universal Analytics, as Google Analytics was until 2023: known by their columns, and not read.

As a workbook they have the sheets Summary and Dataset1 (and more), as CSV lines with ``#`` above the tables.
"""

from __future__ import annotations

from smmetrics.api import Layout, Signature, Stranger

TOLD = (
    "Pages / Session", "Avg. Session Duration", "% New Sessions", "Unique Pageviews", "Avg. Time on Page", "Day Index",
    "Goal Completions", "Default Channel Grouping", "Source / Medium", "Avg. Page Load Time (sec)", "Hour Index",
    "Week Index", "Month Index",
)  # fmt: skip
"""Columns that Google Analytics 4 calls otherwise."""
COUNTED = ("Users", "New Users", "Sessions", "Pageviews", "Total Events", "Transactions")
UNIVERSAL = Stranger(
    id="universal_analytics",
    title="a report of Universal Analytics, as Google Analytics was until 2023",
    container="csv",
    signature=Signature(any_of=(TOLD, COUNTED)),
    layout=Layout(find_header=True),
    instead=(
        "What it counts as a user or a session is not what Google Analytics 4 counts, so that the two are not put "
        "together. Its rows go in by a mapping: smmetrics map FILE --platform web (--part names the sheet or table)."
    ),
)
