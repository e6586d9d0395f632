"""An item or comment of the file to a row of posts: plain values, no frames, nothing stored yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as Tree

from smmetrics_blogs.clock import when
from smmetrics_blogs.people import Signature
from smmetrics_blogs.plain import to_line, to_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from smmetrics_blogs.blog import Blog

TAKEN = frozenset({"post", "page"})
STATUS = {"publish": "published", "future": "scheduled", "private": "private"}
"""Everything else (draft, pending, in the bin) is a draft: nobody can read it."""
PINGS = frozenset({"pingback", "trackback"})
REPLIES = frozenset({"", "comment"})
APPROVED = frozenset({"1", "approve", "approved"})
NOT_APPROVED = {
    "spam": "comments marked as spam",
    "trash": "comments in the bin",
    "post-trashed": "comments in the bin",
}

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """The post or page a comment stands under; known even where the post itself was set aside."""

    post_id: str
    permalink: str
    visibility: str


def fields(tree: object) -> dict[str, str]:
    """Texts of an element's children by local name, the first of each name.

    A feed's own ``content:encoded`` is told from ``excerpt:encoded`` by its name space.
    """
    assert isinstance(tree, Tree)
    found: dict[str, str] = {}
    for child in tree:
        space, _, name = child.tag.rpartition("}")
        key = "excerpt" if name == "encoded" and "excerpt" in space else name
        found.setdefault(key, child.text or "")
    return found


def has_stray_text(tree: object) -> bool:
    """Whether there is text between an element's fields, where no export has any."""
    assert isinstance(tree, Tree)
    return any((text or "").strip() for text in (tree.text, *(child.tail for child in tree)))


def place(blog: Blog, item: Mapping[str, str]) -> Place:
    """Where the comments of an item stand."""
    public = item.get("status", "").strip() == "publish" and not item.get("post_password", "").strip()
    own = number(item)
    post_id = own if own.startswith(("http://", "https://")) else blog.post(own)
    return Place(post_id, item.get("link", "").strip(), "public" if public else "group")


def number(item: Mapping[str, str]) -> str:
    """What an item is called: its number; the address, as in feeds, where a program gives none at all."""
    names = ("post_id",) if "post_id" in item else ("guid", "link")
    return next((told for name in names if (told := item.get(name, "").strip())), "")


def item_row(blog: Blog, item: Mapping[str, str], tree: object, zone: ZoneInfo) -> Row:
    """A post or page. Raises `ValueError` for a date that is none."""
    status = STATUS.get(item.get("status", "").strip(), "draft")
    dated = status in {"published", "private", "scheduled"}
    stamps = item.get("post_date", ""), item.get("post_date_gmt", "")
    moment = when(*stamps, zone, dated=dated, said=item.get("pubDate", ""))
    text, links = to_text(item.get("encoded", ""))
    here = place(blog, item)
    return {
        "platform": "blogs",
        "post_id": here.post_id,
        "account_id": blog.id,
        "created_at": moment.at,
        "created_on": moment.on,
        "created_precision": moment.precision,
        "kind": "post",
        "kind_basis": "field",
        "format": _format(item, tree),
        "in_reply_to": None,
        "root_id": here.post_id,
        "title": to_line(item.get("title", "")) or None,
        "text": text,
        "permalink": here.permalink or None,
        "status": status,
        "links": links,
        "hashtags": _named(tree, "post_tag"),
        "visibility": here.visibility,
    }


def comment_row(blog: Blog, comment: Mapping[str, str], under: Place, zone: ZoneInfo) -> Row:
    """A comment or ping under a post. Raises `ValueError` for a date that is none."""
    moment = when(comment.get("comment_date", ""), comment.get("comment_date_gmt", ""), zone)
    text, links = to_text(comment.get("comment_content", ""))
    number, parent = comment["comment_id"].strip(), comment.get("comment_parent", "").strip()
    ping = comment.get("comment_type", "").strip() in PINGS
    return {
        "platform": "blogs",
        "post_id": blog.comment(number),
        "account_id": None,
        "created_at": moment.at,
        "created_on": moment.on,
        "created_precision": moment.precision,
        "kind": "mention" if ping else "reply",
        "kind_basis": "field",
        "format": None,
        "in_reply_to": None if ping else blog.comment(parent) if parent not in {"", "0"} else under.post_id,
        "root_id": under.post_id,
        "title": None,
        "text": text,
        "permalink": f"{under.permalink}#comment-{number}" if under.permalink else None,
        "status": "published",
        "links": links,
        "hashtags": [],
        "visibility": under.visibility,
    }


def not_taken(comment: Mapping[str, str]) -> str:
    """Why a comment is not taken in, in words for the summary; empty where it is."""
    approved = comment.get("comment_approved", "").strip().lower()
    if approved not in APPROVED:
        return NOT_APPROVED.get(approved, "comments not approved")
    kind = comment.get("comment_type", "").strip()
    return "" if kind in REPLIES | PINGS else f"comments of type {kind}"


def signature(comment: Mapping[str, str]) -> Signature:
    """What a comment says of its writer. A ping is written by a program: it has no person."""
    if comment.get("comment_type", "").strip() in PINGS:
        return Signature()
    return Signature(
        comment.get("comment_user_id", "").strip(),
        comment.get("comment_author_email", "").strip().lower(),
        " ".join(comment.get("comment_author", "").split()),
    )


def _format(item: Mapping[str, str], tree: object) -> str:
    if item.get("post_type", "").strip() == "page":
        return "page"
    slugs = _named(tree, "post_format", "nicename")
    return slugs[0].removeprefix("post-format-") if slugs else "standard"


def _named(tree: object, domain: str, attribute: str = "") -> list[str]:
    """Names (or an attribute) of an item's categories of one domain, each once."""
    assert isinstance(tree, Tree)
    marked = [child for child in tree.iter("category") if child.get("domain") == domain]
    names = [(child.get(attribute, "") if attribute else to_line(child.text or "")).strip() for child in marked]
    return list(dict.fromkeys(name for name in names if name))
