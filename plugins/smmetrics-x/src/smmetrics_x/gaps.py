"""What no export of X holds, said once for all of them."""

from __future__ import annotations

from smmetrics.api import Gap

OWN_ONLY = "The export holds the account's own posts: nobody else's, and no ids of people."
ARCHIVE = "The X archive (settings, download an archive) names the post each reply answers."
NOT_OFFERED = "X does not report it in any export."

PEOPLE = (
    Gap(fact="posts.person", why=OWN_ONLY, reason="access.own_only", would_do=ARCHIVE),
    Gap(
        fact="posts.in_reply_to",
        why="The export does not say which post a reply answers; only the text shows that it is a reply.",
        would_do=ARCHIVE,
    ),
    Gap(fact="posts.in_reply_to_at", why="The export does not say which post a reply answers.", would_do=ARCHIVE),
    Gap(fact="people.unit", why=OWN_ONLY, reason="access.own_only"),
)
NO_LENGTH = Gap(fact="posts.duration_seconds", why="How long a video lasts is not in the file.")
POSTS = (
    *PEOPLE,
    Gap(fact="posts.format", why="The export does not say whether a post carries a photo, a video or a poll."),
    Gap(fact="posts.visibility", why="The export does not say whether the account is protected."),
    Gap(fact="posts.score", why="X has no score of votes up and down.", reason="platform.closed"),
    NO_LENGTH,
    Gap(fact="posts.language", why="The export does not name the language of a post."),
    Gap(
        fact="post_counts.quotes",
        why="Quote posts are counted in no X export; they are not among the reposts either.",
        would_do="X's programming interface reports quote_count for each post.",
    ),
    Gap(
        fact="post_counts.reach",
        why="X does not say how many different people saw a post.",
        reason="platform.closed",
        would_do="Impressions: times on screen, not people.",
    ),
    Gap(
        fact="post_counts.clicks",
        why="X does not report all clicks together.",
        would_do="Link clicks (url clicks) and profile visits are reported apart.",
    ),
    Gap(fact="post_counts.views", why="X counts impressions, not views.", would_do="Impressions."),
    Gap(fact="post_counts.sends", why="X does not report posts sent on in private messages."),
    Gap(fact="post_counts.trackbacks", why="There are no trackbacks on X.", reason="platform.closed"),
    Gap(fact="post_counts.engaged_views", why=NOT_OFFERED),
    Gap(fact="post_counts.viewable_impressions", why=NOT_OFFERED),
    Gap(fact="post_counts.watch_seconds", why="Watch time is not in the post exports."),
    *(
        Gap(
            fact=f"account_counts.{name}",
            why="A file by post has no counts of single days.",
            would_do="The export by day (overview; formerly by day).",
        )
        for name in (
            "impressions", "likes", "comments", "shares", "saves", "engagements", "profile_visits", "link_clicks",
            "media_views", "posts_published", "gained", "lost", "followers",
        )
    ),
)  # fmt: skip
DAYS = (
    Gap(
        fact="account_counts.followers",
        why="X exports no number of followers.",
        would_do="The overview export has followers won and lost each day.",
    ),
    Gap(
        fact="account_counts.reach",
        why="X does not say how many different people saw the account's posts.",
        reason="platform.closed",
    ),
    Gap(fact="account_counts.quotes", why="Quote posts are counted in no X export."),
    Gap(fact="account_counts.clicks", why="X does not report all clicks together.", would_do="Link clicks."),
    Gap(fact="account_counts.views", why="X counts impressions, not views.", would_do="Impressions."),
    Gap(fact="account_counts.active_people", why=OWN_ONLY, reason="access.own_only"),
    Gap(fact="account_counts.posted_people", why=OWN_ONLY, reason="access.own_only"),
    Gap(fact="account_counts.read_people", why=OWN_ONLY, reason="access.own_only"),
    Gap(fact="account_counts.licensed_people", why=OWN_ONLY, reason="access.own_only"),
    *(
        Gap(
            fact=f"posts.{name}",
            why="A file by day holds no posts.",
            reason="grain.too_coarse",
            would_do="The export by post (content; formerly by tweet).",
        )
        for name in ("account_id", "person", "created_at", "kind", "text", "in_reply_to")
    ),
    *(
        Gap(
            fact=f"post_counts.{name}",
            why="A file by day counts all posts together.",
            reason="grain.too_coarse",
            would_do="The export by post (content; formerly by tweet).",
        )
        for name in (
            "impressions", "likes", "comments", "shares", "quotes", "saves", "link_clicks", "profile_visits", "reach",
        )
    ),
)  # fmt: skip

COUNTS = (
    "impressions", "views", "clicks", "link_clicks", "likes", "comments", "shares", "quotes", "saves", "sends",
    "trackbacks", "engaged_views", "viewable_impressions", "follows_gained", "profile_visits", "media_views", "reach",
    "watch_seconds",
)  # fmt: skip
OF_ACCOUNTS = (
    "impressions", "views", "clicks", "link_clicks", "likes", "comments", "shares", "quotes", "saves", "engagements",
    "profile_visits", "posts_published", "media_views", "gained", "lost", "followers", "reach", "active_people",
    "posted_people", "read_people", "licensed_people",
)  # fmt: skip
OF_POSTS = ("account_id", "person", "created_at", "kind", "text", "in_reply_to", "in_reply_to_at")


def posts_without(why: str, *counted: str, would_do: str = "") -> tuple[Gap, ...]:
    """Gaps for counts of posts that are not counted, for score and length, which X does not give, and visibility."""
    score = Gap(fact="posts.score", why="X has no score of votes up and down.", reason="platform.closed")
    closed = Gap(fact="posts.visibility", why="Nothing here says whether the account is protected.")
    missing = (name for name in COUNTS if name not in counted)
    return (
        score,
        closed,
        NO_LENGTH,
        *(Gap(fact=f"post_counts.{name}", why=why, would_do=would_do) for name in missing),
    )


def accounts_without(why: str, *counted: str) -> tuple[Gap, ...]:
    """Gaps for all daily figures of accounts but those that are there."""
    return tuple(Gap(fact=f"account_counts.{name}", why=why) for name in OF_ACCOUNTS if name not in counted)


def no_posts(why: str) -> tuple[Gap, ...]:
    """Gaps for everything that is said of posts."""
    return (*(Gap(fact=f"posts.{name}", why=why) for name in OF_POSTS), *posts_without(why))
