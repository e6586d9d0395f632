"""Files of a made-up channel, as YouTube writes them: the same seed gives the same bytes, and the numbers agree.

Views are drawn by video and day; the table by content, the chart, the totals by day, the table by traffic source and
the Data API's statistics are sums of the same draw, so that whoever reads all of them can check one by the other.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from smmetrics_youtube.talk import TITLES, comments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

CHANNEL, CHANNEL_ID = "Acme Gardens", "UCacmeGardens0000000000A"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789"
SOURCES = ("YouTube search", "Browse features", "Suggested videos", "External")
TABLE = (
    "Content", "Video title", "Video publish time", "Duration", "Engaged views", "Likes", "Dislikes", "Shares",
    "Comments added", "Subscribers gained", "Subscribers lost", "Unique viewers", "New viewers", "Returning viewers",
    "Shown in feed", "Stayed to watch (%)", "Average percentage viewed (%)", "Average view duration", "Views",
    "Watch time (hours)", "Subscribers", "Estimated revenue (USD)", "Impressions", "Impressions click-through rate (%)",
)  # fmt: skip
DAYS = ("Date", "Videos published", *TABLE[4:])


@dataclass(frozen=True, kw_only=True, slots=True)
class Video:
    """A made-up video: when it came out, how long it is, and its views by day."""

    id: str
    title: str
    at: datetime
    seconds: int
    views: dict[date, int] = field(default_factory=dict)

    def between(self, first: date, end: date) -> int:
        """Its views in some days."""
        return sum(views for day, views in self.views.items() if first <= day < end)


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write ``months`` months of files from ``start``'s month on into ``folder``; give the paths in order."""
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    spans = [(_month(start, number), _month(start, number + 1)) for number in range(months)]
    videos = [_video(rng, first, spans[-1][1]) for first, _ in spans for _ in range(5)]
    paths = [path for first, end in spans for path in _studio(folder, videos, first, end)]
    return [*paths, *_answers(folder, rng, videos, spans[-1][1]), _trending(folder, videos, spans[-1][1])]


def _month(start: date, number: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, 1)


def _video(rng: random.Random, first: date, end: date) -> Video:
    day = first + timedelta(days=rng.randrange(25))
    at = datetime.combine(day, time(rng.randrange(6, 22), rng.randrange(60)), UTC)
    drawn = {day + timedelta(days=n): int(rng.lognormvariate(5, 0.5) / (1 + n / 9)) for n in range((end - day).days)}
    id_ = "".join(rng.choices(LETTERS, k=11))
    return Video(id=id_, title=rng.choice(TITLES), at=at, seconds=rng.randrange(40, 1200), views=drawn)


def _counts(views: int, seconds: int) -> dict[str, object]:
    """What goes with some views; every count is a plain share of them."""
    watched = seconds * views * 2 // 5
    average = watched // views if views else 0
    return {
        "Engaged views": views * 4 // 5, "Likes": views // 20, "Dislikes": views // 500, "Shares": views // 100,
        "Comments added": views // 150, "Subscribers gained": views // 120, "Subscribers lost": views // 300,
        "Unique viewers": views * 7 // 10, "New viewers": views // 2, "Returning viewers": views // 5,
        "Shown in feed": views * 2, "Stayed to watch (%)": 51.25, "Average percentage viewed (%)": 40.0,
        "Average view duration": f"{average // 3600}:{average // 60 % 60:02}:{average % 60:02}", "Views": views,
        "Watch time (hours)": f"{watched / 3600:.4f}", "Subscribers": views // 120 - views // 300,
        "Estimated revenue (USD)": f"{views / 500:.3f}", "Impressions": views * 12,
        "Impressions click-through rate (%)": 6.25,
    }  # fmt: skip


def _studio(folder: Path, videos: Sequence[Video], first: date, end: date) -> list[Path]:
    out = [video for video in videos if video.at.date() < end]
    days = [first + timedelta(days=n) for n in range((end - first).days)]
    by_content = folder / f"Content {first}_{end} {CHANNEL}"
    by_source = folder / f"Traffic source {first}_{end} {CHANNEL}"
    of_all = sum(video.between(first, end) for video in out)
    rows = [{"Content": "Total", **_counts(of_all, 300)}]
    for video in sorted(out, key=lambda video: (-video.between(first, end), video.id)):
        shown = f"{video.at:%b} {video.at.day}, {video.at.year}"
        head = {"Content": video.id, "Video title": video.title, "Video publish time": shown, "Duration": video.seconds}
        rows.append(head | _counts(video.between(first, end), video.seconds))
    chart = [{"Date": day, "Content": v.id, "Views": v.views.get(day, 0)} for v in out[:3] for day in days]
    daily = [
        {"Date": day, "Videos published": sum(v.at.date() == day for v in out)}
        | _counts(sum(v.views.get(day, 0) for v in out), 300)
        for day in days
    ]
    shares = _split(of_all)
    cut = [{"Traffic source": "Total", "Views": of_all, "Watch time (hours)": f"{of_all / 20:.4f}"}]
    cut += [{"Traffic source": name, "Views": n, "Watch time (hours)": f"{n / 20:.4f}"} for name, n in shares.items()]
    cut_days = [
        {"Date": day, "Traffic source": name, "Views": _split(sum(v.views.get(day, 0) for v in out))[name]}
        for name in SOURCES
        for day in days
    ]
    return [
        _table(by_content / "Table data.csv", TABLE, rows),
        _table(by_content / "Chart data.csv", ("Date", "Content", "Views"), chart),
        _table(by_content / "Totals.csv", DAYS, daily),
        _table(by_source / "Table data.csv", ("Traffic source", "Views", "Watch time (hours)"), cut),
        _table(by_source / "Chart data.csv", ("Date", "Traffic source", "Views"), cut_days),
    ]


