"""The exports of analytics.twitter.com (until 2024): by tweet and by day.

By tweet is what each post gathered in its life; by day is what all posts together received on a day. The two use
the same words for different things and are never added up: one fills `post_counts`, the other `account_counts`.
Where a post was promoted, the file gives the paid part in columns of its own; it is kept apart (scope ``paid``)
and never added to the main columns.
"""

from __future__ import annotations

from smmetrics.api import Capability, Column, Gap, Layout, NameRange, Signature, Source
from smmetrics_x.clock import CLOCK
from smmetrics_x.gaps import DAYS, POSTS
from smmetrics_x.words import (
    DETAILS,
    IMPRESSIONS,
    LEGACY_ONLY,
    LEGACY_SUM,
    LIKES,
    LINK_CLICKS,
    MEDIA_VIEWS,
    PERMALINK,
    PROFILE_VISITS,
    RATE,
    REPLIES,
    REPOSTS,
    Word,
)

EVIDENCE = "36 monthly files of one account, 2016-12 to 2019-11"
LAYOUT = Layout(missing=("-",))
HOW = (
    "analytics.twitter.com, Tweets, Export data, {}; at most 91 days a file. "
    "X has since closed this page: these are files you saved before."
)
TAKES = "Files from before the page was closed: look where your downloads are kept."

_COMMON = (
    IMPRESSIONS, RATE, REPOSTS, REPLIES, LIKES, PROFILE_VISITS, LINK_CLICKS, *DETAILS, *LEGACY_ONLY, MEDIA_VIEWS,
)  # fmt: skip
OF_POSTS = (
    *_COMMON,
    LEGACY_SUM,
    Word(names=("follows",), column="follows_gained", meaning="people who followed straight from the post"),
)
OF_DAYS = (
    *_COMMON,
    Word(names=("engagements",), column="engagements", meaning="X's own sum of all clicks and reactions"),
    Word(names=("follows",), column="x__follows_from_posts", meaning="people who followed straight from a post"),
)


def _counts(table: str, words: tuple[Word, ...]) -> tuple[Column, ...]:
    plain = tuple(word.cell(table) for word in words)
    return plain + tuple(word.cell(table, scope="paid", prefix="promoted ") for word in words)


def _name(prefix: str) -> str:
    return (
        rf"^{prefix}tweet_activity_metrics_(?P<account>.+)_(?P<start>\d{{8}})_(?P<end>\d{{8}})"
        r"_[A-Za-z-]+(?: ?\(\d+\))?\.csv$"
    )


LEGACY_POSTS = Source(
    kind="legacy_posts",
    platform="x",
    table="posts",
    id_clock=CLOCK,
    title="X analytics, by tweet (until 2024)",
    container="csv",
    how_to_get=HOW.format("By Tweet"),
    takes=TAKES,
    closed=True,
    holds="Your posts, with what each gathered until the export: impressions, likes, reposts, replies, clicks.",
    constants=(("kind_rule", "text_mention"), ("status", "published")),
    signature=Signature(
        required=("Tweet id", "Tweet permalink", "Tweet text", "time", "impressions"),
        any_of=(("likes", "favorites"),),
        name_pattern=r"^tweet_activity_metrics_",
    ),
    layout=LAYOUT,
    columns=(
        Column(names=("Tweet id",), fact="posts.post_id", parse="id", required=True),
        Column(names=("Tweet permalink",), fact="posts.permalink", extract=PERMALINK),
        Column(names=("Tweet text",), fact="posts.text"),
        Column(names=("time",), fact="posts.created_at", parse="instant %Y-%m-%d %H:%M %z", required=True),
        *_counts("post_counts", OF_POSTS),
    ),
    grain="lifetime",
    window="lifetime",
    name_range=NameRange(pattern=_name(""), formats=("%Y%m%d",), end="exclusive"),
    covers=("posts", "post_counts"),
    can=(
        Capability(fact="posts.account_id", native="Tweet permalink", grain="event"),
        Capability(fact="posts.created_at", native="time", grain="event", meaning="UTC, to the minute"),
        Capability(fact="posts.text", native="Tweet text", grain="event"),
        Capability(
            fact="posts.kind",
            native="Tweet text",
            grain="event",
            partly="basis.text",
            meaning="a text that begins with @name is a reply",
        ),
        *(word.can("post_counts", "lifetime", EVIDENCE) for word in OF_POSTS),
    ),
    cannot=(
        *POSTS,
        Gap(
            fact="post_counts.saves",
            why="Bookmarks are not in this export; the new content export has them.",
            would_do="x.content: account analytics on x.com, Content, download.",
        ),
    ),
)

LEGACY_DAYS = Source(
    kind="legacy_days",
    platform="x",
    table="account_counts",
    title="X analytics, by day (until 2024)",
    container="csv",
    how_to_get=HOW.format("By Day"),
    takes=TAKES,
    closed=True,
    holds="What all your posts together received on each day, old posts included.",
    constants=(("day_zone", "UTC"),),
    signature=Signature(
        required=("Date", "Tweets published", "impressions", "engagements"),
        forbidden=("Tweet id",),
        name_pattern=r"^daily_tweet_activity_metrics_",
    ),
    layout=LAYOUT,
    columns=(
        Column(names=("Date",), fact="account_counts.window_start", parse="date %Y-%m-%d", required=True),
        Column(names=("Tweets published",), fact="account_counts.posts_published", parse="int", scope="total"),
        *_counts("account_counts", OF_DAYS),
    ),
    grain="day",
    window="day",
    name_range=NameRange(pattern=_name("daily_"), formats=("%Y%m%d",), end="exclusive"),
    covers=("account_counts",),
    can=(
        Capability(fact="account_counts.posts_published", native="Tweets published", grain="day"),
        *(word.can("account_counts", "day", "column list of a public export, 2021-08") for word in OF_DAYS),
    ),
    cannot=(
        *DAYS,
        Gap(
            fact="account_counts.saves",
            why="Bookmarks are not in this export.",
            would_do="x.overview: account analytics on x.com, Overview, download.",
        ),
        Gap(
            fact="account_counts.gained",
            why="This export counts only follows made straight from a post.",
            reason="meaning.differs",
            would_do="x.overview has New follows and Unfollows of each day.",
        ),
        Gap(
            fact="account_counts.lost",
            why="Unfollows are not in this export.",
            would_do="x.overview has New follows and Unfollows of each day.",
        ),
    ),
)
