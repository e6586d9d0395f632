"""Answers of X's programming interfaces that somebody saved: posts and accounts, of 1.1 and of 2.

As they came (a page a file), or as collectors write them: a page or a post a line (twarc, Tweepy), a list of posts.
"""

from __future__ import annotations

from smmetrics.api import Capability, Layout, Signature, Source
from smmetrics_x.claims import UNIT, event
from smmetrics_x.clock import CLOCK
from smmetrics_x.gaps import accounts_without, no_posts, posts_without

OLD, NEW = "test data of three public libraries, 2010 to 2020", "X API documentation, 2026; test data of a library"
HOW = "Ask whoever collects posts for you (twarc, Tweepy, a listening service) for the answers as X gave them: {}."
TAKES = "A key to X's programming interface, which costs money; its terms limit how long posts may be kept."
PLACES = "{}[] | [].{}[] | [] | "


def _said(evidence: str, *, reply: str, author: str, mentions: str) -> tuple[Capability, ...]:
    return (
        event("posts.account_id", author, evidence, "where all posts are one account's, or you say whose the file is"),
        event("posts.person", author, evidence, "a pseudonym of X's own number"),
        event("posts.created_at", "created_at", evidence),
        event("posts.kind", reply, evidence),
        event("posts.text", "text", evidence),
        event("posts.in_reply_to", reply, evidence),
        event("posts.in_reply_to_at", reply, evidence, "read from the id, which is a clock"),
        event("posts.language", "lang", evidence),
        event("posts.mentions", mentions, evidence),
    )


def _counted(evidence: str, **native: str) -> tuple[Capability, ...]:
    return tuple(
        Capability(fact=f"post_counts.{fact}", native=name, evidence=evidence) for fact, name in native.items()
    )


POSTS1 = Source(
    kind="api1_posts",
    platform="x",
    advised=False,
    table="posts",
    title="X API 1.1, posts (timeline, mentions, search)",
    container="json",
    how_to_get=HOW.format("JSON of version 1.1"),
    takes="Files from before 2023, when X closed this version to nearly everybody.",
    closed=True,
    holds="Posts with their authors, what they answer, likes and reposts until the answer.",
    signature=Signature(
        required=("created_at",),
        any_of=(
            ("id_str", "id"),
            ("full_text", "text"),
            ("user.id_str", "user.id", "user.screen_name"),
            (
                "favorited", "retweet_count", "favorite_count", "in_reply_to_status_id_str", "in_reply_to_status_id",
                "source", "geo",
            ),
        ),
        forbidden=("public_metrics", "acct", "recipient_id"),
    ),
    layout=Layout(records="[] | statuses[] | results[] | [].statuses[] | "),
    covers=("posts", "post_counts"),
    own=False,
    load="smmetrics_x.read1:posts",
    id_clock=CLOCK,
    can=(
        *_said(OLD, reply="in_reply_to_status_id_str", author="user", mentions="entities.user_mentions"),
        event("posts.format", "extended_entities.media", OLD),
        *_counted(OLD, likes="favorite_count", shares="retweet_count"),
    ),
    cannot=(
        UNIT,
        *posts_without("This version counts likes and reposts only.", "likes", "shares"),
        *accounts_without("Posts are no daily figures of an account."),
    ),
)  # fmt: skip
PEOPLE_ONLY = "A list of accounts holds no posts."
USERS1 = Source(
    kind="api1_users",
    platform="x",
    advised=False,
    table="people",
    title="X API 1.1, accounts (followers, friends, a profile)",
    container="json",
    how_to_get=HOW.format("JSON of version 1.1"),
    takes="Files from before 2023, when X closed this version to nearly everybody.",
    closed=True,
    holds="Accounts by number and handle; of a single one, or the one you name, its followers.",
    signature=Signature(
        required=("screen_name",),
        any_of=(("id_str", "id"), ("followers_count", "statuses_count", "friends_count")),
        forbidden=("text", "full_text", "acct"),
    ),
    layout=Layout(records="users[] | [].users[] | [] | "),
    covers=("people",),
    own=False,
    load="smmetrics_x.read1:users",
    can=(
        event("people.handle", "screen_name", OLD),
        Capability(fact="account_counts.followers", native="followers_count", grain="day", evidence=OLD),
    ),
    cannot=(UNIT, *no_posts(PEOPLE_ONLY), *accounts_without(PEOPLE_ONLY, "followers")),
)


def _either(*names: str) -> tuple[str, ...]:
    """A key of a post, or of a post that is the whole answer and lies under ``data``."""
    return (*names, *(f"data.{name}" for name in names))


