"""Lists of trending videos as collectors publish them: other people's videos, one row a video and day.

The day is written year, day, month (``18.01.11`` is 1 November 2018, told by the videos' own dates); the counts were
true on that day. None of these videos is taken for ours.
"""

from __future__ import annotations

from smmetrics.api import Capability, Column, Layout, Signature, Source
from smmetrics_youtube.api import NO_COMMENTS, NO_STUDIO, ONE_ACCOUNT
from smmetrics_youtube.gaps import NEVER, NO_DAYS, NO_LENGTH

AT = "instant %Y-%m-%dT%H:%M:%S.%f%z | %Y-%m-%dT%H:%M:%S%z"
EVIDENCE = "a public list of 200 trending videos, 2018-11-01"

TRENDING = Source(
    kind="trending",
    platform="youtube",
    table="posts",
    title="List of trending videos",
    container="csv",
    how_to_get="Public collections of YouTube's trending lists, such as USvideos.csv or 18.01.11_US_videos.csv.",
    takes="A download from where somebody collected them; YouTube itself offers no such file.",
    minutes=3,
    holds="Videos of many channels with views, likes and comments on the day they were in the list.",
    constants=(("kind", "post"), ("status", "published")),
    signature=Signature(required=("video_id", "trending_date"), any_of=(("view_count", "views"),)),
    layout=Layout(),
    columns=(
        Column(names=("video_id",), fact="posts.post_id", parse="id", required=True),
        Column(names=("channelId", "channel_id"), fact="posts.account_id"),
        Column(names=("channelTitle", "channel_title"), fact="accounts.name"),
        Column(names=("publishedAt", "publish_time", "published_at"), fact="posts.created_at", parse=AT),
        Column(names=("title",), fact="posts.title"),
        Column(names=("description",), fact="posts.text"),
        Column(names=("tags",), fact="posts.hashtags", parse="texts |", missing=("[none]", "[None]")),
        Column(
            names=("trending_date",),
            fact="post_counts.observed_at",
            parse="instant %y.%d.%m | %Y-%m-%dT%H:%M:%S%z | %Y-%m-%d",
            required=True,
        ),
        Column(names=("view_count", "views"), fact="post_counts.views", parse="int"),
        Column(names=("likes",), fact="post_counts.likes", parse="int"),
        Column(names=("dislikes",), fact="post_counts.youtube__dislikes", parse="int"),
        Column(names=("comment_count", "comments"), fact="post_counts.comments", parse="int"),
    ),
    own=False,
    selection=True,
    covers=("posts", "post_counts"),
    can=(
        Capability(
            fact="posts.account_id", native="channelId", grain="event", availability="public", evidence=EVIDENCE
        ),
        Capability(
            fact="posts.created_at", native="publishedAt", grain="event", availability="public", evidence=EVIDENCE
        ),
        Capability(fact="posts.kind", native="video_id", grain="event", availability="public", evidence=EVIDENCE),
        Capability(fact="posts.text", native="description", grain="event", availability="public", evidence=EVIDENCE),
        Capability(fact="post_counts.views", native="view_count", availability="public", evidence=EVIDENCE),
        Capability(fact="post_counts.likes", native="likes", availability="public", evidence=EVIDENCE),
        Capability(fact="post_counts.comments", native="comment_count", availability="public", evidence=EVIDENCE),
    ),
    cannot=(*ONE_ACCOUNT, *NO_COMMENTS, *NEVER, *NO_STUDIO, *NO_DAYS, *NO_LENGTH),
)
_LATER = "Take the later list of the same collectors (from November 2017 on): its trending_date has the year."


def _of_2017(kind: str, title: str, names: str, why: str) -> Source:
    return Source(
        kind=kind,
        platform="youtube",
        table="posts",
        title=title,
        container="csv",
        how_to_get=TRENDING.how_to_get,
        takes=_LATER,
        signature=Signature(required=tuple(names.split())),
        refuses=why,
    )


OF_2017 = (
    _of_2017(
        "trending_undated",
        "List of trending videos, 2017",
        "video_id channel_title views likes comment_total date",
        "It is the list of trending videos of 2017, which writes its days without a year (13.09); where a spreadsheet "
        "saved it again, 22.1 is the 22nd of October.",
    ),
    _of_2017(
        "trending_comments",
        "Comments below trending videos, 2017",
        "video_id comment_text likes replies",
        "It has texts of comments below trending videos of 2017, and says neither whose they are nor when they were "
        "written.",
    ),
)
"""The first such lists: known, and left alone in words, for they do not say when."""
