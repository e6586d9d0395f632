"""What a WordPress export can report and what it cannot."""

from __future__ import annotations

from smmetrics.api import Capability, Gap, Signature, Source
from smmetrics_blogs.claims import event, not_counted

EVIDENCE = "WordPress importer test files (WXR 1.1, 1.2) and the theme unit test data"
STATS = "WordPress.com and Jetpack show it on the Stats page; no export of it is read yet."


def _event(fact: str, native: str, meaning: str = "") -> Capability:
    return event(fact, native, EVIDENCE, meaning)


WXR = Source(
    kind="wxr",
    platform="blogs",
    table="posts",
    title="WordPress export (WXR)",
    container="xml",
    how_to_get="WordPress dashboard, Tools, Export, All content, Download Export File.",
    takes="An administrator's login to the blog; the file is made at once.",
    minutes=3,
    holds="Posts and pages with their approved comments. E-mail and IP addresses of commenters are never stored.",
    signature=Signature(root="rss", required=("wp",)),
    covers=("posts", "post_counts"),
    load="smmetrics_blogs.wxr:read",
    can=(
        _event("posts.account_id", "wp:base_blog_url"),
        _event(
            "posts.person",
            "wp:comment_user_id, wp:comment_author_email, dc:creator",
            "a pseudonym; the same e-mail and name are the same person, unproven as on every blog",
        ),
        _event("posts.created_at", "wp:post_date_gmt, wp:comment_date_gmt"),
        _event("posts.kind", "wp:post_type, wp:comment_type", "pingbacks and trackbacks are mentions, never replies"),
        _event("posts.text", "content:encoded, wp:comment_content", "HTML as plain text"),
        _event("posts.in_reply_to", "wp:comment_parent"),
        _event("posts.format", "category domain=post_format"),
        _event("posts.visibility", "wp:status, wp:post_password"),
        Capability(
            fact="post_counts.comments",
            native="wp:comment",
            meaning="approved comments in the file, one's own answers included",
            evidence=EVIDENCE,
        ),
        Capability(fact="post_counts.trackbacks", native="wp:comment", meaning="pingbacks too", evidence=EVIDENCE),
    ),
    cannot=(
        Gap(fact="posts.in_reply_to_at", why="Ids of blog comments are no clocks."),
        Gap(fact="posts.score", why="WordPress has no score of votes up and down.", reason="platform.closed"),
        Gap(fact="posts.language", why="The export names the language of the site, not of a post."),
        Gap(fact="people.unit", why="The export does not say which part of an organisation a person belongs to."),
        *not_counted(
            "views",
            why="The export holds what was written, not how often it was read.",
            would_do=STATS,
        ),
        *not_counted(
            "impressions",
            "viewable_impressions",
            "engaged_views",
            why="Blogs count page views, not impressions, and the export holds neither.",
        ),
        *not_counted("reach", why="The export does not say how many people read a post.", would_do=STATS),
        *not_counted("clicks", "link_clicks", why="Clicks on links are not in the export.", would_do=STATS),
        *not_counted("likes", why="Likes of WordPress.com and Jetpack are not in the export.", would_do=STATS),
        *not_counted(
            "shares",
            "quotes",
            why="WordPress does not see who shares a post.",
            would_do="Trackbacks: other blogs that link to a post.",
        ),
        *not_counted("saves", "sends", why="Bookmarks and mails of readers are not seen by a blog."),
        *not_counted("follows_gained", "profile_visits", why="Subscribers are not in the export.", would_do=STATS),
        *not_counted("media_views", "watch_seconds", why="Plays of media are not in the export."),
        *(
            Gap(fact=f"account_counts.{name}", why="The export holds no daily figures of the site.", would_do=STATS)
            for name in ("views", "impressions", "followers", "reach", "likes", "clicks", "gained", "lost")
        ),
    ),
)
