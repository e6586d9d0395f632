"""The two ways in which X writes instants in JSON, read without guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
ZERO = "+0000"


def old_style(text: str) -> datetime:
    """``Sat Nov 09 12:14:18 +0000 2024`` as an instant, whatever the language of this machine. Raises `ValueError`."""
    _, month, day, clock, offset, year = text.split()
    hour, minute, second = clock.split(":")
    if month not in MONTHS:
        raise ValueError(text)
    zone = UTC if offset == ZERO else _zone(offset)
    at = datetime(int(year), MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=zone)
    return at if zone is UTC else at.astimezone(UTC)


def iso(text: str) -> datetime:
    """``2020-06-24T16:28:14.000Z`` or ``2013-05-01 12:34:56 +0000``. Raises `ValueError` where there is no zone."""
    at = datetime.fromisoformat(text.replace(" +", "+").replace(" UTC", "+00:00"))
    if at.tzinfo is None:
        raise ValueError(text)
    return at if at.tzinfo is UTC else at.astimezone(UTC)


def either(text: str) -> datetime:
    """An instant in one of the two ways. Raises `ValueError`."""
    return iso(text) if text[:1].isdigit() else old_style(text)


def _zone(offset: str) -> timezone:
    sign = -1 if offset.startswith("-") else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5])))
