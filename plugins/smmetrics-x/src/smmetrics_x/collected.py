"""Tables of posts that others collected: public accounts' posts, and support conversations."""

from __future__ import annotations

from dataclasses import replace

from smmetrics.api import Capability, Gap, Layout, Signature, Source
from smmetrics_x.claims import UNIT, event
from smmetrics_x.gaps import accounts_without, posts_without
from smmetrics_x.headers import AUTHORS, PUBLIC_NAMES, SURELY

DAILY = "Posts are no daily figures of an account."
ALIKE = ("Post id", "Tweet permalink", "Post text", "impressions", "shares", "caption", "subreddit", "inbound")
"""Columns of other tables that also have ids, dates and texts."""
UNTOLD = (
    UNIT,
    Gap(fact="posts.format", why="The table does not say whether a post carries a photo or a video."),
    Gap(fact="posts.in_reply_to", why="Most collections do not say which post a reply answers."),
    Gap(fact="posts.in_reply_to_at", why="Most collections do not say which post a reply answers."),
)
POST = (
    (*PUBLIC_NAMES["url"], *PUBLIC_NAMES["id"]),
    PUBLIC_NAMES["at"],
    PUBLIC_NAMES["text"],
    (*PUBLIC_NAMES["user"], *PUBLIC_NAMES["number"], *AUTHORS),
)
"""What is noted of every post: where it is, when, what and by whom."""
_PUBLIC = "a table of three accounts of public figures, 2017; layouts of four public collectors"
PUBLIC = Source(
    kind="collected",
    platform="x",
    advised=False,
    table="posts",
    title="X posts that somebody collected (CSV)",
    container="csv",
    how_to_get="Ask whoever collected the posts for a table of url, date, text, user, replies, reposts and likes.",
    takes="A collector's work. The ids must be whole: a spreadsheet rounds them unless there are links.",
    holds="Posts of one account or several, with replies, reposts and likes until they were collected.",
    signature=Signature(
        any_of=(*POST, PUBLIC_NAMES["shares"], PUBLIC_NAMES["likes"]),
        forbidden=ALIKE,
    ),
    layout=Layout(encoding="mac-roman"),
    covers=("posts", "post_counts"),
    own=False,
    load="smmetrics_x.readcollected:public",
    can=(
        event("posts.account_id", "user", _PUBLIC, "where all posts are one account's, or you say whose the file is"),
        event("posts.person", "user", _PUBLIC, "a pseudonym of the handle, or of the number where there is no handle"),
        event("posts.created_at", "id", _PUBLIC, "read from the id, which is a clock: no zone is guessed"),
        event("posts.text", "text", _PUBLIC),
        Capability(
            fact="posts.kind",
            native="text",
            grain="event",
            partly="basis.text",
            meaning="a text that begins with @name is a reply",
            evidence=_PUBLIC,
        ),
        Capability(fact="post_counts.comments", native="replies", evidence=_PUBLIC),
        Capability(fact="post_counts.shares", native="retweets", evidence=_PUBLIC),
        Capability(fact="post_counts.likes", native="favorites", evidence=_PUBLIC),
    ),
    cannot=(
        *UNTOLD,
        *posts_without("Collections count replies, reposts and likes only.", "comments", "shares", "likes"),
        *accounts_without(DAILY),
    ),
)
_UNCOUNTED = "tables of a public collector of posts and of a package for R, 2012 to 2023"
UNCOUNTED = replace(
    PUBLIC,
    kind="collected_uncounted",
    title="X posts that somebody collected, without counts (CSV)",
    how_to_get="Ask whoever collected the posts for a table of url, date, text and user; with counts it says more.",
    holds="Posts of one account or several, as they were written: nobody noted replies, reposts or likes.",
    signature=Signature(any_of=(SURELY, *POST), forbidden=(*ALIKE, *PUBLIC_NAMES["shares"], "response_tweet_id")),
    covers=("posts",),
    can=tuple(replace(each, evidence=_UNCOUNTED) for each in PUBLIC.can if each.fact.startswith("posts.")),
    cannot=(
        *UNTOLD,
        *posts_without("Whoever collected these posts noted no counts."),
        *accounts_without(DAILY),
    ),
)
_SUPPORT = "a sample of the public collection Customer Support on Twitter, 2017"
SUPPORT = Source(
    kind="support",
    platform="x",
    advised=False,
    table="posts",
    title="Customer Support on Twitter (twcs.csv)",
    container="csv",
    how_to_get="The public collection of 2017, or conversations in its layout: who wrote, when, what answers what.",
    takes="The public collection may be used for research only; customers are numbers in it.",
    holds="Questions of customers and answers of companies, as conversations, without counts.",
    signature=Signature(
        required=(
            "tweet_id",
            "author_id",
            "inbound",
            "created_at",
            "text",
            "response_tweet_id",
            "in_response_to_tweet_id",
        )
    ),
    covers=("posts",),
    own=False,
    load="smmetrics_x.readtables:support",
    can=(
        event("posts.account_id", "author_id", _SUPPORT, "companies' posts"),
        event("posts.person", "author_id", _SUPPORT, "a pseudonym of the number that stands for a customer"),
        event("posts.created_at", "created_at", _SUPPORT),
        event("posts.text", "text", _SUPPORT),
        event("posts.kind", "in_response_to_tweet_id", _SUPPORT),
        event("posts.in_reply_to", "in_response_to_tweet_id", _SUPPORT),
        event("posts.mentions", "text", _SUPPORT),
    ),
    cannot=(
        UNIT,
        Gap(fact="posts.format", why="The table does not say whether a post carries a photo or a video."),
        Gap(
            fact="posts.in_reply_to_at",
            why="The ids were given anew when customers were made anonymous: they are no clocks.",
        ),
        *posts_without("The collection holds no counts."),
        *accounts_without(DAILY),
    ),
)
