"""Saved answers of the YouTube Data API (v3): videos, channels, playlists, searches. Pages may stand in one file.

The answers hold anybody's channels, so that none is taken for ours: the strategy says which is. They do not say when
they were given; a date in the file's name (``videos_2026-03-01.json``) does, or ``--observed-at``.
"""

from __future__ import annotations

from smmetrics.api import Capability, Column, Gap, Layout, NameRange, Signature, Source
from smmetrics_youtube.gaps import COMMENTS, NEVER, NO_DAYS, STUDIO, gaps

EVIDENCE = "YouTube Data API v3, saved answers of 2019 to 2022 in a public client's tests"
TAKES = "A key for the Data API and somebody who calls it; YouTube limits how long answers may be kept and what for."
HOW = "YouTube Data API v3, {}: save each answer as a file, with the day in its name (videos_2026-03-01.json)."
RECORDS = "items[] | [].items[] | [] | "
"""An answer, several in an array, resources in an array, or a resource by itself or a line."""
AT = "instant %Y-%m-%dT%H:%M:%S.%f%z | %Y-%m-%dT%H:%M:%S%z"
DATED = NameRange(pattern=r"(?<!\d)(?P<end>\d{4}-\d{2}-\d{2})(?!\d)", formats=("%Y-%m-%d",), end="inclusive")
ONE_DAY = NameRange(
    pattern=r"(?<!\d)(?=(?P<start>\d{4}-\d{2}-\d{2}))(?P<end>\d{4}-\d{2}-\d{2})(?!\d)",
    formats=("%Y-%m-%d",),
    end="inclusive",
)
ONE_ACCOUNT = gaps("posts", "person", "A video names its channel and no person.", would_do=COMMENTS)
NO_COMMENTS = gaps("posts", "in_reply_to", "A video answers nothing; comments are other answers.", would_do=COMMENTS)
NO_STUDIO = (
    *gaps("post_counts", "impressions reach shares watch_seconds engaged_views follows_gained",
          "The public statistics of a video do not hold it.", would_do=STUDIO),
    *gaps("posts", "visibility format", "Privacy and the kind of a video are not read from the answer."),
)  # fmt: skip


def event(fact: str, native: str, meaning: str = "") -> Capability:
    """A fact of each video or comment by itself, as anybody can ask for it."""
    return Capability(
        fact=fact, native=native, grain="event", meaning=meaning, availability="public", evidence=EVIDENCE
    )


def _video_columns(video: str, at: str) -> tuple[Column, ...]:
    return (
        Column(names=(video,), fact="posts.post_id", parse="id", required=True),
        Column(names=("snippet.channelId",), fact="posts.account_id"),
        Column(names=(at,), fact="posts.created_at", parse=AT),
        Column(names=("snippet.title",), fact="posts.title"),
        Column(names=("snippet.description",), fact="posts.text"),
    )


