"""Exports of a WordPress blog: posts, pages and comments in the order of the file, beside things that are neither."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.promises.generated import cells
from tests.promises.generated.dialects import File

if TYPE_CHECKING:
    import random
    from datetime import datetime

HOST = "blog.example.org"
SPACES = {
    "excerpt": "http://wordpress.org/export/{}/excerpt/", "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/", "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/{}/",
}  # fmt: skip
STATUS = {"publish": "published", "private": "private", "draft": "draft", "pending": "draft", "future": "scheduled"}
COUNTED = {"published", "private"}
HELD = ("0", "spam", "trash")


def blog(dice: random.Random) -> File:
    """An export; its newest version writes CDATA where an older one escapes."""
    file = File(name="wordpress.xml", raw=b"", kind="blogs.wxr")
    version = dice.choice(["1.0", "1.1", "1.2"])
    spaces = "".join(f' xmlns:{name}="{where.format(version)}"' for name, where in SPACES.items())
    items, number = [], 0
    for post in range(1, dice.choice([1, 2, 4, 9]) + 1):
        text, number = _item(file, number, post, dice)
        items.append(text)
    newline = dice.choice(["\n", "\r\n"])
    head = f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"{spaces}>\n<channel>\n<title>Acme</title>\n'
    head += f"<link>https://{HOST}</link>\n<pubDate>Fri, 01 Jan 2027 10:00:00 +0000</pubDate>\n"
    head += f"<wp:wxr_version>{version}</wp:wxr_version>\n<wp:base_blog_url>https://{HOST}</wp:base_blog_url>\n"
    text = head + "".join(items) + "</channel>\n</rss>\n"
    mark = dice.choice([b"", b"", b"\xef\xbb\xbf"])
    file.raw = mark + text.replace("\n", newline).encode()
    return file


def _item(file: File, number: int, post: int, dice: random.Random) -> tuple[str, int]:
    """A post or page with its comments, or something that is none; and the number of the last record in it."""
    number += 1
    first, moment, title = number, cells.instant(dice), _title(dice)
    kind, status = dice.choice(["post", "post", "page", "attachment"]), dice.choice([*STATUS, "publish", "publish"])
    fault = dice.choice(["id", "date"]) if dice.random() < 0.04 and kind != "attachment" else ""
    id_ = "" if fault == "id" else str(post)
    said = "yesterday" if fault == "date" else _stamp(moment)
    if fault:
        file.aside.add(number)
    elif kind != "attachment":
        file.kept[number] = {
            "posts.post_id": f"{HOST}/{post}", "posts.title": title, "posts.account_id": HOST,
            "posts.created_at": moment.isoformat(), "posts.status": STATUS[status], "posts.kind": "post",
        }  # fmt: skip
    comments, good = "", 0
    if not fault and kind != "attachment" and STATUS[status] in COUNTED:
        for comment in range(1, dice.choice([0, 0, 1, 3]) + 1):
            number += 1
            comments += _comment(file, number, (post, comment), dice)
            good += number in file.kept
        file.kept[first] |= {"post_counts.comments/total": good, "post_counts.trackbacks/total": 0}
    return (
        f"<item>\n<title>{_written(title, dice)}</title>\n<link>https://{HOST}/?p={post}</link>\n"
        f"<dc:creator>{_written('amira', dice)}</dc:creator>\n<content:encoded>{_written('', dice)}</content:encoded>\n"
        f"<wp:post_id>{id_}</wp:post_id>\n<wp:post_date>{said}</wp:post_date>\n"
        f"<wp:post_date_gmt>{said}</wp:post_date_gmt>\n<wp:status>{status}</wp:status>\n"
        f"<wp:post_type>{kind}</wp:post_type>\n{comments}</item>\n"
    ), number


def _comment(file: File, number: int, ids: tuple[int, int], dice: random.Random) -> str:
    """A comment under a post, or under the first comment of it; one that nobody approved is no record."""
    post, comment = ids
    moment, own = cells.instant(dice), post * 100 + comment
    parent = post * 100 + 1 if comment > 1 and dice.random() < 0.5 else 0
    approved = dice.choice([*HELD, *["1"] * 9])
    said = _stamp(moment)
    if dice.random() < 0.04 and approved == "1":
        said = "some day"
        file.aside.add(number)
    elif approved == "1":
        above = f"{HOST}#comment-{parent}" if parent else f"{HOST}/{post}"
        file.kept[number] = {
            "posts.post_id": f"{HOST}#comment-{own}", "posts.created_at": moment.isoformat(), "posts.kind": "reply",
            "posts.in_reply_to": above, "posts.root_id": f"{HOST}/{post}", "posts.account_id": None,
        }  # fmt: skip
    return (
        f"<wp:comment>\n<wp:comment_id>{own}</wp:comment_id>\n<wp:comment_author>{_written('N', dice)}"
        f"</wp:comment_author>\n<wp:comment_author_email>n{comment}@example.org</wp:comment_author_email>\n"
        f"<wp:comment_date>{said}</wp:comment_date>\n<wp:comment_date_gmt>{said}</wp:comment_date_gmt>\n"
        f"<wp:comment_content>{_written('hm', dice)}</wp:comment_content>\n"
        f"<wp:comment_approved>{approved}</wp:comment_approved>\n<wp:comment_type></wp:comment_type>\n"
        f"<wp:comment_parent>{parent}</wp:comment_parent>\n</wp:comment>\n"
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _title(dice: random.Random) -> str:
    """Words of a title: in one line, without what HTML would take for its own."""
    said = "".join(sign for sign in cells.title(dice)[0] if sign.isprintable() and sign not in "<>&")
    return " ".join(said.split())


def _written(text: str, dice: random.Random) -> str:
    return f"<![CDATA[{text}]]>" if dice.random() < 0.6 else escape(text)
