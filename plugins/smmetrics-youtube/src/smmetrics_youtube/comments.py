"""Saved answers of the Data API with comments: threads under videos, and replies. What people said, and to whom."""

from __future__ import annotations

from dataclasses import replace

from smmetrics.api import Capability, Layout, Signature, Source
from smmetrics_youtube.api import DATED, EVIDENCE, HOW, RECORDS, TAKES, event
from smmetrics_youtube.gaps import NEVER, NO_DAYS, gaps

THREADS = Source(
    kind="api_threads",
    platform="youtube",
    table="posts",
    title="YouTube Data API, comment threads",
    container="json",
    how_to_get=HOW.format("commentThreads.list with part=snippet,replies, page after page"),
    takes=TAKES,
    minutes=15,
    holds="Comments under the videos or the channel asked for, with up to five replies each, and who wrote them.",
    signature=Signature(required=("kind=youtube#commentThread", "snippet.topLevelComment.id")),
    layout=Layout(records=RECORDS),
    own=False,
    selection=True,
    name_range=DATED,
    covers=("posts", "post_counts", "people"),
    load="smmetrics_youtube.reading:read",
    can=(
        event("posts.account_id", "snippet.channelId, authorChannelId", "the channel a comment stands under or is by"),
        event("posts.person", "authorChannelId", "channels are people here; nobody proves that one person has one"),
        event("posts.created_at", "publishedAt"),
        Capability(
            fact="posts.kind",
            native="topLevelComment, replies",
            grain="event",
            availability="public",
            meaning="comments on a video are replies to it",
            evidence=EVIDENCE,
            values=("reply",),
        ),
        event("posts.text", "textOriginal, textDisplay"),
        event("posts.in_reply_to", "videoId, parentId", "the thread's first comment, not the one they mean"),
        Capability(fact="post_counts.likes", native="likeCount", availability="public", evidence=EVIDENCE),
        Capability(
            fact="post_counts.comments",
            native="totalReplyCount",
            availability="public",
            meaning="replies in the thread; the file may hold fewer",
            evidence=EVIDENCE,
        ),
    ),
    cannot=(
        *NEVER,
        *NO_DAYS,
        *gaps("post_counts", "views impressions reach shares watch_seconds engaged_views follows_gained",
              "YouTube does not count it for comments.", reason="platform.closed"),
        *gaps("posts", "format visibility language duration_seconds", "The answer does not say it of a comment."),
    ),
)  # fmt: skip
REPLIES = replace(
    THREADS,
    kind="api_comments",
    title="YouTube Data API, comments",
    how_to_get=HOW.format("comments.list with part=snippet and the parentId of a thread, page after page"),
    holds="Replies of a thread, or the comments asked for, and who wrote them.",
    signature=Signature(required=("kind=youtube#comment", "snippet.publishedAt")),
    can=tuple(each for each in THREADS.can if each.fact != "post_counts.comments"),
    cannot=(
        *THREADS.cannot,
        *gaps("post_counts", "comments", "A reply is not answered by replies of its own on YouTube."),
    ),
)
