"""All real WordPress exports at hand, against a count with the standard library's XML parser alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of
from smmetrics.workspace import init

BLOGS = Path(__file__).parents[3] / "shared" / "datasets" / "blogs"
FILES = sorted(BLOGS.glob("w*/*.xml"))
pytestmark = pytest.mark.skipif(not FILES, reason="the shared real exports are not on this machine")


def local(element):
    return element.tag.rpartition("}")[2]


def values(element):
    found = {}
    for child in element:
        found.setdefault(local(child), (child.text or "").strip())
    return found


def stamp(text):
    return None if not text or text.startswith("0000") else datetime.fromisoformat(text).replace(tzinfo=UTC)


class Oracle:
    """intake.md's rules in fifty lines: what a record is, who wrote it, what it answers."""

    def __init__(self, path):
        channel = ET.parse(path).getroot().find("channel")
        self.authors = [values(child) for child in channel if local(child) == "author"]
        self.items, self.comments, self.not_taken = [], [], Counter()
        for item in channel.iter("item"):
            fields = values(item)
            comments = [values(child) for child in item if local(child) == "comment"]
            if fields["post_type"] not in {"post", "page"}:
                self.not_taken["items"] += 1
                self.not_taken["comments"] += len(comments)
                continue
            self.items.append(fields)
            for comment in comments:
                if comment["comment_approved"] == "1":
                    self.comments.append({**comment, "under": fields["post_id"]})
                else:
                    self.not_taken["comments"] += 1

    @property
    def replies(self):
        return [each for each in self.comments if each["comment_type"] in {"", "comment"}]

    @property
    def author_users(self):
        by_email = {each["author_email"].lower(): each["author_login"] for each in self.authors}
        users = {each["author_id"]: each["author_login"] for each in self.authors if each.get("author_id")}
        for each in self.comments:
            login = by_email.get(each["comment_author_email"].lower())
            if login and each["comment_user_id"] != "0":
                users.setdefault(each["comment_user_id"], login)
        return by_email, users

    def person(self, comment):
        by_email, users = self.author_users
        user, email = comment["comment_user_id"], comment["comment_author_email"].lower()
        if user != "0":
            return ("author", users[user]) if user in users else ("user", user)
        if email in by_email:
            return ("author", by_email[email])
        return ("said", email, comment["comment_author"]) if email or comment["comment_author"] else None

    def first_replies(self):
        """From a post to the first reply by another person; a reply dated before its root leaves."""
        found = defaultdict(list)
        writer = {each["post_id"]: ("author", each["creator"]) for each in self.items}
        created = {each["post_id"]: stamp(each["post_date_gmt"]) for each in self.items}
        for reply in self.replies:
            who, root = self.person(reply), reply["under"]
            if who is None or who == writer[root] or created[root] is None:
                continue
            wait = stamp(reply["comment_date_gmt"]) - created[root]
            if wait >= timedelta(0):
                found[root].append(wait)
        return {root: min(waits) for root, waits in found.items()}


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.name)
def path(request):
    return request.param


@pytest.fixture(scope="module")
def oracle(path):
    return Oracle(path)


@pytest.fixture(scope="module")
def result(path, tmp_path_factory):
    reader = reader_of("smmetrics_blogs", tmp_path_factory.mktemp("copies"))
    return reader.read(path, Answers())


@pytest.fixture(scope="module")
def posts(result):
    return result.frames["posts"] if "posts" in result.frames else pl.DataFrame()


def test_nothing_is_lost(result, oracle):
    records = len(oracle.items) + len(oracle.comments)
    assert (result.status, result.records_in, result.kept, result.quarantined) == ("read", records, records, 0)
    assert sum(result.not_taken.values()) == sum(oracle.not_taken.values())


def test_posts_and_comments_per_month_equal_the_files_own(posts, oracle):
    if posts.is_empty():
        assert not oracle.items
        return
    expected = Counter(("post", each["post_date_gmt"][:7]) for each in oracle.items if stamp(each["post_date_gmt"]))
    expected += Counter(
        ("mention" if each["comment_type"] else "reply", each["comment_date_gmt"][:7]) for each in oracle.comments
    )
    dated = posts.filter(pl.col("created_at").is_not_null())
    shown = dated.select("kind", pl.col("created_at").dt.strftime("%Y-%m")).rows()
    assert Counter(shown) == expected


def test_who_wrote_what_is_told_apart_as_the_rules_say(posts, oracle):
    replies = {f"#comment-{each['comment_id']}": oracle.person(each) for each in oracle.replies}
    if posts.is_empty():
        assert not replies
        return
    rows = posts.filter(kind="reply").select("post_id", "person").rows()
    shown = {post[post.index("#") :]: person for post, person in rows}
    pairs = {(replies[comment], shown[comment]) for comment in replies}
    assert shown.keys() == replies.keys()
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def test_comments_of_authors_are_ours(posts, oracle):
    ours = {f"#comment-{each['comment_id']}" for each in oracle.replies if (oracle.person(each) or [""])[0] == "author"}
    if posts.is_empty():
        assert not ours
        return
    shown = posts.filter(pl.col("kind") == "reply", pl.col("account_id").is_not_null())["post_id"]
    assert {post[post.index("#") :] for post in shown} == ours


def test_comment_counts_are_exact(result, oracle):
    if not oracle.items:
        assert "post_counts" not in result.frames or result.frames["post_counts"].is_empty()
        return
    expected = Counter(each["under"] for each in oracle.replies)
    shown = result.frames["post_counts"].select("post_id", "comments").rows()
    assert {post.rpartition("/")[2]: n for post, n in shown if n} == expected


def test_first_reply_times_equal_a_count_by_the_rules(path, oracle, tmp_path):
    workspace = init(tmp_path)
    workspace.import_(path)
    threads = workspace.table("threads", columns=["post_id", "created_at", "replied_at"])
    waits = {
        post.rpartition("/")[2]: replied - created
        for post, created, replied in threads.select("post_id", "created_at", "replied_at").rows()
        if replied is not None
    }
    assert waits == oracle.first_replies()


def test_neither_email_nor_address_nor_name_of_a_commenter_is_kept(result, oracle):
    said = " ".join(
        frame.select(pl.exclude("text", "title", "links").cast(pl.String, strict=False)).write_csv()
        if not any(kind.is_nested() for kind in frame.schema.values())
        else str(frame.to_dicts())
        for frame in result.frames.values()
    )
    logins = {each["author_login"] for each in oracle.authors}
    for comment in oracle.comments:
        for secret in (comment["comment_author_email"], comment["comment_author_IP"]):
            assert not secret or secret not in said
        if comment["comment_author"] not in logins:
            assert comment["comment_author"] not in result.frames["people"].select("handle", "display_name").write_csv()
