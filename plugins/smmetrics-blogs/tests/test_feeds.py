"""Feeds in all their dialects: what an item is, whose it is, and when it was written."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

HEAD = '<rss version="2.0" xmlns:dc="d" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Acme</title><link>https://blog.example.org</link>'
FOOT = "</channel></rss>"
GUID = '<guid isPermaLink="false">https://blog.example.org/?p=7</guid>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><link href="https://blog.example.org/"/>'


@pytest.fixture
def read(tmp_path):
    reader = reader_of("smmetrics_blogs", tmp_path)

    def reading(text, **answers):
        path = tmp_path / "feed.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader.read(path, Answers(**answers))

    return reading


def rss(*items, head=HEAD):
    return head + "".join(f"<item>{item}</item>" for item in items) + FOOT


def one(result, table="posts"):
    assert (result.status, result.kept) == ("read", 1)
    (row,) = result.frames[table].to_dicts()
    return row


def test_a_post_of_a_feed_is_the_post_of_the_export(read):
    row = one(read(rss(f"<title>T &amp;amp; t</title><link>https://blog.example.org/t/</link>{GUID}")))
    assert (row["post_id"], row["account_id"], row["title"]) == ("blog.example.org/7", "blog.example.org", "T & t")
    assert (row["kind"], row["person"], row["permalink"]) == ("post", None, "https://blog.example.org/t/")


@pytest.mark.parametrize(
    ("guid", "post_id"),
    [
        ("<guid>https://blog.example.org/a/</guid>", "https://blog.example.org/a/"),
        ('<guid isPermaLink="false">https://other.example/?p=7</guid>', "https://other.example/?p=7"),
        ("<guid>tag:x,2026:1</guid>", "tag:x,2026:1"),
        ("<guid>17</guid>", "blog.example.org/17"),
        ("<link>https://blog.example.org/b/</link>", "https://blog.example.org/b/"),
        ("<guid>http://blog.example[.org/</guid>", "blog.example.org/http://blog.example[.org/"),
    ],
)
def test_an_item_keeps_the_name_it_has_world_wide(read, guid, post_id):
    assert one(read(rss(guid + "<title>T</title>")))["post_id"] == post_id


def test_an_item_that_says_nothing_is_set_aside(read):
    result = read(rss(GUID, "<pubDate>Mon, 09 Apr 2018 18:55:38 GMT</pubDate>"))
    assert (result.kept, result.quarantined) == (1, 1)
    assert result.quarantine["reason"].to_list() == ["missing_key"]


def test_items_without_id_and_address_are_known_by_what_they_say(read):
    said = [f"<description>Day {day}</description>" for day in (1, 2, 3)]
    older, newer = read(rss(said[1], said[0], said[0])), read(rss(said[2], said[1], said[0]))
    assert [each.kept for each in (older, newer)] == [3, 3]
    first, second = (dict(each.frames["posts"].select("text", "post_id").rows()) for each in (older, newer))
    assert older.frames["posts"]["post_id"].n_unique() == 3
    assert second["Day 2"] == first["Day 2"]
    assert second["Day 1"] in older.frames["posts"]["post_id"].to_list()
    assert all(each.startswith("blog.example.org/") for each in second.values())
    assert "3 items bear neither id nor address" in " ".join(newer.messages)


@pytest.mark.parametrize(
    ("written", "at", "on", "precision"),
    [
        ("<pubDate>Mon, 09 Apr 2018 18:55:38 GMT</pubDate>", datetime(2018, 4, 9, 18, 55, 38, tzinfo=UTC), date(2018, 4, 9), "instant"),
        ("<pubDate>mar., 24 févr. 2015 08:00:00 GMT</pubDate>", datetime(2015, 2, 24, 8, tzinfo=UTC), date(2015, 2, 24), "instant"),
        ("<pubDate>mer. 08 juil. 2020 10:00:00 +0200</pubDate>", datetime(2020, 7, 8, 8, tzinfo=UTC), date(2020, 7, 8), "instant"),
        ("<pubDate>Di, 10 Mai 2022 08:00:00 +0200</pubDate>", datetime(2022, 5, 10, 6, tzinfo=UTC), date(2022, 5, 10), "instant"),
        ("<pubDate>9 Apr 2018 23:30:00 -0700</pubDate>", datetime(2018, 4, 10, 6, 30, tzinfo=UTC), date(2018, 4, 9), "instant"),
        ("<pubDate>Mon, 09 Apr 2018 18:55:38 EST</pubDate>", datetime(2018, 4, 9, 23, 55, 38, tzinfo=UTC), date(2018, 4, 9), "instant"),
        ("<dc:date>2018-04-09T18:55:38+02:00</dc:date>", datetime(2018, 4, 9, 16, 55, 38, tzinfo=UTC), date(2018, 4, 9), "instant"),
        ("<dc:date>2018-04-09</dc:date>", None, date(2018, 4, 9), "day"),
        ("<dc:date>2018-04-09T18:00:00</dc:date>", datetime(2018, 4, 9, 16, tzinfo=UTC), date(2018, 4, 9), "instant"),
        ("", None, None, "none"),
    ],
)  # fmt: skip
def test_dates_are_what_the_feed_shows(read, written, at, on, precision):
    row = one(read(rss(GUID + written), zone="Europe/Berlin"))
    assert (row["created_at"], row["created_on"], row["created_precision"]) == (at, on, precision)


def test_a_date_that_is_none_costs_its_item_only(read):
    result = read(rss(GUID, "<guid>u:2</guid><pubDate>soon</pubDate>"))
    assert (result.kept, result.quarantined) == (1, 1)
    assert result.quarantine.select("column", "reason").rows() == [("pubDate", "not_a_date")]


@pytest.mark.parametrize(
    ("counted", "number"), [("<slash:comments>0</slash:comments>", 0), ("<slash:comments>12</slash:comments>", 12)]
)
def test_comments_are_counted_where_the_feed_says_so(read, counted, number):
    row = one(read(rss(f"{GUID}<comments>https://blog.example.org/t/#comments</comments>{counted}")), "post_counts")
    assert (row["comments"], row["views"]) == (number, None)


def test_without_counts_nothing_is_counted(read):
    result = read(rss(GUID))
    assert "post_counts" not in result.frames or result.frames["post_counts"].is_empty()


def test_a_comment_answers_the_post_whose_number_its_address_shows(read):
    known = '<guid isPermaLink="false">https://blog.example.org/?p=7#comment-5</guid><dc:creator>Mira</dc:creator>'
    unknown = '<guid isPermaLink="false">https://blog.example.org/t/#comment-6</guid><dc:creator>Mira</dc:creator>'
    first, second = read(rss(known, unknown)).frames["posts"].to_dicts()
    assert (first["post_id"], first["kind"], first["in_reply_to"]) == (
        "blog.example.org#comment-5",
        "reply",
        "blog.example.org/7",
    )
    assert (second["kind"], second["in_reply_to"], first["account_id"]) == ("reply", None, None)
    assert first["person"] == second["person"] is not None


def test_names_of_writers_are_nowhere(read):
    text = rss(
        f"{GUID}<dc:creator>Very Secret</dc:creator>", "<guid>u#comment-1</guid><dc:creator>Also Secret</dc:creator>"
    )
    said = str([frame.to_dicts() for frame in read(text).frames.values()])
    assert "Secret" not in said


def test_the_text_is_the_longest_the_feed_has_and_media_are_no_text(read):
    item = f"{GUID}<media:title>no</media:title><description>short</description><content:encoded><![CDATA[<p>long &amp; whole</p>]]></content:encoded>"
    assert one(read(rss(item)))["text"] == "long & whole"


def test_prefixes_nobody_declared_and_words_of_html_are_read(read):
    item = f"{GUID}<title>caf&eacute;&nbsp;</title><slash:comments>3</slash:comments><content:encoded>x\x03y</content:encoded>"
    result = read(rss(item, head=HEAD.replace(' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"', "")))
    assert one(result)["title"] == "café"
    assert "slash" in " ".join(result.messages)
    assert "1 control" in " ".join(result.messages)
    assert result.frames["post_counts"]["comments"].to_list() == [3]


def test_atom_links_and_texts_of_every_type(read):
    entries = (
        '<entry><id>tag:x,1</id><link rel="self" href="https://x.example/self"/><link href="https://x.example/a"/>'
        '<title type="html">a &amp;lt;b&amp;gt;</title><published>2020-01-02T03:04:05Z</published>'
        '<updated>2021-01-01T00:00:00Z</updated><content type="xhtml"><div><p>one</p></div></content></entry>'
        '<entry><id>tag:x,2</id><updated>2020-01-03T00:00:00Z</updated><summary type="text">1 &lt; 2</summary></entry>'
    )
    first, second = read(f"{ATOM}{entries}</feed>").frames["posts"].to_dicts()
    assert (first["permalink"], first["text"], first["created_at"].year) == ("https://x.example/a", "one", 2020)
    assert (second["text"], second["created_at"]) == ("1 < 2", datetime(2020, 1, 3, tzinfo=UTC))


def test_atom_0_3_is_read_like_its_successor(read):
    old = '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>A</title><link rel="alternate" href="https://blog.example.org/"/>'
    entry = '<entry><id>tag:x,1</id><issued>2004-01-02T03:04:05+01:00</issued><content mode="escaped">&lt;p&gt;t&lt;/p&gt;</content></entry>'
    row = one(read(f"{old}{entry}</feed>"))
    assert (row["created_at"], row["text"]) == (datetime(2004, 1, 2, 2, 4, 5, tzinfo=UTC), "t")


def test_rss_0_91_with_its_document_type_is_read(read):
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.org/rss-0.91.dtd">'
    text = f'<?xml version="1.0"?>{doctype}' + rss("<title>T</title><link>https://blog.example.org/t</link>").replace(
        "2.0", "0.91"
    )
    assert one(read(text))["post_id"] == "https://blog.example.org/t"


@pytest.mark.parametrize(
    ("link", "whole"), [("https://blog.example.org", True), ("https://site.example/tag/food", False)]
)
def test_a_feed_covers_its_days_and_a_part_of_a_site_never_wholly(read, link, whole):
    dates = [datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=n) for n in (0, 4, 9)]
    items = [f"<guid>u:{at.day}</guid><pubDate>{at:%d %b %Y %H:%M:%S} +0000</pubDate>" for at in dates]
    result = read(rss(*items, head=HEAD.replace("https://blog.example.org", link)))
    spans = result.frames["spans"].sort("start").select("start", "end", "complete").rows()
    assert spans == [
        (date(2026, 1, 1), date(2026, 1, 2), False),
        (date(2026, 1, 2), date(2026, 1, 10), whole),
        (date(2026, 1, 10), date(2026, 1, 11), False),
    ]


def test_whether_a_feed_is_ours_is_not_decided_by_the_file(read):
    assert one(read(rss(GUID)), "accounts")["kind"] is None


def test_a_time_with_an_odd_zone_keeps_its_day(read):
    shown = datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=13)))
    row = one(read(rss(f"{GUID}<pubDate>{shown:%d %b %Y %H:%M:%S %z}</pubDate>")))
    assert (row["created_on"], row["created_at"]) == (date(2026, 3, 1), datetime(2026, 2, 28, 11, 30, tzinfo=UTC))


def blogger(sort, more=""):
    kind = f'<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{sort}"/>'
    named = f"<id>tag:blogger.com,1999:blog-1.{sort}-{len(more)}</id><published>2024-01-02T10:00:00Z</published>"
    return f"<entry>{named}{kind}<category term='tea'/><title>T</title><content>x</content>{more}</entry>"


def test_settings_and_templates_of_a_blogger_export_are_no_posts_and_drafts_are_not_out(read):
    draft = blogger("post", "<control><draft>yes</draft></control>")
    result = read(ATOM + blogger("settings") + blogger("template") + blogger("post") + draft + "</feed>")

    posts = result.frames["posts"]
    assert (result.status, result.kept, result.quarantined) == ("read", 2, 0)
    assert sorted(posts["status"].to_list()) == ["draft", "published"]
    assert posts["hashtags"].to_list() == [["tea"], ["tea"]]
    assert result.not_taken == {"settings": 1, "template": 1}
    assert not any("newest items only" in message for message in result.messages)


ENTRY = (
    "<id>tag:blog.example.org,2026:7</id><title>T</title><link href='https://blog.example.org/t/'/>"
    "<published>2026-03-01T09:00:00Z</published><updated>2026-03-09T09:00:00Z</updated><content>One.</content>"
)


@pytest.mark.parametrize("form", ["<entry xmlns='{0}'>{1}</entry>", "<a:entry xmlns:a='{0}' xmlns='{0}'>{1}</a:entry>"])
def test_an_entry_alone_is_that_of_its_feed_and_says_nothing_of_other_days(read, form):
    alone = read(form.format("http://www.w3.org/2005/Atom", ENTRY))
    within = read(f"{ATOM}<entry>{ENTRY}</entry></feed>")
    assert (alone.kind, within.kind, alone.messages) == ("blogs.atom_entry", "blogs.atom", ())
    for name in ("post_id", "account_id", "created_at", "text", "permalink"):
        assert one(alone)[name] == one(within)[name]
    spans = alone.frames["spans"]
    assert (spans["start"].to_list(), spans["complete"].to_list()) == ([date(2026, 3, 1)], [False])


def test_an_entry_of_something_else_is_no_post(read):
    assert read("<entry><id>1</id><title>Rent</title><amount>7</amount></entry>").status == "refused"


@pytest.mark.parametrize("stated", ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>'])
def test_a_feed_in_windows_1252_that_does_not_say_so_is_read_and_it_is_said(read, stated):
    text = rss(f"{GUID}<title>Über Größe – für 5 €</title><pubDate>9 Apr 2018 23:30:00 +0000</pubDate>")
    bare = text[text.index("<rss") :]
    result = read((stated + bare).encode("cp1252"))
    assert one(result)["title"] == "Über Größe – für 5 €"
    assert any("Windows-1252" in each for each in result.messages)
