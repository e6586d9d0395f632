"""What people say under the made-up videos, and what the channel answers: threads and replies of the Data API."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

TITLES = (
    "Compost in ten minutes", "Which tomatoes for a shady balcony?", "Cut back roses, with “no fear”",
    "Seed swap, live 🌱",
    "Slugs: what helps, what does not", "Rain barrels, step by step", "One bed, twelve months",
)  # fmt: skip
QUESTIONS = ("Does this work on clay?", "How often do you water?", "Thank you!", "Which soil is that?\nMine is sand.")
ANSWERS = ("Yes, with some sand in it.", "Twice a week, in the morning.", "Thank you for trying it!")
PEOPLE = ("@mira_grows", "@oldspade", "@BalkonBeete", "@plotholder", "Seedswap Sue")

Value = dict[str, object]


def comments(
    rng: random.Random, videos: Sequence[tuple[str, datetime]], channel: str
) -> tuple[list[Value], list[Value]]:
    """Threads with the replies that the answer holds, and further replies as an answer of their own."""
    threads, others = [], []
    for video, at in videos:
        for number in range(rng.randrange(1, 4)):
            id_ = f"Ug{video}{number}AaABAg"
            asked = at + timedelta(minutes=rng.randrange(30, 3000))
            top = _comment(
                id_, rng.randrange(len(PEOPLE)), rng.choice(QUESTIONS), at=asked, channel=channel, video=video
            )
            answered = asked + timedelta(minutes=rng.randrange(5, 600))
            replies = [
                _comment(f"{id_}.r0", None, rng.choice(ANSWERS), at=answered, video=video, channel=channel, parent=id_)
            ]
            replies = replies if rng.random() < 0.6 else []  # noqa: PLR2004 (most are answered)
            later = (
                [_comment(f"{id_}.r1", 0, "Same here.", at=answered + timedelta(days=1), channel=channel, parent=id_)]
                if replies
                else []
            )
            threads.append(_thread(id_, top, replies, len(replies) + len(later), channel=channel, video=video))
            others += later
    return threads, others


def _thread(id_: str, top: Value, replies: list[Value], count: int, *, channel: str, video: str) -> Value:
    snippet = {
        "channelId": channel,
        "videoId": video,
        "topLevelComment": top,
        "totalReplyCount": count,
        "isPublic": True,
    }
    thread: Value = {"kind": "youtube#commentThread", "id": id_, "snippet": snippet}
    return thread | {"replies": {"comments": replies}} if replies else thread


def _comment(
    id_: str, person: int | None, text: str, *, at: datetime, channel: str, video: str = "", parent: str = ""
) -> Value:
    """A comment under ``channel``, by one of `PEOPLE` or by the channel itself."""
    snippet: Value = {
        "authorDisplayName": "@acmegardens" if person is None else PEOPLE[person],
        "authorChannelId": {"value": channel if person is None else f"UCperson{person}"}, "channelId": channel,
        "textDisplay": text.replace("\n", "<br>"), "textOriginal": text, "likeCount": len(text) % 7,
        "publishedAt": f"{at:%Y-%m-%dT%H:%M:%SZ}", "updatedAt": f"{at:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    snippet |= {"videoId": video} if video else {}
    snippet |= {"parentId": parent} if parent else {}
    return {"kind": "youtube#comment", "id": id_, "snippet": snippet}
