"""When something was written: GMT where the file has it, else the local time in the blog's zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2})(:\d{2}:\d{2})")
GMT = re.compile(r"(?:\.\d+)?(?:Z| ?\+00:?00)?$")
"""What some programs write behind a stamp that is GMT anyway."""
NO_DATE = "0000-00-00"


class When(NamedTuple):
    """An instant (UTC), the date as the blog shows it, and how exactly either is known."""

    at: datetime | None = None
    on: date | None = None

    @property
    def precision(self) -> str:
        """``instant`` or ``none``: WordPress dates always have a clock."""
        return "instant" if self.at else "none"


def when(local: str, gmt: str, zone: ZoneInfo, *, dated: bool = True, said: str = "") -> When:
    """Read a pair of stamps. Zeros are no date; ``dated`` is false for drafts, whose local time is the last saving.

    ``said``: the item's ``pubDate``, for what is published and has no stamp. Raises `ValueError` for a stamp that is
    neither empty, nor zeros, nor a date.
    """
    shown, exact = _stamp(local), _stamp(GMT.sub("", gmt.strip()))
    if exact is None and shown is None and dated and (at := published(said)) is not None:
        return When(at=at, on=at.astimezone(zone).date())
    if exact is not None:
        return When(at=exact.replace(tzinfo=UTC), on=(shown or exact.replace(tzinfo=UTC).astimezone(zone)).date())
    if shown is not None and dated:
        return When(at=shown.replace(tzinfo=zone).astimezone(UTC), on=shown.date())
    return When()


def _stamp(text: str) -> datetime | None:
    text = text.strip()
    if not text or text.startswith(NO_DATE):
        return None
    found = STAMP.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return datetime.fromisoformat(f"{found[1]} {found[2]:>02}{found[3]}")


def published(text: str) -> datetime | None:
    """A channel's ``pubDate`` as an instant, or None where it is absent or no date."""
    told = text.strip()
    try:
        read = datetime.fromisoformat(told) if told[:4].isdigit() else parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError):
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


CREATED = re.compile(rb'<!--\s*generator="[^"]*"\s+created="(\d{4}-\d{2}-\d{2} \d{2}:\d{2})"')
HEAD_BYTES = 1 << 14


def observed(path: Path, pub_date: str) -> datetime | None:
    """When the export was made: its own comment (``created="2010-10-17 09:54"``), else the channel's ``pubDate``."""
    with path.open("rb") as file:
        found = CREATED.search(file.read(HEAD_BYTES))
    if found:
        return datetime.fromisoformat(found[1].decode()).replace(tzinfo=UTC)
    return published(pub_date)
