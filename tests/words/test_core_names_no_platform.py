"""The core knows no platform by name: what it knows of one, a plugin told it.

Exempt are the eight complete strategies (`strategy/templates/*.toml`): they are texts for people, data that is copied
and compared and never acted upon, and a strategy says where it will be lived.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import smmetrics

HOUSE = Path(smmetrics.__file__).parent
PLATFORMS = re.compile(
    r"\b(twitter|facebook|instagram|linkedin|mastodon|bluesky|youtube|tiktok|reddit|flickr|stocktwits|yammer"
    r"|viva engage|wordpress|discourse|slack|pinterest|threads\.net|whatsapp|telegram|tumblr)\b",
    re.IGNORECASE,
)
EXEMPT = HOUSE / "strategy" / "templates"
FILES = [
    path
    for kind in ("py", "toml", "js", "css", "html")
    for path in HOUSE.rglob(f"*.{kind}")
    if not (path.parent == EXEMPT and path.suffix == ".toml") and path.name != "vega.js"
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_platform_is_named(path):
    assert PLATFORMS.findall(path.read_text(encoding="utf-8")) == []


def test_the_exempt_are_texts_that_name_some():
    found = [path for path in EXEMPT.glob("*.toml") if PLATFORMS.search(path.read_text(encoding="utf-8"))]
    assert len(found) >= 6
