"""The archive of one's own account (x.com, settings): posts, likes, followers, and what of it is left alone.

Since 2018 a zip of ``data/*.js``; from 2012 to 2018 a table ``tweets.csv`` (and the same posts month by month as
``Grailbird.data…``, which are read as the older interface's). The files do not name the account; ``account.js``
beside them does, and so does `--account`.
"""

from __future__ import annotations

from smmetrics.api import Capability, Gap, Layout, Signature, Source
from smmetrics_x.claims import UNIT, event
from smmetrics_x.clock import CLOCK
from smmetrics_x.gaps import accounts_without, posts_without
from smmetrics_x.interface import MESSAGES

EVIDENCE = "public readers of the archive, 2022 to 2026"
HOW = "x.com, Settings, Your account, Download an archive of your data; the link comes by message. Import the zip."
TAKES = "A login and the password again; X needs a day or more to make the archive."
WRAPPED = "[]"


def _named(*names: str) -> str:
    """Files of these names, and the same with the JavaScript taken off."""
    return " | ".join([*(f"window.YTD.{name}" for name in names), ""])


def _event(fact: str, native: str, meaning: str = "") -> Capability:
    return event(fact, native, EVIDENCE, meaning)


OWN_POSTS = (
    _event("posts.created_at", "created_at", "UTC, to the second"),
    _event("posts.text", "full_text", "of long posts the beginning"),
    _event("posts.kind", "in_reply_to_status_id_str", "a text that begins with RT @ is a repost"),
    _event("posts.in_reply_to", "in_reply_to_status_id_str"),
    _event("posts.in_reply_to_at", "in_reply_to_status_id_str", "read from the id, which is a clock"),
)
NO_FORMAT = Gap(fact="posts.format", why="The table does not say whether a post carries a photo or a video.")
NOBODY = (
    Gap(
        fact="posts.person", why="The archive holds your own posts only; whom they answer is named, not what was said."
    ),
    UNIT,
)
ARCHIVE_POSTS = Source(
    kind="archive_posts",
    platform="x",
    table="posts",
    title="X archive, posts (data/tweets.js)",
    container="json",
    how_to_get=HOW,
    takes=TAKES,
    minutes=5,
    holds="All posts, replies and reposts of your account, with likes and reposts until the archive was made.",
    signature=Signature(
        root=_named("tweets", "tweet", "community_tweet"),
        any_of=(
            ("tweet.id_str", "tweet.id", "id_str", "id"),
            ("tweet.full_text", "tweet.text", "full_text", "text"),
            ("tweet.created_at", "created_at"),
            ("tweet.retweet_count", "retweet_count"),
        ),
        forbidden=("user", "public_metrics", "tweet.user"),
    ),
    layout=Layout(records=WRAPPED),
    covers=("posts", "post_counts"),
    load="smmetrics_x.readarchive:posts",
    id_clock=CLOCK,
    can=(
        _event("posts.account_id", "account.js", "beside the posts in the zip; else say it"),
        *OWN_POSTS,
        _event("posts.language", "lang"),
        _event("posts.format", "extended_entities.media"),
        Capability(fact="post_counts.likes", native="favorite_count", evidence=EVIDENCE),
        Capability(fact="post_counts.shares", native="retweet_count", evidence=EVIDENCE),
    ),
    cannot=(
        *NOBODY,
        *posts_without("The archive counts likes and reposts only.", "likes", "shares"),
        *accounts_without("The posts of an archive are no daily figures."),
    ),
)
ARCHIVE_TABLE = Source(
    kind="archive_table",
    platform="x",
    advised=False,
    table="posts",
    title="X archive of 2012 to 2018 (tweets.csv)",
    container="csv",
    how_to_get="The zip that Twitter made of your account until 2018; tweets.csv lies at its top. It makes no more.",
    takes="A file saved before 2019: look where your downloads are kept.",
    holds="All posts of your account until then, without counts.",
    signature=Signature(
        required=("tweet_id", "in_reply_to_status_id", "timestamp", "text", "retweeted_status_id"),
        any_of=(("expanded_urls", "source"),),
    ),
    covers=("posts",),
    load="smmetrics_x.readtables:archive",
    id_clock=CLOCK,
    can=OWN_POSTS,
    cannot=(
        *NOBODY,
        NO_FORMAT,
        Gap(fact="posts.account_id", why="The table does not name its account.", would_do="Say it with --account."),
        *posts_without("The old archive holds no counts at all."),
        *accounts_without("The posts of an archive are no daily figures."),
    ),
)
ARCHIVE_ACCOUNT = Source(
    kind="archive_account",
    platform="x",
    table="accounts",
    title="X archive, your account (data/account.js)",
    container="json",
    how_to_get=HOW,
    takes=TAKES,
    holds="The name of your account. E-mail address and phone number in it are not taken.",
    signature=Signature(root=_named("account"), required=("account.username", "account.accountId")),
    layout=Layout(records=WRAPPED),
    covers=("accounts",),
    load="smmetrics_x.readarchive:account",
    can=(_event("accounts.handle", "username"), _event("accounts.name", "accountDisplayName")),
)
ARCHIVE_LIKES = Source(
    kind="archive_likes",
    platform="x",
    table="acts",
    title="X archive, posts you liked (data/like.js)",
    container="json",
    how_to_get=HOW,
    takes=TAKES,
    holds="Which posts your account liked, without a date. What they say is not taken.",
    signature=Signature(root=_named("like"), required=("like.tweetId",)),
    layout=Layout(records=WRAPPED),
    covers=("acts",),
    load="smmetrics_x.readarchive:likes",
    can=(_event("acts.target_id", "tweetId"), _event("acts.act", "like")),
    cannot=(Gap(fact="acts.at", why="The archive does not say when you liked a post."),),
)