VIDEO_EVENTS = (
    event("posts.account_id", "snippet.channelId"),
    event("posts.created_at", "snippet.publishedAt"),
    event("posts.kind", "kind", "videos only"),
    event("posts.text", "snippet.description"),
)
NO_COUNTS = (
    *NEVER,
    *NO_STUDIO,
    *NO_DAYS,
    *gaps(
        "post_counts", "views likes comments", "This answer has no counts.", would_do="videos.list: youtube.api_videos."
    ),
    *gaps("posts", "language duration_seconds", "This answer does not say it of a video."),
)
VIDEOS = Source(
    kind="api_videos",
    platform="youtube",
    table="posts",
    title="YouTube Data API, videos",
    container="json",
    how_to_get=HOW.format("videos.list with part=snippet,statistics,contentDetails"),
    takes=TAKES,
    minutes=10,
    holds="The videos asked for, anybody's, with their public statistics since they came out.",
    constants=(("kind", "post"), ("status", "published")),
    signature=Signature(required=("kind=youtube#video", "snippet.publishedAt")),
    layout=Layout(records=RECORDS),
    columns=(
        *_video_columns("id", "snippet.publishedAt"),
        Column(names=("snippet.defaultLanguage", "snippet.defaultAudioLanguage"), fact="posts.language"),
        Column(names=("snippet.tags[]",), fact="posts.hashtags", parse="texts"),
        Column(names=("contentDetails.duration",), fact="posts.duration_seconds", parse="duration"),
        Column(names=("snippet.channelTitle",), fact="accounts.name"),
        Column(names=("statistics.viewCount",), fact="post_counts.views", parse="int"),
        Column(names=("statistics.likeCount",), fact="post_counts.likes", parse="int"),
        Column(names=("statistics.dislikeCount",), fact="post_counts.youtube__dislikes", parse="int"),
        Column(names=("statistics.commentCount",), fact="post_counts.comments", parse="int"),
    ),
    own=False,
    selection=True,
    name_range=DATED,
    covers=("posts", "post_counts"),
    can=(
        *VIDEO_EVENTS,
        event("posts.language", "snippet.defaultLanguage, snippet.defaultAudioLanguage"),
        event("posts.duration_seconds", "contentDetails.duration"),
        Capability(fact="post_counts.views", native="statistics.viewCount", availability="public", evidence=EVIDENCE),
        Capability(fact="post_counts.likes", native="statistics.likeCount", availability="public", evidence=EVIDENCE),
        Capability(
            fact="post_counts.comments",
            native="statistics.commentCount",
            availability="public",
            meaning="comments and their replies",
            evidence=EVIDENCE,
        ),
    ),
    cannot=(*ONE_ACCOUNT, *NO_COMMENTS, *NEVER, *NO_STUDIO, *NO_DAYS),
)
UPLOADS = Source(
    kind="api_playlist_items",
    platform="youtube",
    table="posts",
    title="YouTube Data API, items of a playlist",
    container="json",
    how_to_get=HOW.format("playlistItems.list of the channel's uploads with part=snippet,contentDetails"),
    takes=TAKES,
    minutes=10,
    holds="The videos of a playlist; of a channel's uploads, all that are public. No counts.",
    constants=(("kind", "post"), ("status", "published")),
    signature=Signature(
        required=("kind=youtube#playlistItem",), any_of=(("contentDetails.videoId", "snippet.resourceId.videoId"),)
    ),
    layout=Layout(records=RECORDS),
    columns=(
        Column(
            names=("contentDetails.videoId", "snippet.resourceId.videoId"),
            fact="posts.post_id",
            parse="id",
            required=True,
        ),
        Column(names=("snippet.videoOwnerChannelId",), fact="posts.account_id"),
        Column(names=("contentDetails.videoPublishedAt",), fact="posts.created_at", parse=AT),
        Column(names=("snippet.title",), fact="posts.title"),
        Column(names=("snippet.description",), fact="posts.text"),
        Column(names=("snippet.videoOwnerChannelTitle",), fact="accounts.name"),
    ),
    own=False,
    selection=True,
    name_range=DATED,
    covers=("posts",),
    can=(
        event("posts.account_id", "snippet.videoOwnerChannelId"),
        event("posts.created_at", "contentDetails.videoPublishedAt"),
        event("posts.kind", "kind", "videos only"),
        event("posts.text", "snippet.description"),
    ),
    cannot=(*ONE_ACCOUNT, *NO_COMMENTS, *NO_COUNTS),
)
SEARCH = Source(
    kind="api_search",
    platform="youtube",
    table="posts",
    title="YouTube Data API, videos of a search",
    container="json",
    how_to_get=HOW.format("search.list with part=snippet and type=video"),
    takes=TAKES,
    minutes=10,
    holds="The videos that a search found; YouTube shows some, and not always the same. No counts.",
    constants=(("kind", "post"), ("status", "published")),
    signature=Signature(required=("kind=youtube#searchResult", "id.videoId")),
    layout=Layout(records=RECORDS, leaves=(("id.channelId", "channels found"), ("id.playlistId", "playlists found"))),
    columns=(
        *_video_columns("id.videoId", "snippet.publishedAt"),
        Column(names=("snippet.channelTitle",), fact="accounts.name"),
    ),
    own=False,
    selection=True,
    name_range=DATED,
    covers=("posts",),
    can=VIDEO_EVENTS,
    cannot=(*ONE_ACCOUNT, *NO_COMMENTS, *NO_COUNTS),
)
CHANNELS = Source(
    kind="api_channels",
    platform="youtube",
    table="account_counts",
    title="YouTube Data API, channels",
    container="json",
    how_to_get=HOW.format("channels.list with part=snippet,statistics"),
    takes=TAKES,
    minutes=10,
    holds="Channels, anybody's, with subscribers (rounded to three figures), views and videos since they began.",
    signature=Signature(required=("kind=youtube#channel", "id")),
    layout=Layout(records=RECORDS),
    columns=(
        Column(names=("id",), fact="account_counts.account_id", parse="id", required=True),
        Column(names=("snippet.title", "brandingSettings.channel.title"), fact="accounts.name"),
        Column(names=("snippet.customUrl",), fact="accounts.handle"),
        Column(names=("statistics.subscriberCount",), fact="account_counts.followers", parse="int"),
        Column(names=("statistics.viewCount",), fact="account_counts.views", parse="int"),
        Column(names=("statistics.videoCount",), fact="account_counts.youtube__videos", parse="int"),
    ),
    own=False,
    selection=True,
    name_range=ONE_DAY,
    covers=("account_counts",),
    can=(
        Capability(
            fact="account_counts.followers",
            native="statistics.subscriberCount",
            availability="public",
            exactness="rounded",
            meaning="rounded down to three figures; none where the channel hides it",
            evidence=EVIDENCE,
        ),
    ),
    cannot=(
        *(gap for gap in NO_DAYS if gap.fact not in {"account_counts.followers", "account_counts.views"}),
        Gap(fact="account_counts.views", why="An answer has views since the channel began, and not those of a day.",
            reason="grain.too_coarse", would_do="Totals.csv of Studio: youtube.studio_days."),
    ),
)  # fmt: skip
