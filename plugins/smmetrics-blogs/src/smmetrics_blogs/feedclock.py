"""Dates of feeds: RFC 822 with odd zones, ISO with and without a clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from smmetrics_blogs.clock import When
from smmetrics_blogs.months import in_english

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]")
YEARS = range(1990, 2200)


def dated(text: str, zone: ZoneInfo) -> When:
    """A date as written. One without a zone is the blog's own. Raises `ValueError` for what is no date."""
    if not text:
        return When()
    if DAY.fullmatch(text):
        return When(on=date.fromisoformat(text))
    shown = datetime.fromisoformat(text) if ISO.match(text) else _rfc(text)
    if shown.year not in YEARS:
        raise ValueError(text)
    placed = shown if shown.tzinfo else shown.replace(tzinfo=zone)
    return When(at=placed if placed.tzinfo is UTC else placed.astimezone(UTC), on=shown.date())


def _rfc(text: str) -> datetime:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, IndexError, ValueError):
        found = _spoken(text)
    return found.replace(tzinfo=UTC) if text.endswith("-0000") else found


def _spoken(text: str) -> datetime:
    """A date whose program writes it in its own language."""
    try:
        return parsedate_to_datetime(in_english(text))
    except (TypeError, IndexError) as error:
        raise ValueError(text) from error