def _split(views: int) -> dict[str, int]:
    """Views by traffic source: they add up to all of them."""
    parts = {name: views // (number + 4) for number, name in enumerate(SOURCES[1:])}
    return {SOURCES[0]: views - sum(parts.values()), **parts} if views else dict.fromkeys(SOURCES, 0)


def _table(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _answers(folder: Path, rng: random.Random, videos: Sequence[Video], end: date) -> list[Path]:
    day = end - timedelta(days=1)
    threads, replies = comments(rng, [(video.id, video.at) for video in videos], CHANNEL_ID)
    views = sum(video.between(date.min, end) for video in videos)
    channel = {
        "kind": "youtube#channel", "id": CHANNEL_ID,
        "snippet": {"title": CHANNEL, "customUrl": "@acmegardens", "publishedAt": "2019-04-01T08:00:00Z"},
        "statistics": {"viewCount": str(views), "subscriberCount": "12300", "videoCount": str(len(videos))},
    }  # fmt: skip
    kinds: dict[str, tuple[str, Sequence[object]]] = {
        "videos": ("videoListResponse", [_resource(video, end) for video in videos]),
        "commentThreads": ("commentThreadListResponse", threads),
        "comments": ("commentListResponse", replies),
        "channels": ("channelListResponse", [channel]),
        "playlistItems": ("playlistItemListResponse", [_item(video) for video in videos]),
        "search": ("searchListResponse", [_found(video) for video in videos[:4]]),
    }
    return [_answer(folder / f"{name}_{day}.json", kind, items) for name, (kind, items) in kinds.items()]


def _answer(path: Path, kind: str, items: Sequence[object]) -> Path:
    page = {"totalResults": len(items), "resultsPerPage": 50}
    answer = {"kind": f"youtube#{kind}", "etag": "made-up", "pageInfo": page, "items": items}
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _snippet(video: Video) -> dict[str, object]:
    return {
        "publishedAt": f"{video.at:%Y-%m-%dT%H:%M:%SZ}", "channelId": CHANNEL_ID, "channelTitle": CHANNEL,
        "title": video.title, "description": f"{video.title}: what we learned.\n\nhttps://gardens.example/{video.id}",
    }  # fmt: skip


def _resource(video: Video, end: date) -> dict[str, object]:
    views = video.between(date.min, end)
    minutes, seconds = divmod(video.seconds, 60)
    return {
        "kind": "youtube#video", "id": video.id,
        "snippet": _snippet(video) | {"tags": ["garden", "soil"], "defaultLanguage": "en"},
        "contentDetails": {"duration": f"PT{minutes}M{seconds}S"},
        "statistics": {"viewCount": str(views), "likeCount": str(views // 20), "commentCount": str(views // 150)},
    }  # fmt: skip


def _item(video: Video) -> dict[str, object]:
    snippet = _snippet(video)
    return {
        "kind": "youtube#playlistItem", "id": f"PL.{video.id}",
        "snippet": snippet | {"videoOwnerChannelId": CHANNEL_ID, "videoOwnerChannelTitle": CHANNEL},
        "contentDetails": {"videoId": video.id, "videoPublishedAt": snippet["publishedAt"]},
    }  # fmt: skip


def _found(video: Video) -> dict[str, object]:
    id_ = {"kind": "youtube#video", "videoId": video.id}
    return {"kind": "youtube#searchResult", "id": id_, "snippet": _snippet(video)}


def _trending(folder: Path, videos: Sequence[Video], end: date) -> Path:
    day = end - timedelta(days=1)
    rows = [
        {
            "video_id": video.id, "title": video.title, "publishedAt": f"{video.at:%Y-%m-%dT%H:%M:%S.000Z}",
            "channelId": f"UCsomebody{number}", "channelTitle": f"Somebody {number}",
            "tags": "garden|soil", "trending_date": f"{day:%y.%d.%m}", "view_count": video.between(date.min, day),
            "likes": 5 + number, "dislikes": number,
            "comment_count": 2 * number, "description": "Not ours.",
        }
        for number, video in enumerate(videos)
    ]  # fmt: skip
    return _table(folder / f"{day:%y.%d.%m}_XX_videos.csv", tuple(rows[0]), rows)
