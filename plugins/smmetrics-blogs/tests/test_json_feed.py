"""JSON Feeds: the same posts as the blog's other feeds, in other words."""

import json
from datetime import UTC, datetime

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

HEAD = {"version": "https://jsonfeed.org/version/1.1", "title": "Acme", "home_page_url": "https://blog.example.org/"}
ITEM = {"id": "https://blog.example.org/?p=7", "url": "https://blog.example.org/t/", "content_html": "<p>a<br>b</p>"}


@pytest.fixture
def read(tmp_path):
    reader = reader_of("smmetrics_blogs", tmp_path)

    def reading(*items, head=None, raw=None):
        path = tmp_path / "feed.json"
        path.write_bytes(raw or json.dumps({**(head or HEAD), "items": list(items)}).encode())
        return reader.read(path, Answers(zone="Europe/Berlin"))

    return reading


def only(result):
    assert (result.status, result.kind, result.kept) == ("read", "blogs.json_feed", 1), result.reason
    (row,) = result.frames["posts"].to_dicts()
    return row


def test_a_post_is_the_same_as_in_the_other_feeds(read):
    row = only(read({**ITEM, "title": "T", "date_published": "2024-05-03T10:00:00+02:00", "tags": ["x", "x", 3]}))
    assert (row["post_id"], row["account_id"], row["title"]) == ("blog.example.org/7", "blog.example.org", "T")
    assert (row["permalink"], row["kind"], row["hashtags"]) == ("https://blog.example.org/t/", "post", ["x"])
    assert row["created_at"] == datetime(2024, 5, 3, 8, tzinfo=UTC)
    assert "a" in row["text"]
    assert "<" not in row["text"]


@pytest.mark.parametrize(("id_", "post_id"), [(17, "blog.example.org/17"), ("tag:a,1", "tag:a,1")])
def test_an_id_may_be_a_number(read, id_, post_id):
    assert only(read({**ITEM, "id": id_}))["post_id"] == post_id


def test_older_feeds_and_plain_texts_are_read(read):
    head = {**HEAD, "version": "https://jsonfeed.org/version/1"}
    row = only(read({"id": "a", "content_text": "x < y", "attachments": [{"mime_type": "audio/mpeg"}]}, head=head))
    assert (row["text"], row["format"]) == ("x < y", "audio")


def test_without_a_home_page_the_blog_is_that_of_its_items(read):
    assert only(read(ITEM, head={**HEAD, "home_page_url": None}))["account_id"] == "blog.example.org"


def test_what_is_no_date_is_set_aside_and_a_feed_that_breaks_off_keeps_its_whole_items(read):
    result = read(ITEM, {**ITEM, "id": "2", "date_published": "soon"})
    assert (result.kept, result.quarantine["reason"].to_list()) == (1, ["not_a_date"])
    raw = json.dumps({**HEAD, "items": [ITEM, {**ITEM, "id": "2"}]}).encode()
    cut = read(raw=raw[:-40])
    assert (cut.status, cut.kept, cut.quarantined) == ("read", 1, 1)


def test_another_json_with_items_is_none(read):
    assert read(ITEM, head={"version": "1.1", "title": "x"}).status == "refused"
