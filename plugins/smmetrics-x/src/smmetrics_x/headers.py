"""What collectors of posts call their columns: no two agree, and each is consistent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "permalink", "link", "tweet_url", "tweeturl", "tweet url", "tweet link"),
    "id": ("id_str", "id", "tweet_id", "status_id", "tweetid", "tweet id"),
    "at": (
        "created_at",
        "date",
        "datetime",
        "timestamp",
        "createdat",
        "tweet_created",
        "creation_date",
        "utc",
        "created at",
        "created",
    ),
    "text": ("text", "content", "rawcontent", "full_text", "renderedcontent", "tweet", "tweet_text", "fulltext"),
    "user": (
        "user",
        "username",
        "screen_name",
        "user.username",
        "user_username",
        "handle",
        "author",
        "user_screen_name",
        "author.username",
        "screen name",
        "screenname",
    ),
    "number": ("author_id", "author.id"),
    "comments": (
        "replies",
        "replycount",
        "reply_count",
        "replies_count",
        "public_metrics.reply_count",
        "public_metrics_reply_count",
        "comments",
    ),
    "shares": (
        "retweets",
        "retweetcount",
        "retweet_count",
        "retweets_count",
        "reposts",
        "public_metrics.retweet_count",
        "public_metrics_retweet_count",
    ),
    "likes": (
        "favorites",
        "likes",
        "likecount",
        "favorite_count",
        "like_count",
        "likes_count",
        "favoritecount",
        "public_metrics.like_count",
        "public_metrics_like_count",
    ),
    "quotes": ("quotecount", "quote_count", "quotes", "public_metrics.quote_count", "public_metrics_quote_count"),
    "impressions": (
        "viewcount",
        "view_count",
        "impression_count",
        "views",
        "public_metrics.impression_count",
        "public_metrics_impression_count",
    ),
    "answers": (
        "in_reply_to_status_id",
        "in_reply_to_status_id_str",
        "inreplytotweetid",
        "reply_to_status_id",
        "referenced_tweets.replied_to.id",
        "replytosid",
    ),
    "reposted": ("referenced_tweets.retweeted.id", "retweet_status_id", "retweeted_status_id", "retweet_id"),
    "quoted": ("referenced_tweets.quoted.id", "quoted_status_id", "quote_id"),
    "root": ("conversationid", "conversation_id"),
    "language": ("lang", "language"),
}
AUTHORS = ("user_id", "userid", "user_id_str", "user.id")
"""The number of the author, asked for where a table has no handles: spreadsheets round it, and handles stay whole."""
SURELY = (
    "tweet_id",
    "tweetid",
    "tweet id",
    "tweet_url",
    "tweeturl",
    "tweet url",
    "tweet link",
    "status_id",
    "replytosid",
)
"""What only a table of X's posts has: asked for where nothing was counted, as posts of all platforms are alike then."""
