"""What feeds can report and what they cannot: the same for all dialects, which differ in where things stand."""

from __future__ import annotations

from dataclasses import replace

from smmetrics.api import Capability, Gap, Layout, Signature, Source
from smmetrics_blogs.claims import event, not_counted
from smmetrics_blogs.sources import STATS

EVIDENCE = "five real feeds (RSS 1.0, RSS 2.0, Atom) of a public reader's tests"
HOW = "The feed's address, often behind the feed sign of the blog or under /feed/; open it and save the page as a file."
TAKES = "No login. A feed holds the newest items only (10 to 100): it has to be saved again and again."
ALONE = "atom_entry"
"""What a document is that is an entry itself (RFC 4287, section 2)."""
WHOLE = "The WordPress export (blogs.wxr) has it."


def _event(fact: str, native: str, meaning: str = "") -> Capability:
    return event(fact, native, EVIDENCE, meaning)


CANNOT = (
    Gap(fact="people.unit", why="A feed does not say which part of an organisation a person belongs to."),
    Gap(fact="posts.in_reply_to_at", why="Ids of blogs are no clocks."),
    Gap(fact="posts.score", why="Feeds have no score of votes up and down.", reason="platform.closed"),
    Gap(fact="posts.language", why="A feed names the language of the site, not of a post."),
    *not_counted("impressions", "viewable_impressions", "engaged_views", "reach", why="A feed does not count readers."),
    *not_counted("clicks", "link_clicks", why="A feed does not count clicks.", would_do=STATS),
    *not_counted("likes", why="A feed does not count likes.", would_do=STATS),
    *not_counted("shares", "quotes", "saves", "sends", why="A feed does not know who shares a post."),
    *not_counted("trackbacks", why="A feed does not count pings.", would_do=WHOLE),
    *not_counted("follows_gained", "profile_visits", why="A feed does not count subscribers.", would_do=STATS),
    *not_counted("media_views", "watch_seconds", why="A feed does not count plays."),
    *(
        Gap(fact=f"account_counts.{name}", why="A feed holds no daily figures of the site.", would_do=STATS)
        for name in ("views", "impressions", "followers", "reach", "likes", "clicks", "gained", "lost")
    ),
)
WRITTEN = (
    _event("posts.account_id", "link of the channel"),
    Capability(
        fact="posts.kind",
        native="guid",
        grain="event",
        meaning="an address that ends in #comment- and a number is a comment, which is a reply",
        evidence=EVIDENCE,
        values=("post", "reply"),
        apart=True,
    ),
    _event("posts.text", "content:encoded, description", "HTML as plain text; often the beginning only"),
    _event("posts.format", "enclosure"),
    _event("posts.visibility", "guid", "a feed is public"),
)
NO_VIEWS = not_counted("views", why="This feed does not count views.", would_do=STATS)
NOBODY = (
    Gap(
        fact="posts.person",
        why="Authors in feeds are mere names, and not taken: posts stand for the blog.",
        would_do=WHOLE,
    ),
    Gap(fact="posts.in_reply_to", why="This feed holds posts, and no comments.", would_do="The feed of the comments."),
)


def _feed(kind: str, title: str, root: str, *, says: tuple[Capability, ...], gaps: tuple[Gap, ...]) -> Source:
    return Source(
        kind=kind,
        platform="blogs",
        table="posts",
        title=title,
        container="xml",
        how_to_get=HOW,
        takes=TAKES,
        minutes=1,
        holds="The newest posts (or comments) of a blog, with their text or its beginning.",
        signature=Signature(
            root=root,
            forbidden=("wp",) if root == "rss" else (),
            any_of=(("channel", "item"),) if root == "RDF" else (),
        ),
        covers=("posts", "post_counts"),
        own=False,
        load="smmetrics_blogs.feed:read",
        can=(*WRITTEN, *says),
        cannot=(*CANNOT, *gaps),
    )


COMMENTS = Capability(
    fact="post_counts.comments",
    native="slash:comments",
    meaning="where the feed says it",
    evidence="RSS 2.0 module slash, as WordPress writes it",
)
RSS = _feed(
    "rss",
    "Feed (RSS 0.9 to 2.0)",
    "rss",
    says=(
        _event("posts.created_at", "pubDate, dc:date"),
        _event("posts.person", "dc:creator", "of comments only; the same name is the same person"),
        _event("posts.in_reply_to", "guid", "of comments, where the address shows the post's number"),
        COMMENTS,
    ),
    gaps=NO_VIEWS,
)
RDF = _feed(
    "rdf",
    "Feed (RSS 1.0, RDF)",
    "RDF",
    says=(_event("posts.created_at", "dc:date"),),
    gaps=(*NO_VIEWS, *NOBODY, *not_counted("comments", why="This dialect does not count comments.", would_do=WHOLE)),
)
ATOM = _feed(
    "atom",
    "Feed (Atom 0.3 and 1.0)",
    "feed",
    says=(
        _event("posts.created_at", "published, issued"),
        Capability(
            fact="post_counts.comments",
            native="thr:total",
            meaning="where the feed says it",
            evidence="Atom threading extension (RFC 4685)",
        ),
        Capability(
            fact="post_counts.views",
            native="media:statistics",
            meaning="feeds of video channels say it",
            evidence=EVIDENCE,
        ),
    ),
    gaps=NOBODY,
)
ENTRY = replace(
    ATOM,
    kind=ALONE,
    title="Entry of a feed, alone (Atom 1.0)",
    how_to_get="The entry's own address, where a blog's program offers one; open it and save the page as a file.",
    takes="No login. A feed (blogs.atom) holds several entries at once.",
    holds="One post of a blog, with its text or its beginning.",
    signature=Signature(root="entry", required=("id", "title", "updated")),
)
JSON = Source(
    kind="json_feed",
    platform="blogs",
    table="posts",
    title="Feed (JSON Feed 1.0 and 1.1)",
    container="json",
    how_to_get=HOW,
    takes=TAKES,
    minutes=1,
    holds="The newest posts of a blog, with their text or its beginning.",
    signature=Signature(
        any_of=(
            ("$.version=https://jsonfeed.org/version/1", "$.version=https://jsonfeed.org/version/1.1"),
            ("content_html", "content_text", "summary", "title", "url"),
        ),
        required=("id",),
    ),
    layout=Layout(records="items[]"),
    covers=("posts", "post_counts"),
    own=False,
    load="smmetrics_blogs.jsonfeed:read",
    can=(
        *(each for each in WRITTEN if each.fact != "posts.kind"),
        Capability(fact="posts.kind", native="items", grain="event", meaning="posts only", values=("post",)),
        _event("posts.created_at", "date_published"),
    ),
    cannot=(*CANNOT, *NO_VIEWS, *NOBODY, *not_counted("comments", why="This dialect does not count comments.")),
)
