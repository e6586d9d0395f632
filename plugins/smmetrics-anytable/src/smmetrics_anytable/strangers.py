"""Files of places that no plugin reads yet, by what they look like: named when they are refused, with what to do.

Structures are those of the platforms' own documentation and of public readers of these files. What is called private
here holds no numbers and nothing that was said in public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import Layout, Signature, Stranger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api.sources import Container

Names = tuple[str, ...]

MAP = "Its rows go in once you have said what they mean: smmetrics map FILE --platform {platform}."
MANY = "It holds one thing alone: save a list of them as JSON, then smmetrics map FILE."
NOTHING = "Nothing: no metric asks for it."
ABOVE = Layout(find_header=True)
"""Tables below lines of words."""


def _known(
    id_: str,
    title: str,
    asked: Iterable[str | Names] = (),
    *,
    form: Container = "json",
    instead: str = "",
    never: Names = (),
    root: str = "",
    name: str = "",
    layout: Layout | None = None,
) -> Stranger:
    """A kind of file. ``asked``: names that must be there, and groups of which one must; ``instead``: or `map`.

    ``name``: the pattern that the file's name must fit as well, where what is in it is everybody's.
    """
    names = tuple(asked)
    return Stranger(
        id=id_,
        title=title,
        container=form,
        signature=Signature(
            required=tuple(each for each in names if isinstance(each, str)),
            any_of=tuple(each for each in names if not isinstance(each, str)),
            forbidden=never,
            root=root,
            name_pattern=name,
        ),
        layout=layout or Layout(),
        instead=instead or MAP.format(platform=id_.partition("_")[0]),
        private=instead == NOTHING,
    )


def _table(
    id_: str, title: str, *asked: str | Names, instead: str = "", name: str = "", layout: Layout | None = None
) -> Stranger:
    return _known(id_, title, asked, form="csv", instead=instead, name=name, layout=layout)


def _either(*paths: str) -> Names:
    """Names in a record that stands alone, a line each, or in an array."""
    return tuple(f"{before}{path}" for path in paths for before in ("", "[]."))


OPEN = (
    _known("mastodon_outbox", "an outbox of the Fediverse, as a Mastodon archive has it: posts without counts",
           ("type=OrderedCollection", "orderedItems[].type")),
    _known("mastodon_list", "a list of likes or bookmarks of a Mastodon archive",
           ("type=OrderedCollection", "orderedItems"), never=("orderedItems[].type",), instead=NOTHING),
    _known("mastodon_profile", "the profile in a Mastodon archive", ("preferredUsername", "outbox", "inbox"),
           instead=NOTHING),
    _known("mastodon_posts", "an answer of Mastodon's interface: posts",
           (_either("reblogs_count"), _either("favourites_count"), _either("uri", "url"))),
    _known("mastodon_people", "an answer of Mastodon's interface: accounts",
           (_either("acct"), _either("followers_count"), _either("statuses_count")), never=("reblogs_count", "text")),
    _table("mastodon_follows", "a list of Mastodon: accounts that somebody follows or mutes", "Account address",
           ("Show boosts", "Hide notifications", "Notify on new posts"), instead=NOTHING),
    _known("bluesky_posts", "an answer of Bluesky's interface: posts",
           (("feed[].post.record.createdAt", "thread.post.record.createdAt", "posts[].record.createdAt",
             "[].post.record.createdAt", "records[].value.$type=app.bsky.feed.post"),)),
    _known("bluesky_record", "a record of Bluesky", ("uri", "cid", ("value.$type", "value.text")), instead=MANY),
    _known("bluesky_people", "an answer of Bluesky's interface: an account",
           ("did", "handle", "followersCount", "followsCount")),
    _known("reddit_answer", "an answer of Reddit's interface",
           (("kind=Listing", "[].kind=Listing"), ("data.children", "[].data.children"))),
    _known("reddit_dump", "a dump of Reddit's posts or comments",
           (_either("subreddit"), _either("created_utc"), _either("body", "selftext", "title"))),
    _table("reddit_table", "a table of Reddit's posts or comments", "subreddit", "created_utc",
           ("body", "selftext", "title")),
    _table("reddit_own", "a part of what Reddit gives you to download: your posts or comments", "permalink", "date",
           "ip", "subreddit", "gildings"),
    _table("reddit_votes", "a part of what Reddit gives you to download: your votes", "id", "permalink", "direction",
           instead=NOTHING),
    _known("stackexchange_answer", "an answer of Stack Exchange's interface",
           (("items[].question_id", "items[].answer_id", "items[].comment_id"), "items[].creation_date", "quota_max")),
    _known("hackernews_answer", "an answer of Hacker News' search", ("hits[].objectID", "hits[].points", "nbHits")),
    _known("hackernews_item", "an answer of Hacker News' interface", (_either("by"), _either("kids", "descendants"),
           _either("type=story", "type=comment"), _either("time"))),
    _known("discourse_topic", "an answer of Discourse: a topic", ("post_stream.posts[].cooked",)),
    _known("stocktwits_answer", "an answer of StockTwits: messages",
           (("messages[].symbols", "messages[].entities.sentiment"), "messages[].user", "messages[].body")),
    _known("tumblr_answer", "an answer of Tumblr's interface",
           ("response.posts[].note_count", "response.posts[].type")),
    _known("vk_answer", "an answer of VK's interface: posts of a wall",
           ("response.items[].owner_id", "response.items[].reposts.count")),
)  # fmt: skip
META = (
    _table("facebook_posts", "a table of Facebook posts, from Meta Business Suite", "Post ID", "Page ID", "Permalink"),
    _table("instagram_posts", "a table of Instagram posts, from Meta Business Suite", "Post ID", "Account ID",
           "Permalink", ("Account username", "Account name")),
    _table("facebook_insights", "an old export of Facebook Insights: a page by day", "Date",
           ("Lifetime Total Likes", "page_fans:lifetime", "Daily New Likes", "Daily Page Engaged Users"),
           layout=ABOVE),
    _table("facebook_insights_posts", "an old export of Facebook Insights: posts", "Post ID",
           ("Post Message", "Lifetime Post Total Reach", "Lifetime Post Total Impressions"), layout=ABOVE,
           instead=MAP.format(platform="facebook")),
    _table("facebook_card", "a card of Meta Business Suite's insights (Facebook, Instagram)",
           ("Primary", "Facebook Page reach", "Facebook page reach", "Instagram reach"),
           ("Date", "Datum", "Dátum", "Fecha", "Data"), layout=ABOVE),
    _known("facebook_answer", "an answer of Facebook's interface: posts or comments",
           ("data[].created_time", ("data[].permalink_url", "data[].from.id", "data[].shares.count", "data[].reactions",
                                    "data[].message"))),
    _known("facebook_numbers", "an answer of Meta's interface (Facebook, Instagram): insights",
           ("data[].period", ("data[].values[].end_time", "data[].values[].value", "data[].total_value.value")),
           instead="Import Meta Business Suite's tables by a mapping instead: smmetrics map FILE."),
    _known("facebook_own", "a part of what Facebook gives you to download: what you posted, without its numbers",
           (("[].data[].post", "[].attachments[].data[].media.uri", "[].attachments[].data[].external_context",
             "[].attachments[].data[].place", "group_posts_v2[].timestamp", "comments_v2[].timestamp",
             "reactions_v2[].timestamp"),)),
    _known("facebook_messages", "a private conversation of Messenger or Instagram",
           ("participants[].name", "messages[].sender_name", "messages[].timestamp_ms"), instead=NOTHING),
    _known("threads_answer", "an answer of Threads' interface",
           (("data[].media_product_type=THREADS", "media_product_type=THREADS"),)),
    _known("instagram_answer", "an answer of Instagram's interface: posts",
           ("data[].media_type", "data[].timestamp", ("data[].comments_count", "data[].like_count", "data[].caption")),
           never=("data[].media_product_type=THREADS",)),
    _known("instagram_comments", "an answer of Instagram's interface: comments",
           ("data[].text", "data[].timestamp", ("data[].username", "paging.cursors")),
           never=("data[].media_type", "data[].created_at")),
    _known("instagram_own", "a part of what Instagram gives you to download: what you posted, without its numbers",
           (("[].media[].creation_timestamp", "ig_reels_media[].media[].creation_timestamp",
             "ig_stories[].creation_timestamp", "ig_archived_post_media[].media[].creation_timestamp"),)),
    _known("instagram_insights", "a part of what Instagram gives you to download: numbers of your posts",
           (("organic_insights_posts[].string_map_data", "organic_insights_reach[].string_map_data",
             "organic_insights_interactions[].string_map_data", "organic_insights_audience[].string_map_data"),),
           instead="Import Meta Business Suite's table of posts by a mapping instead; these labels are translated."),
    _known("instagram_lists", "a part of what Instagram gives you to download: followers, likes, comments, settings",
           (("[].string_list_data", "relationships_following[].string_list_data", "[].string_map_data",
             "likes_media_likes[].string_list_data", "comments_reels_comments[].string_map_data",
             "relationships_unfollowed_users[].string_list_data"),), instead=NOTHING),
)  # fmt: skip
OFFICE = (
    _table("linkedin_shares", "a part of what LinkedIn gives you to download: what you shared, without its numbers",
           "Date", "ShareLink", "ShareCommentary"),
    _table("linkedin_connections", "a part of what LinkedIn gives you to download: your connections", "First Name",
           "Last Name", "Connected On", layout=ABOVE, instead=NOTHING),
    _table("linkedin_comments", "a part of what LinkedIn gives you to download: what you commented", "Date", "Link",
           "Message", name=r"(?i)comments", instead=NOTHING),
    _table("linkedin_reactions", "a part of what LinkedIn gives you to download: your reactions", "Date", "Type",
           "Link", name=r"(?i)reactions", instead=NOTHING),
    _table("linkedin_messages", "a part of what LinkedIn gives you to download: private messages", "CONVERSATION ID",
           "FROM", "CONTENT", instead=NOTHING),
    _table("linkedin_posts", "a table of a LinkedIn page's posts", "Created date", ("Update link", "Post link"),
           ("Impressions", "Clicks"), layout=ABOVE),
    _table("linkedin_days", "a table of a LinkedIn page's posts by day", "Date", "Impressions (organic)",
           ("Clicks (total)", "Clicks (organic)", "Reactions (total)"), layout=ABOVE),
    _table("linkedin_visitors", "a table of visitors to a LinkedIn page", "Date", ("Total page views (total)",
           "Overview page views (total)", "Total unique visitors (total)"), layout=ABOVE),
    _table("linkedin_followers", "a table of a LinkedIn page's new followers", "Date", "Organic followers",
           "Sponsored followers", layout=ABOVE),
    _table("linkedin_creator", "a table of a LinkedIn member's posts", "Post URL", "Post Publish Date",
           ("Impressions", "Engagements"), layout=ABOVE),
    _known("linkedin_answer", "an answer of LinkedIn's interface",
           (("elements[].totalShareStatistics", "elements[].followerGains", "elements[].organizationalEntity"),)),
    _known("slack_day", "a day of a channel, from a Slack export",
           ("[].type=message", "[].ts", ("[].user", "[].bot_id", "[].username"))),
    _known("slack_answer", "an answer of Slack's interface: messages", ("messages[].type=message", "messages[].ts")),
    _known("mattermost_posts", "an answer of Mattermost's interface: posts", ("order", "posts", "next_post_id"),
           instead=MANY),
    _known("slack_people", "the list of people of a Slack export", ("[].team_id", "[].profile", "[].real_name"),
           instead=NOTHING),
    _known("slack_channels", "the list of channels of a Slack export", ("[].creator", "[].members", "[].is_archived"),
           instead=NOTHING),
    _known("yammer_answer", "an answer of Yammer's interface (Viva Engage)",
           ("messages[].replied_to_id", "messages[].thread_id", "messages[].sender_id")),
    _table("yammer_messages", "the messages of an export of Yammer (Viva Engage)", "thread_id", "replied_to_id",
           "sender_id", "body"),
)  # fmt: skip
OTHERS = (
    _table("tiktok_posts", "a table of TikTok videos, from TikTok Studio", "Video title", "Video link", "Post time",
           ("Total views", "Total likes")),
    _table("tiktok_days", "a table of a TikTok account by day, from TikTok Studio", "Date", "Video Views",
           "Profile Views", "Likes", "Comments", "Shares",
           instead="Its days bear no year: put it before each, then smmetrics map FILE --platform tiktok."),
    _table("tiktok_followers", "a table of a TikTok account's followers by day, from TikTok Studio", "Date",
           "Followers", "Difference in followers from previous day",
           instead="Its days bear no year: put it before each, then smmetrics map FILE --platform tiktok."),
    _known("tiktok_own", "what TikTok gives you to download: what you posted, watched and wrote, without its numbers",
           (("Activity.Video Browsing History", "Activity.Favorite Videos", "Your Activity.Watch History",
             "Your Activity.Activity Summary", "Likes and Favorites.Favorite Videos", "Profile.Profile Information",
             "Profile And Settings.Profile Info", "Post.Posts.VideoList", "Video.Videos.VideoList"),),
           instead="Import TikTok Studio's tables by a mapping instead: they have the numbers."),
    _known("tiktok_answer", "an answer of TikTok's interface: videos",
           ("data.videos[].share_count", "data.videos[].view_count")),
    _known("discord_channel", "a channel of Discord, as DiscordChatExporter saves it",
           ("guild.id", "channel.id", "messages[].author")),
    _known("discord_answer", "an answer of Discord's interface: messages",
           ("[].author.discriminator", "[].timestamp", "[].content")),
    _table("discord_own", "a part of what Discord gives you to download: your own messages", "ID", "Timestamp",
           "Contents", "Attachments", instead=NOTHING),
    _known("telegram_answer", "an answer of Telegram's interface for bots",
           (("result[].message.chat.id", "result[].channel_post.chat.id"),)),
    _known("telegram_chat", "a chat or channel, as Telegram Desktop saves it",
           ("type", "messages[].date", ("messages[].date_unixtime", "messages[].from_id", "messages[].text_entities"))),
    _known("flickr_photo", "a photo of what Flickr gives you to download", ("count_views", "count_faves", "photopage")),
    _known("flickr_answer", "an answer of Flickr's interface",
           ("stat=ok", ("comments.photo_id", "photos.photo", "photo.dateuploaded"))),
    _known("flickr_rest", "an answer of Flickr's interface", (), form="xml", root="rsp",
           instead="Save it as JSON (format=json&nojsoncallback=1), then smmetrics map FILE --platform flickr."),
    _known("pinterest_answer", "an answer of Pinterest's interface: pins", ("items[].board_id", "items[].created_at")),
    _known("medium_answer", "an answer of Medium", (("payload.posts[].virtuals", "payload.value.virtuals"),)),
    _table("pinterest_days", "a table of a Pinterest account by day", "Date", "Impressions", "Saves", "Pin clicks"),
    _table("google_searches", "a table of Google's Search Console", "Clicks", "Impressions", "CTR", "Position"),
    _known("stackexchange_dump", "a part of Stack Exchange's data dump", ("row",), form="xml", root="posts",
           instead="Save the answers of its interface for what you look for as JSON, then smmetrics map FILE."),
    _known("disqus_export", "an export of Disqus: comments", (), form="xml", root="disqus",
           instead="Import them into the blog, and import the blog's own export (WordPress: Tools, Export)."),
    _known("tumblr_export", "an export of Tumblr", (), form="xml", root="tumblr",
           instead="Import the blog's feed instead (its address with /rss behind it)."),
)  # fmt: skip
STRANGERS = (*META, *OPEN, *OFFICE, *OTHERS)
