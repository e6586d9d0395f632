"""What stands inside a cell: the first of several patterns that matches, as Python's own regular expressions find it."""

from __future__ import annotations

import re

import polars as pl
import pytest

from smmetrics.intake.extracting import extract

NARROW = r"^https://x\.example/(?P<account_id>\w+)/status/(?P<post_id>[0-9]+)$"
WIDE = r"(?i:x)\.example/(?:i/web|(?P<account_id>\w{2,})(?<!i))/status/(?P<post_id>[0-9]+)"
LINKS = [
    "https://x.example/ada/status/12",
    "see X.example/bo/status/13 there",
    "https://x.example/i/web/status/14",
    "https://x.example/ada/statuses/15",
    "",
    None,
]


@pytest.mark.parametrize("patterns", [NARROW, f"{NARROW}\n{WIDE}", f"{WIDE}\n{NARROW}", f"{NARROW}\n(?P<post_id>1\\d)"])
def test_the_first_pattern_that_matches_counts(patterns):
    found = extract(pl.Series("link", LINKS), patterns)
    for place, link in enumerate(LINKS):
        matches = [re.search(each, link or "") for each in patterns.splitlines()]
        match = next((each for each in matches if each), None)
        for name, series in found.items():
            assert series[place] == (match.groupdict().get(name) if match else None)
