"""What is planned to happen: records that both the writer of the files and the oracle read, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ZONE = ZoneInfo("Europe/Berlin")
"""The strategy's: where days begin and end."""
TEAM = ("ana", "ben")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text and what a reader sees in it. ``credits``: it names or links somebody who is not the shop."""

    words: str
    asks: bool = False
    credits: bool = False
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody who comments; ``user`` 0: not registered with the blog."""

    name: str
    email: str
    user: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A comment. ``who``: a key for the writer, empty where nobody knows; ``answers``: 0 for the article itself."""

    number: int
    at: datetime
    text: Text
    who: str = ""
    reader: Reader | None = None
    answers: int = 0
    kind: str = "comment"
    approved: str = "1"

    @property
    def ours(self) -> bool:
        """Whether one of the team wrote it."""
        return self.who in TEAM

    @property
    def counts(self) -> bool:
        """Whether it is a comment that the blog shows."""
        return self.kind == "comment" and self.approved == "1"


@dataclass(kw_only=True, slots=True)
class Article:
    """A post or page of the blog, and the conversation under it."""

    number: int
    at: datetime
    who: str
    text: Text
    kind: str = "post"
    status: str = "publish"
    said: list[Said] = field(default_factory=list)

    @property
    def shown(self) -> list[Said]:
        """The conversation, without pings and spam."""
        return [said for said in self.said if said.counts]


@dataclass(frozen=True, kw_only=True, slots=True)
class Short:
    """A short post on the other platform. ``clock``: whether the export will say its time of day.

    ``counts`` by the export's own words; bookmarks are among them, and reported only where ``clock`` is false.
    """

    id: str
    at: datetime
    text: Text
    reply: bool
    clock: bool
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A line of the effort form. ``sound`` false: a line nobody can read."""

    day: date
    person: str
    task: str
    minutes: float
    goal: str
    channel: str
    cost: float
    note: str = ""
    sound: bool = True


@dataclass(kw_only=True, slots=True)
class Story:
    """All that happened from ``start`` until before ``end``."""

    start: date
    end: date
    articles: list[Article] = field(default_factory=list)
    shorts: list[Short] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)

    @property
    def published(self) -> list[Article]:
        """Articles and pages that people can read."""
        return [article for article in self.articles if article.status == "publish"]


def local(at: datetime) -> date:
    """The day of an instant where the shop is."""
    return at.astimezone(ZONE).date()


def month(start: date, number: int) -> date:
    """The first day of the month that is ``number`` months after ``start``'s."""
    year, left = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, left + 1, 1)


def months(start: date, end: date) -> Iterator[tuple[date, date]]:
    """First days of the months in ``[start, end)``, each with the day after its last."""
    first = start
    while first < end:
        yield first, month(first, 1)
        first = month(first, 1)


def instant(day: date, minutes: int = 0) -> datetime:
    """A day's first instant in UTC, ``minutes`` later."""
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=UTC)
