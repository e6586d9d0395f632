"""Exports of a made-up account, as X writes them: the same seed gives the same bytes.

The first months come as legacy files (by tweet and by day), the last as the new content and overview files, as an
account that lived through the change would have them. Quirks are X's own: all fields quoted in the legacy files,
counts written ``424.0``, small rates ``9.9E-4``, ``-`` where nothing was promoted, line breaks, quotes and emoji in
texts, ids that are clocks, newest first.
"""

from __future__ import annotations

import csv
import itertools
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from smmetrics_x.voices import post_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

HANDLE = "AcmeGardens"
EPOCH = 1288834974657
"""Milliseconds: an id's upper bits are the time since then."""

LEGACY = (
    "impressions", "engagements", "engagement rate", "retweets", "replies", "likes", "user profile clicks",
    "url clicks", "hashtag clicks", "detail expands", "permalink clicks", "app opens", "app installs", "follows",
    "email tweet", "dial phone", "media views", "media engagements",
)  # fmt: skip
FLOATS = LEGACY[:11]
"""Written ``424.0`` by tweet; the others, and all by day, are written ``424``."""
CONTENT = (
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares",
    "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks", "Hashtag Clicks",
    "Permalink Clicks",
)  # fmt: skip
OVERVIEW = (
    "Date", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares", "New follows", "Unfollows", "Replies",
    "Reposts", "Profile visits", "Create Post", "Video views", "Media views",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A made-up post and what it gathered."""

    at: datetime
    id: str
    text: str
    counts: dict[str, int]

    @property
    def link(self) -> str:
        """Its permalink in the form of its time."""
        host = "twitter.com" if self.at.year < 2024 else "x.com"  # noqa: PLR2004 (the year X changed its address)
        return f"https://{host}/{HANDLE}/status/{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """What was posted from ``first`` until before ``end``, newest first."""

    first: date
    end: date
    posts: list[Post]


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What came in on a day, posts of other days included."""

    day: date
    published: int
    counts: dict[str, int]
    lost: int


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write ``months`` months of exports from ``start``'s month on into ``folder``; give the paths in order."""
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    spans = itertools.pairwise(_month(start, number) for number in range(months + 1))
    made = (Month(first=first, end=end, posts=_posts(rng, first, end)) for first, end in spans)
    return exports(folder, rng, made, legacy=max(1, months - max(1, months // 2)), both=months == 1)


def exports(
    folder: Path, rng: random.Random, months: Iterable[Month], *, legacy: int, both: bool = False
) -> Sequence[Path]:
    """Write the files of some months of posts: the first ``legacy`` of them as legacy files, the others as new ones.

    ``both``: the legacy months as new files too. What came in by day is drawn from ``rng`` around the posts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    days: list[Day] = []
    for number, month in enumerate(months):
        span = month.first, month.end, month.posts
        if number < legacy:
            paths += [_by_tweet(folder, *span), _by_day(folder, rng, *span)]
        if number >= legacy or both:
            paths.append(_content(folder, *span))
            days += _days(rng, *span)
    paths.append(_overview(folder, days))
    return paths


def _month(start: date, number: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, 1)


def _posts(rng: random.Random, first: date, end: date) -> list[Post]:
    """Posts of a month, newest first, as the exports have them."""
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    minutes = sorted(rng.sample(range((end - first).days * 1440), rng.randint(18, 30)), reverse=True)
    return [_post(rng, midnight + timedelta(minutes=minute)) for minute in minutes]


def _post(rng: random.Random, at: datetime) -> Post:
    exact = at + timedelta(milliseconds=rng.randrange(60_000))
    text, reply = post_text(rng)
    return post(rng, exact, text, reply=reply)


def post(rng: random.Random, at: datetime, text: str, *, reply: bool) -> Post:
    """A post that says ``text``, with an id that is its clock and made-up counts; replies are seen by fewer."""
    number = (int(at.timestamp() * 1000) - EPOCH) << 22 | rng.randrange(1 << 22)
    return Post(at=at, id=str(number), text=text, counts=_counts(rng, reply=reply, media="pic" in text))


def _counts(rng: random.Random, *, reply: bool, media: bool) -> dict[str, int]:
    seen = int(rng.lognormvariate(4.5 if reply else 7.0, 0.7))
    counts = {name: _share(rng, seen, rate) for name, rate in _RATES.items()}
    counts["media views"] = counts["media engagements"] = _share(rng, seen, 0.02) if media else 0
    counts["engagements"] = sum(value for name, value in counts.items() if name not in {"media views", "shares"})
    return counts | {"impressions": seen, "app opens": 0, "app installs": 0, "email tweet": 0, "dial phone": 0}


_RATES = {
    "retweets": 0.002, "replies": 0.0015, "likes": 0.008, "user profile clicks": 0.003, "url clicks": 0.004,
    "hashtag clicks": 0.0005, "detail expands": 0.006, "permalink clicks": 0.0002, "follows": 0.0002,
    "bookmarks": 0.001, "shares": 0.0005,
}  # fmt: skip


def _share(rng: random.Random, of: int, rate: float) -> int:
    return int(of * rate * rng.uniform(0.2, 1.8) + rng.random())


def _rate(counts: dict[str, int]) -> str:
    """A rate as the export's program writes it: ``9.9E-4`` below one in a thousand."""
    value = counts["engagements"] / counts["impressions"] if counts["impressions"] else 0.0
    if value and value < 1e-3:  # noqa: PLR2004 (where that notation begins)
        digits, power = f"{value:e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')}E{int(power)}"
    return repr(value)


def _legacy_cells(counts: dict[str, int], *, floats: bool) -> list[str]:
    cells = []
    for name in LEGACY:
        if name == "engagement rate":
            cells.append(_rate(counts))
        else:
            cells.append(f"{counts[name]}.0" if floats and name in FLOATS else str(counts[name]))
    return [*cells, *("-" for _ in LEGACY)]


def _table(path: Path, header: Iterable[str], rows: Iterable[Sequence[object]], *, quote_all: bool) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _by_tweet(folder: Path, first: date, end: date, posts: list[Post]) -> Path:
    header = ["Tweet id", "Tweet permalink", "Tweet text", "time", *LEGACY, *(f"promoted {name}" for name in LEGACY)]
    rows = (
        [post.id, post.link, post.text, f"{post.at:%Y-%m-%d %H:%M} +0000", *_legacy_cells(post.counts, floats=True)]
        for post in posts
    )
    name = f"tweet_activity_metrics_{HANDLE}_{first:%Y%m%d}_{end:%Y%m%d}_en.csv"
    return _table(folder / name, header, rows, quote_all=True)


def _days(rng: random.Random, first: date, end: date, posts: list[Post]) -> list[Day]:
    """What came in on each day, old posts included: more than the day's own posts gathered."""
    days: list[Day] = []
    for number in range((end - first).days):
        day = first + timedelta(days=number)
        mine = [post for post in posts if post.at.date() == day]
        counts = _counts(rng, reply=False, media=True)
        for post in mine:
            counts = {name: value + post.counts[name] // 2 for name, value in counts.items()}
        days.append(Day(day=day, published=len(mine), counts=counts, lost=rng.randrange(3)))
    return days


def _by_day(folder: Path, rng: random.Random, first: date, end: date, posts: list[Post]) -> Path:
    header = ["Date", "Tweets published", *LEGACY, *(f"promoted {name}" for name in LEGACY)]
    rows = (
        [str(row.day), str(row.published), *_legacy_cells(row.counts, floats=False)]
        for row in _days(rng, first, end, posts)
    )
    name = f"daily_tweet_activity_metrics_{HANDLE}_{first:%Y%m%d}_{end:%Y%m%d}_en.csv"
    return _table(folder / name, header, rows, quote_all=True)


def _shown(day: date) -> str:
    return f"{day:%a, %b} {day.day}, {day.year}"


def _content(folder: Path, first: date, end: date, posts: list[Post]) -> Path:
    rows = [
        [
            post.id, _shown(post.at.date()), post.text, post.link, c["impressions"], c["likes"], c["engagements"],
            c["bookmarks"], c["shares"], c["follows"], c["replies"], c["retweets"], c["user profile clicks"],
            c["detail expands"], c["url clicks"], c["hashtag clicks"], c["permalink clicks"],
        ]
        for post in posts
        for c in (post.counts,)
    ]  # fmt: skip
    last = end - timedelta(days=1)
    return _table(folder / f"account_analytics_content_{first}_{last}.csv", CONTENT, rows, quote_all=False)


def _overview(folder: Path, days: list[Day]) -> Path:
    rows = []
    for row in reversed(days):
        c = row.counts
        rows.append([
            _shown(row.day), c["impressions"], c["likes"], c["engagements"], c["bookmarks"], c["shares"],
            c["follows"] + 2, row.lost, c["replies"], c["retweets"], c["user profile clicks"], row.published,
            c["media views"] // 3, c["media views"],
        ])  # fmt: skip
    return _table(folder / "account_overview_analytics.csv", OVERVIEW, rows, quote_all=False)
