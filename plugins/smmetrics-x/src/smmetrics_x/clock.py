"""X's ids are clocks: since November 2010 their upper bits are the milliseconds at which a post was made.

So an id says when a post was made even where a file gives only a day, or names only the post that was answered; and
an id that disagrees with its date shows that a file was changed by hand.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from smmetrics.api import IdClock

EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
SURELY = EPOCH + timedelta(days=1)
FIRST = 29_700_859_247
"""Ids below this one were counted up one by one and say nothing about time."""
BITS = 22
LONGEST = 1 << 63
CLOCK = IdClock(bits=BITS, epoch_ms=int(EPOCH.timestamp() * 1000), first=FIRST)
"""The same, for the core, which holds ids against dates."""


def is_strange(post_id: str, at: datetime | None) -> bool:
    """Whether a post of that date cannot have that id: since November 2010 there are no such small ones."""
    return at is not None and at > SURELY and int(post_id) < FIRST


def moment(post_id: str | None) -> datetime | None:
    """When the post of an id was made, to the millisecond; None where the id is no clock."""
    if not post_id or not (post_id.isascii() and post_id.isdigit()):
        return None
    number = int(post_id)
    if not FIRST <= number < LONGEST:
        return None
    return EPOCH + timedelta(milliseconds=number >> BITS)
