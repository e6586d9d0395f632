"""What is looked at: the story's posts and conversations of one place and time, as plain lists."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics_samples import strategy
from smmetrics_samples.plan import TEAM, Article, Said, Short, Story, Text, Work, instant, local
from smmetrics_samples.truth.thread import Thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

BLOGS, X = "blogs", "x"
NATIVE = {
    "impressions": "impressions", "likes": "likes", "comments": "replies", "shares": "retweets", "saves": "bookmarks",
    "link_clicks": "url clicks",
}  # fmt: skip
"""A reported number, and the short posts' exports' own word for it."""


@dataclass(frozen=True, slots=True)
class Post:
    """Something said, wherever: an article, a comment, a short post."""

    at: datetime
    text: Text
    ours: bool
    theirs: bool
    reply: bool
    article: Article | None = None
    short: Short | None = None
    said: Said | None = None
    thread: Thread | None = None

    @property
    def counts(self) -> dict[str, int]:
        """What is reported of it, by fact."""
        if self.article:
            return {"comments": len(self.article.shown)}
        if self.short is None:
            return {}
        lacking = {"saves"} if self.short.clock else set()
        return {name: self.short.counts[word] for name, word in NATIVE.items() if name not in lacking}

    @property
    def engagements(self) -> int | None:
        """Likes, comments, shares and saves, as far as they are reported; None where none is."""
        parts = [self.counts[name] for name in ("likes", "comments", "shares", "saves") if name in self.counts]
        return sum(parts) if parts else None


@dataclass(frozen=True, slots=True)
class Look:
    """A story from ``first`` until before ``end``, on all platforms or on one, for all goals or for one.

    ``goal`` None: all; empty: lines that name no goal.
    """

    story: Story
    first: date
    end: date
    platform: str = ""
    goal: str | None = None

    def inside(self, day: date) -> bool:
        """Whether a day is looked at."""
        return self.first <= day < self.end

    def posts(self) -> Iterator[Post]:
        """All that was said here and then."""
        if self.platform in ("", BLOGS):
            yield from (post for post in _blog(self.story) if self.inside(local(post.at)))
        if self.platform in ("", X):
            yield from (post for post in _shorts(self.story) if self.inside(_day(post)))

    def ours(self) -> list[Post]:
        """What we said."""
        return [post for post in self.posts() if post.ours]

    def opened(self) -> list[Post]:
        """What we said to nobody in particular."""
        return [post for post in self.ours() if not post.reply]

    def threads(self) -> list[Thread]:
        """Conversations under articles of this time, whenever they went on."""
        return [Thread(article) for article in self.story.published if self.inside(local(article.at))]

    def work(self) -> list[Work]:
        """Sound lines of the effort form."""
        lines = [line for line in self.story.work if line.sound and self.inside(line.day)]
        return [line for line in lines if self.goal is None or line.goal == self.goal]

    def planned(self) -> list[float]:
        """Minutes planned, an entry for each goal, person and day: hours a week, spread over seven days."""
        goals = tomllib.loads(strategy("garden"))["goals"]
        weekly = [
            hours for name, goal in goals.items() if self.goal in (None, name) for hours in goal["hours"].values()
        ]
        return [hours * 60 / 7 for hours in weekly for _ in range((self.end - self.first).days)]

    def days(self) -> int:
        """Days that some file covers: the short posts' all of them, the blog's from the first thing written on."""
        if self.platform != BLOGS:
            return (self.end - self.first).days
        begun = min(article.at.date() for article in self.story.published)
        return (self.end - max(self.first, begun)).days

    @property
    def now(self) -> datetime:
        """When the newest file was made."""
        return instant(self.story.end)


def _blog(story: Story) -> Iterator[Post]:
    for article in story.published:
        thread = Thread(article)
        yield Post(article.at, article.text, ours=True, theirs=False, reply=False, article=article, thread=thread)
        for said in article.shown:
            ours = said.who in TEAM
            theirs = bool(said.who) and not ours
            yield Post(said.at, said.text, ours=ours, theirs=theirs, reply=True, said=said, thread=thread)


def _shorts(story: Story) -> Iterator[Post]:
    for short in story.shorts:
        yield Post(short.at, short.text, ours=True, theirs=False, reply=short.reply, short=short)


def _day(post: Post) -> date:
    """A post without a clock belongs to the day its export shows."""
    assert post.short is not None
    return local(post.at) if post.short.clock else post.at.date()
