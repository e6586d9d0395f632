"""The exports of x.com account analytics (from late 2024): content (a row a post) and overview (a row a day).

Headers drift in case and words (Link, Post Link; Share, Shares), dates come in two styles, and the content file
gives a date without a clock: whatever needs hours has to say so.
"""

from __future__ import annotations

from smmetrics.api import Capability, Column, Gap, Layout, NameRange, Signature, Source
from smmetrics_x.clock import CLOCK
from smmetrics_x.gaps import DAYS, POSTS
from smmetrics_x.words import (
    BOOKMARKS,
    DETAILS,
    IMPRESSIONS,
    LIKES,
    LINK_CLICKS,
    MEDIA_VIEWS,
    PERMALINK,
    PROFILE_VISITS,
    REPLIES,
    REPOSTS,
    SHARES,
    SUM,
    Word,
)

EVIDENCE = "public exports and readers, 2025-02, 2026-04, 2026-09"
DATE = "date %a, %b %d, %Y | %a %b %d %Y | %Y-%m-%d"
LAYOUT = Layout(missing=("-",), open_end=True)
HOW = "x.com, account analytics, {}, download as CSV."
TAKES = "A Premium account, which costs money; the file is made at once. The longest one seen covers 90 days."
_NAME_RANGE = (
    r"^account_analytics_content_(?P<start>\d{4}-?\d{2}-?\d{2})_(?P<end>\d{4}-?\d{2}-?\d{2})"
    r"(?:-\d+)?(?: ?\(\d+\))?\.csv$"
)

_COMMON = (IMPRESSIONS, LIKES, BOOKMARKS, SHARES, REPLIES, REPOSTS, PROFILE_VISITS)
OF_POSTS = (
    *_COMMON,
    SUM,
    Word(names=("new follows",), column="follows_gained", meaning="people who followed straight from the post"),
    LINK_CLICKS,
    *DETAILS,
)
OF_DAYS = (
    *_COMMON,
    Word(names=("engagements",), column="engagements", meaning="X's own sum of all clicks and reactions"),
    Word(names=("new follows",), column="gained"),
    Word(names=("unfollows",), column="lost"),
    Word(names=("create post",), column="posts_published"),
    Word(names=("video views",), column="x__video_views"),
    MEDIA_VIEWS,
)

CONTENT = Source(
    kind="content",
    platform="x",
    table="posts",
    id_clock=CLOCK,
    title="X account analytics, content",
    container="csv",
    how_to_get=HOW.format("Content"),
    takes=TAKES,
    minutes=3,
    holds="Your posts, with what each gathered until the export, bookmarks included; dates without a clock.",
    constants=(("kind_rule", "text_mention"), ("status", "published")),
    signature=Signature(
        required=("Post id", "Date", "Post text", "Impressions"),
        any_of=(("Post Link", "Link"),),
        name_pattern=r"^account_analytics_content_",
    ),
    layout=LAYOUT,
    columns=(
        Column(names=("Post id",), fact="posts.post_id", parse="id", required=True),
        Column(names=("Date",), fact="posts.created_on", parse=DATE, required=True),
        Column(names=("Post text",), fact="posts.text"),
        Column(names=("Post Link", "Link"), fact="posts.permalink", extract=PERMALINK),
        *(word.cell("post_counts") for word in OF_POSTS),
    ),
    grain="lifetime",
    window="lifetime",
    name_range=NameRange(pattern=_NAME_RANGE, formats=("%Y%m%d", "%Y-%m-%d"), end="inclusive"),
    covers=("posts", "post_counts"),
    can=(
        Capability(fact="posts.account_id", native="Post Link", grain="event"),
        Capability(fact="posts.created_on", native="Date", grain="day", meaning="the day only"),
        Capability(fact="posts.text", native="Post text", grain="event"),
        Capability(
            fact="posts.kind",
            native="Post text",
            grain="event",
            partly="basis.text",
            meaning="a text that begins with @name is a reply",
        ),
        *(word.can("post_counts", "lifetime", EVIDENCE) for word in OF_POSTS),
    ),
    cannot=(
        *POSTS,
        Gap(fact="post_counts.media_views", why="Views of photos and videos are only in the overview, by day."),
        Gap(
            fact="posts.created_at",
            why="This export gives the day of a post without the time of day: no hours, no waiting times.",
            reason="time.too_coarse",
            would_do="The X archive (settings, download an archive) has every post's time.",
        ),
    ),
)

OVERVIEW = Source(
    kind="overview",
    platform="x",
    table="account_counts",
    title="X account analytics, overview",
    container="csv",
    how_to_get=HOW.format("Overview"),
    takes=TAKES,
    minutes=3,
    holds="What the account received on each day, with followers won and lost; newest day first.",
    signature=Signature(
        required=("Date", "Impressions", "New follows", "Unfollows"),
        forbidden=("Post id", "Post text"),
        name_pattern=r"account_overview_analytics",
    ),
    layout=LAYOUT,
    columns=(
        Column(names=("Date",), fact="account_counts.window_start", parse=DATE, required=True),
        *(word.cell("account_counts") for word in OF_DAYS),
    ),
    grain="day",
    window="day",
    covers=("account_counts",),
    can=tuple(word.can("account_counts", "day", EVIDENCE) for word in OF_DAYS),
    cannot=(*DAYS, Gap(fact="account_counts.link_clicks", why="Clicks on links are only in the content export.")),
)
VIDEOS = Source(
    kind="video_overview",
    platform="x",
    table="account_counts",
    title="X account analytics, video overview",
    container="csv",
    how_to_get=HOW.format("Video"),
    takes="Import the overview export of the same days (account_overview_analytics.csv): it has video views by day.",
    signature=Signature(required=("Date", "Views", "Watch Time (ms)", "Completion Rate")),
    layout=Layout(find_header=True),
    refuses=(
        "The file has views and watch time of all your videos together by day. Only its first lines are known here, so "
        "that it is not read."
    ),
)