def _follows(kind: str, name: str, title: str, holds: str) -> Source:
    return Source(
        kind=kind,
        platform="x",
        table="acts",
        title=title,
        container="json",
        how_to_get=HOW,
        takes=TAKES,
        holds=holds,
        signature=Signature(root=_named(name), required=(f"{name}.accountId",)),
        layout=Layout(records=WRAPPED),
        covers=("acts",),
        load=f"smmetrics_x.readarchive:{kind.removeprefix('archive_')}",
        can=(_event("acts.act", "follow"), _event("acts.account_id", "account.js")),
        cannot=(Gap(fact="acts.at", why="The archive does not say since when somebody follows."),),
    )


ARCHIVE_FOLLOWERS = _follows(
    "archive_followers", "follower", "X archive, who follows you (data/follower.js)",
    "The accounts that follow yours, by number, without a date or name.",
)  # fmt: skip
ARCHIVE_FOLLOWING = _follows(
    "archive_following", "following", "X archive, whom you follow (data/following.js)",
    "The accounts that yours follows, by number, without a date or name.",
)  # fmt: skip


def _left(kind: str, roots: str, title: str, why: str, take: str, *more: str) -> Source:
    """Files of the archive that are known and left alone: what they are called, and names of another make."""
    return Source(
        kind=kind,
        platform="x",
        table="posts",
        title=title,
        container="json",
        how_to_get=HOW,
        takes=take,
        signature=Signature(root=" | ".join([*(f"window.YTD.{name}" for name in roots.split()), *more])),
        layout=Layout(records=WRAPPED),
        refuses=why,
    )


REST = """
account_creation_ip account_label account_suspension account_timezone ad_engagements ad_free_article_visits
ad_impressions ad_mobile_conversions_attributed ad_mobile_conversions_unattributed ad_online_conversions_attributed
ad_online_conversions_unattributed ads_revenue_sharing ageinfo app article article_metadata birdwatch_note
birdwatch_note_rating birdwatch_note_tombstone block branch_links catalog_item commerce_catalog community_note
community_note_api_test_note community_note_batsignal community_note_rating community_note_tombstone
connected_application contact device_token email_address_change expanded_profile grok_chat_item ip_audit key_registry
lists_created lists_member lists_subscribed moment mute ni_devices periscope_account_information
periscope_ban_information periscope_broadcast_metadata periscope_comments_made_by_user periscope_expired_broadcasts
periscope_followers periscope_profile_description personalization phone_number product_drop product_set
professional_data profile protected_history reply_prompt saved_search screen_name_change shop_module shopify_account
smartblock spaces_metadata sso tweetdeck twitter_article twitter_article_metadata twitter_circle twitter_circle_member
twitter_shop user_link_clicks verified verified_organization
"""
LEFT_ALONE = (
    _left(
        "archive_messages",
        "direct_messages direct_messages_group direct_message_headers direct_message_group_headers direct_message_mute "
        "message_event audio_video_calls_in_dm audio_video_calls_in_dm_recipient_sessions twitter_circle_tweet",
        "X archive, direct messages",
        MESSAGES,
        "Nothing: import data/tweets.js for what was said in public.",
    ),
    _left(
        "archive_deleted",
        "deleted_tweets deleted_tweet deleted_tweet_headers deleted_note_tweet tweet_headers",
        "X archive, deleted posts",
        "These are posts that were deleted, or a mere list of numbers: what somebody took back is not counted.",
        "Nothing: import data/tweets.js, which holds the posts that stand.",
    ),
    _left(
        "archive_long",
        "note_tweet",
        "X archive, whole texts of long posts",
        "These are the whole texts of long posts, without their numbers: how each begins, when it was made and what it "
        "gathered stands in tweets.js.",
        "Nothing: import data/tweets.js.",
    ),
    _left(
        "archive_rest",
        REST,
        "X archive, settings, devices, advertisements and the like",
        "This part of the archive holds settings, devices, log-ins, advertisements and the like: nothing that was said "
        "in public or gathered there.",
        "Nothing: tweets.js, like.js, follower.js, following.js and account.js are the parts that count.",
        "window.__THAR_CONFIG",
        "tweet_index",
        "payload_details",
        "user_details",
    ),
)
