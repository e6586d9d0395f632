"""All real feeds at hand, against a count with the standard library's XML parser alone."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

FEEDS = sorted((Path(__file__).parents[3] / "shared" / "datasets" / "blogs" / "rbren").glob("*"))
pytestmark = pytest.mark.skipif(not FEEDS, reason="the shared real feeds are not on this machine")

KINDS = {
    "atom-customfields.atom": "blogs.atom",
    "content-encoded.rss": "blogs.rss",
    "feedburner.atom": "blogs.atom",
    "guardian.rss": "blogs.rss",
    "rss-1.rss": "blogs.rdf",
}


def local(element):
    return element.tag.rpartition("}")[2]


def texts(element, *names):
    return next((c.text.strip() for name in names for c in element if local(c) == name and (c.text or "").strip()), "")


def alternate(element):
    for child in element:
        if local(child) == "link" and child.get("rel", "alternate") == "alternate":
            return child.get("href") or (child.text or "").strip()
    return ""


def moment(text):
    return (datetime.fromisoformat(text) if text[:1].isdigit() else parsedate_to_datetime(text)).astimezone(UTC)


class Oracle:
    """What a feed says, in ten lines."""

    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.items = [each for each in root.iter() if local(each) in {"item", "entry"}]
        self.channel = root if local(root) == "feed" else next(each for each in root if local(each) == "channel")

    @property
    def account(self):
        parts = urlsplit(alternate(self.channel))
        return (parts.netloc + parts.path).rstrip("/")


@pytest.fixture(scope="module", params=FEEDS, ids=lambda path: path.name)
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
def rows(result):
    return sorted(result.frames["posts"].to_dicts(), key=lambda row: row["record"])


def test_nothing_is_lost(result, oracle, path):
    assert (result.status, result.kind) == ("read", KINDS[path.name])
    assert (result.records_in, result.kept, result.quarantined) == (len(oracle.items), len(oracle.items), 0)


def test_every_item_is_a_post_of_the_declared_site(rows, oracle):
    assert {row["account_id"] for row in rows} == {oracle.account}
    assert {row["kind"] for row in rows} == {"post"}
    assert {row["person"] for row in rows} == {None}
    assert len({row["post_id"] for row in rows}) == len(rows)


def test_dates_titles_and_addresses_are_the_feeds_own(rows, oracle):
    for row, item in zip(rows, oracle.items, strict=True):
        assert row["created_at"] == moment(texts(item, "pubDate", "published", "date"))
        assert row["title"] == " ".join(html.unescape(texts(item, "title")).split())
        assert row["permalink"] == (texts(item, "origLink") or alternate(item))


def test_the_words_of_the_longest_text_are_there(rows, oracle):
    for row, item in zip(rows, oracle.items, strict=True):
        written = texts(item, "encoded", "content", "description", "summary")
        plain = re.sub(r"(?s)<!--.*?-->|<[^>]+>", " ", written)
        wanted = {word for word in re.findall(r"[A-Za-z]{6,}", html.unescape(plain)) if word in written}
        lacking = {word for word in wanted if word not in row["text"]}
        assert len(lacking) <= len(wanted) // 50, lacking


def test_counts_are_those_the_feed_states_and_no_others(result, oracle):
    stated = {
        int(each.get("views")) for item in oracle.items for each in item.iter() if local(each) == "statistics"
    }  # fmt: skip
    frame = result.frames.get("post_counts")
    shown = set() if frame is None or frame.is_empty() else set(frame["views"].to_list())
    assert shown == stated
    if frame is not None and not frame.is_empty():
        assert frame["comments"].null_count() == frame.height


def test_names_of_authors_are_not_taken(result, oracle):
    people = result.frames.get("people")
    assert people is None or people.is_empty()
    assert oracle.items
