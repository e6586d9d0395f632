"""X's ids are clocks: since November 2010 their upper bits are the milliseconds at which a post was made.

So an id says when a post was made even where a file gives only a day, or names only the post that was answered; and
an id that disagrees with its date shows that a file was changed by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from smmetrics.api import IdClock

EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
FIRST = 29_700_859_247
"""Ids below this one were counted up one by one and say nothing about time."""
BITS = 22
LONGEST = 1 << 63
CLOCK = IdClock(bits=BITS, epoch_ms=int(EPOCH.timestamp() * 1000), first=FIRST)
"""The same for tables that are read without code."""
NEAR = timedelta(minutes=2)
"""Some files give times to the minute."""


def moment(post_id: str | None) -> datetime | None:
    """When the post of an id was made, to the millisecond; None where the id is no clock."""
    if not post_id or not (post_id.isascii() and post_id.isdigit()):
        return None
    number = int(post_id)
    if not FIRST <= number < LONGEST:
        return None
    return EPOCH + timedelta(milliseconds=number >> BITS)


@dataclass(slots=True)
class Check:
    """Counts posts whose id and date disagree; ``example`` is the first of them."""

    wrong: int = 0
    example: str = ""

    def note(self, post_id: str, stated: datetime | None) -> None:
        """Compare an id with the time a file states."""
        by_id = moment(post_id)
        if by_id is not None and stated is not None and abs(by_id - stated) > NEAR:
            self.wrong += 1
            self.example = (
                self.example or f"{post_id} was made on {by_id:%Y-%m-%d %H:%M} UTC, not {stated:%Y-%m-%d %H:%M}"
            )

    def messages(self) -> tuple[str, ...]:
        """What the summary must say."""
        if not self.wrong:
            return ()
        said = (
            f"{self.wrong} posts have an id that disagrees with their date ({self.example}): was the file changed by "
            "hand? The dates of the file were kept."
        )
        return (said,)