POSTS2 = Source(
    kind="api2_posts",
    platform="x",
    table="posts",
    title="X API 2, posts (timeline, mentions, search, conversation)",
    container="json",
    how_to_get=HOW.format("JSON of version 2, with author_id, created_at, public_metrics and referenced_tweets"),
    takes=TAKES,
    holds="Posts with their authors, what they answer, and all public counts until the answer.",
    signature=Signature(
        any_of=(
            _either("id"),
            _either("text"),
            _either(
                "author_id", "author.username", "public_metrics", "edit_history_tweet_ids", "conversation_id",
                "referenced_tweets", "created_at", "attachments.media_keys",
            ),
        ),
        forbidden=(
            "id_str", "user", "full_text", "username", "acct", "reactions", "ts", "parent", "data.username",
            "recipient_id", "dm_conversation_id",
        ),
    ),
    layout=Layout(records=PLACES.format("data", "data")),
    covers=("posts", "post_counts"),
    own=False,
    load="smmetrics_x.read2:posts",
    id_clock=CLOCK,
    can=(
        *_said(NEW, reply="referenced_tweets", author="author_id", mentions="entities.mentions"),
        event("posts.format", "includes.media", NEW),
        *_counted(
            NEW, likes="like_count", shares="retweet_count", comments="reply_count", quotes="quote_count",
            saves="bookmark_count", impressions="impression_count", link_clicks="url_link_clicks",
            profile_visits="user_profile_clicks", x__engagements="engagements",
        ),
    ),
    cannot=(
        UNIT,
        *posts_without(
            "X does not report it for single posts here.", "likes", "shares", "comments", "quotes", "saves",
            "impressions", "link_clicks", "profile_visits",
        ),
        *accounts_without("Posts are no daily figures of an account."),
    ),
)  # fmt: skip
USERS2 = Source(
    kind="api2_users",
    platform="x",
    table="people",
    title="X API 2, accounts (followers, following, a profile)",
    container="json",
    how_to_get=HOW.format("JSON of version 2, with public_metrics of users"),
    takes=TAKES,
    holds="Accounts by number and handle; of a single one, or the one you name, its followers.",
    signature=Signature(
        any_of=(
            _either("id"),
            _either("username"),
            _either("name"),
            (
                "public_metrics",
                "pinned_tweet_id",
                "most_recent_tweet_id",
                "protected",
                "data.id",
                "$.meta.result_count",
            ),
        ),
        forbidden=("text", "acct", "screen_name", "discriminator", "email", "real_name", "data.text"),
    ),
    layout=Layout(records=PLACES.format("data", "data")),
    covers=("people",),
    own=False,
    load="smmetrics_x.read2:users",
    can=(
        event("people.handle", "username", NEW),
        Capability(fact="account_counts.followers", native="followers_count", grain="day", evidence=NEW),
    ),
    cannot=(UNIT, *no_posts(PEOPLE_ONLY), *accounts_without(PEOPLE_ONLY, "followers")),
)


def _refused(kind: str, title: str, where: tuple[Signature, str], why: str, instead: str) -> Source:
    """A kind that is known and not taken. ``where``: how it is recognised, and where its records lie."""
    signature, records = where
    return Source(
        kind=kind,
        platform="x",
        table="posts",
        title=title,
        container="json",
        how_to_get=HOW.format("JSON"),
        takes=instead,
        signature=signature,
        layout=Layout(records=records),
        refuses=why,
    )


MESSAGES = "These are messages to chosen people. They are private on both sides, and smmetrics does not take them."
IN_PUBLIC = "Nothing: what was said in public stands in timelines and searches."
NOT_TAKEN = (
    _refused(
        "api1_messages",
        "X API 1.1, direct messages",
        (Signature(required=("sender_id", "recipient_id", "text"), any_of=(("id", "id_str"),)), "[] | "),
        MESSAGES,
        IN_PUBLIC,
    ),
    _refused(
        "api1_message_events",
        "X API 1.1, direct messages as events",
        (Signature(required=("id", "message_create.sender_id")), "events[] | event"),
        MESSAGES,
        IN_PUBLIC,
    ),
    _refused(
        "api2_messages",
        "X API 2, direct messages",
        (Signature(required=("id", "event_type", "dm_conversation_id")), "data[] | data | "),
        MESSAGES,
        IN_PUBLIC,
    ),
    _refused(
        "api1_ids",
        "X API 1.1, numbers of accounts",
        (Signature(required=("ids", "next_cursor", "previous_cursor")), ""),
        "The file is a list of numbers of accounts. It does not say of whom, nor whether they follow or are followed.",
        "Get the accounts with their names (followers/list), or the account's own archive, which holds its followers.",
    ),
    _refused(
        "api2_counts",
        "X API 2, how many posts a search found",
        (Signature(any_of=(("tweet_count",), ("start",), ("end",))), "data[] | [].data[] | []"),
        "The file counts the posts that a search found, hour by hour, and does not say what was searched for.",
        "Get the posts themselves (search), or keep the figures in a table of your own.",
    ),
    _refused(
        "web_answers",
        "X, answers that its own pages fetch",
        (
            Signature(
                any_of=(
                    (
                        "threaded_conversation_with_injections_v2.instructions",
                        "tweetResult.result",
                        "tweet_results.result",
                        "search_by_raw_query.search_timeline",
                        "home.home_timeline_urt",
                        "user.result.timeline",
                        "user.result.timeline_v2",
                    ),
                )
            ),
            "data",
        ),
        "X's own pages fetch this to show themselves. Its form changes without notice, and it is not read.",
        "Ask whoever saved it for the posts themselves: collectors write them as a table or as JSON of the API.",
    ),
    _refused(
        "api2_includes",
        "X API 2, what posts refer to",
        (
            Signature(
                required=("users",),
                any_of=(("tweets[]", "users[].public_metrics"),),
                forbidden=("data", "meta", "statuses"),
            ),
            "",
        ),
        "The file holds only what posts refer to (users, media, polls), without the posts themselves.",
        "Import the whole answer, with data and includes.",
    ),
)
