import re
from datetime import UTC, date, datetime

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of
from smmetrics_blogs.wordpress import Comment, Item, document

HOST = "blog.example.org"
AUTHORS = (("amira", "Amira", 2),)
AT = datetime(2024, 3, 5, 10, 0, tzinfo=UTC)
MADE = datetime(2024, 4, 1, 9, 30, tzinfo=UTC)


def post(**more):
    given = {"number": 7, "kind": "post", "title": "T", "body": "<p>B?</p>", "login": "amira", "at": AT}
    return Item(**(given | more))


def comment(number, **more):
    given = {"number": number, "at": AT.replace(hour=10 + number), "name": f"N{number}", "body": "hm"}
    return Comment(**(given | more))


def wxr(*items, authors=AUTHORS):
    return document(HOST, "Acme", authors, items, MADE)


@pytest.fixture
def read(tmp_path):
    reader = reader_of("smmetrics_blogs", tmp_path)

    def reading(text, **answers):
        path = tmp_path / "blog.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader.read(path, Answers(**answers))

    return reading


def rows(result, table="posts", **where):
    frame = result.frames[table]
    return (frame.filter(**where) if where else frame).to_dicts()


def by_comment(result):
    return {row["post_id"].rpartition("-")[2]: row for row in rows(result) if "#comment-" in row["post_id"]}


def test_a_post_is_named_world_wide_and_dated_in_utc(read):
    (row,) = rows(read(wxr(post())))
    assert (row["post_id"], row["account_id"], row["created_at"]) == (f"{HOST}/7", HOST, AT)
    assert (row["kind"], row["text"], row["hashtags"], row["status"]) == (
        "post",
        "B?",
        ["garden", "how to"],
        "published",
    )
    assert row["permalink"] == f"https://{HOST}/?p=7"


def test_a_comment_answers_the_post_or_the_comment_above_it(read):
    found = by_comment(read(wxr(post(comments=[comment(1), comment(2, parent=1)]))))
    assert found["1"]["in_reply_to"] == found["1"]["root_id"] == f"{HOST}/7"
    assert found["2"]["in_reply_to"] == f"{HOST}#comment-1"
    assert found["2"]["root_id"] == f"{HOST}/7"
    assert {row["kind"] for row in found.values()} == {"reply"}


def test_pings_are_mentions_without_a_person_and_answer_nothing(read):
    found = by_comment(read(wxr(post(comments=[comment(1, type="pingback"), comment(2, type="trackback")]))))
    assert {row["kind"] for row in found.values()} == {"mention"}
    assert {row["person"] for row in found.values()} == {row["in_reply_to"] for row in found.values()} == {None}


def test_what_nobody_approved_is_not_taken_and_said(read):
    held = [comment(1, approved="0"), comment(2, approved="spam"), comment(3, approved="trash"), comment(4)]
    result = read(wxr(post(comments=held)))
    assert by_comment(result).keys() == {"4"}
    assert sum(result.not_taken.values()) == 3
    assert (result.records_in, result.kept) == (2, 2)


def test_menu_entries_and_attachments_are_no_records(read):
    result = read(
        wxr(post(), post(number=8, kind="nav_menu_item"), post(number=9, kind="attachment", comments=[comment(1)]))
    )
    assert (result.records_in, result.kept) == (1, 1)
    assert sum(result.not_taken.values()) == 3


def test_a_person_is_number_then_email_and_name_then_unknown(read):
    said = [
        comment(1, name="Mira", email="Mira@Example.org"),
        comment(2, name="Mira", email="mira@example.ORG"),
        comment(3, name="Not Mira", email="mira@example.org"),
        comment(4, name="X", email="mira@example.org", user=41),
        comment(5, name="Y", email="other@example.org", user=41),
        comment(6, name="", email=""),
    ]
    person = {number: row["person"] for number, row in by_comment(read(wxr(post(comments=said)))).items()}
    assert person["1"] == person["2"]
    assert person["4"] == person["5"]
    assert len({person["1"], person["3"], person["4"]}) == 3
    assert person["6"] is None


def test_authors_are_found_by_number_by_email_and_by_a_number_beside_their_email(read):
    said = [
        comment(1, user=2),
        comment(2, name="Somebody", email=f"AMIRA@{HOST}"),
        comment(3, name="Known by the last one", email="else@example.org", user=77),
        comment(4, email=f"amira@{HOST}", user=77),
        comment(5, email="reader@example.org"),
    ]
    result = read(wxr(post(comments=said)))
    found = by_comment(result)
    (writer,) = {row["person"] for row in rows(result, kind="post")}
    assert {found[number]["person"] for number in "1234"} == {writer}
    assert {found[number]["account_id"] for number in "1234"} == {HOST}
    assert (found["5"]["account_id"], found["5"]["person"] == writer) == (None, False)
    (staff,) = [row for row in rows(result, "people") if row["roles"]]
    assert (staff["person"], staff["handle"], staff["roles"]) == (writer, "amira", ["staff"])


def test_whoever_publishes_speaks_for_the_blog_even_if_not_listed(read):
    result = read(wxr(post(login="guest")))
    assert [(row["handle"], row["roles"]) for row in rows(result, "people")] == [("guest", ["staff"])]


def test_email_name_and_address_of_readers_are_nowhere(read):
    result = read(wxr(post(comments=[comment(1, name="Very Secret", email="very@secret.example")])))
    said = str([frame.to_dicts() for frame in result.frames.values()])
    assert not [word for word in ("secret", "Secret", "192.0.2.") if word in said]


def test_another_key_gives_other_pseudonyms(tmp_path, read):
    text = wxr(post(comments=[comment(1, email="a@b.example")]))
    other = reader_of("smmetrics_blogs", tmp_path, key=b"1" * 32)
    first = {row["person"] for row in rows(read(text))}
    assert not first & {row["person"] for row in rows(other.read(tmp_path / "blog.xml", Answers()))}


def test_drafts_have_no_date_and_scheduled_posts_keep_theirs(read):
    later = AT.replace(year=2030)
    result = read(
        wxr(
            post(),
            post(number=8, status="draft"),
            post(number=9, status="future", at=later),
            post(number=10, status="private"),
        )
    )
    found = {row["post_id"].rpartition("/")[2]: row for row in rows(result)}
    assert [found[n]["status"] for n in ("7", "8", "9", "10")] == ["published", "draft", "scheduled", "private"]
    assert (found["8"]["created_at"], found["8"]["created_precision"]) == (None, "none")
    assert found["9"]["created_at"] == later
    assert [found[n]["visibility"] for n in ("7", "8", "10")] == ["public", "group", "group"]


def test_local_time_is_read_in_the_zone_given_where_gmt_is_missing(read):
    text = wxr(post()).replace(
        "<wp:post_date_gmt><![CDATA[2024-03-05 10:00:00]]>", "<wp:post_date_gmt><![CDATA[0000-00-00 00:00:00]]>"
    )
    (row,) = rows(read(text, zone="America/New_York"))
    assert row["created_at"] == datetime(2024, 3, 5, 15, 0, tzinfo=UTC)
    assert row["created_on"] == date(2024, 3, 5)


def test_a_published_post_without_stamps_has_the_date_that_its_feed_says(read):
    gmt, whole = "<wp:post_date_gmt><![CDATA[2024-03-05 10:00:00]]>", wxr(post())
    assert gmt in whole
    stamp = re.compile(r"(<wp:post_date(?:_gmt)?>)<!\[CDATA\[.*?\]\]>")
    said = "<item><pubDate>Tue, 05 Mar 2024 12:00:00 +0200</pubDate>"
    bare = re.sub(r"<pubDate>.*?</pubDate>", "", stamp.sub(r"\1", whole)).replace("<item>", said)
    marked = whole.replace(gmt, gmt.replace("]]", " +0000]]"))
    iso = whole.replace(gmt, gmt.replace(" 10:", "T10:").replace("]]", ".000Z]]"))
    dated = bare.replace("Tue, 05 Mar 2024 12:00:00 +0200", "2024-03-05T10:00:00Z")
    early = whole.replace(gmt, "<wp:post_date_gmt>2024-03-05 10:00:00").replace(
        " 10:00:00]]></wp:post_date>", " 9:00:00]]></wp:post_date>"
    )
    for text in (bare, marked, iso, dated, early):
        (row,) = rows(read(text))
        assert (row["created_at"], row["created_precision"]) == (datetime(2024, 3, 5, 10, tzinfo=UTC), "instant")


def test_a_post_without_a_number_is_called_by_its_address(read):
    text = re.sub(r"<wp:post_id>.*?</wp:post_id>", "", wxr(post(comments=[comment(1)])))
    text = re.sub(r"<guid.*?</guid>", "", text).replace("<item>", "<item><guid>https://blog.example.org/post/42</guid>")
    found = rows(read(text))
    assert [row["post_id"] for row in found] == ["https://blog.example.org/post/42", f"{HOST}#comment-1"]
    assert found[1]["in_reply_to"] == found[0]["post_id"]


def test_a_date_that_is_none_is_set_aside_with_its_place(read):
    text = wxr(post(comments=[comment(1), comment(2)]), post(number=9)).replace("2024-03-05 11:00:00", "the day after")
    result = read(text)
    assert (result.records_in, result.kept, result.quarantined) == (4, 3, 1)
    (reason,) = result.quarantine.to_dicts()
    assert (reason["reason"], reason["column"]) == ("not_a_date", "wp:comment_date_gmt")
    raw = text.encode()[reason["start"] : reason["end"]]
    assert raw.startswith(b"<wp:comment>")
    assert raw.endswith(b"</wp:comment>")


def test_comments_are_counted_exactly_and_not_reported_is_not_zero(read):
    said = [comment(1), comment(2, type="pingback"), comment(3, approved="0"), comment(4, type="comment")]
    (row,) = rows(read(wxr(post(comments=said))), "post_counts")
    assert (row["comments"], row["trackbacks"], row["scope"], row["window"]) == (2, 1, "total", "lifetime")
    assert row.get("likes") is None


def test_the_export_says_when_it_was_made_and_what_it_covers(read):
    result = read(wxr(post()))
    assert result.observed_at == MADE
    assert "stated" in result.observed_basis
    assert {row["account_id"] for row in rows(result, "spans")} == {HOST}
    assert [(row["start"], row["end"], row["complete"]) for row in rows(result, "spans")] == [
        (date(2024, 3, 5), date(2024, 4, 1), True),
        (date(2024, 4, 1), date(2024, 4, 2), False),
    ]


def test_a_file_that_holds_posts_later_than_it_says_it_was_made_is_believed_in_the_posts(read):
    result = read(wxr(post(), post(number=8, at=AT.replace(year=2025))))
    assert max(row["end"] for row in rows(result, "spans")) == date(2025, 3, 6)
    assert "2024-04-01" in " ".join(result.messages)


def test_a_blog_on_somebodys_own_machine_is_told_apart_by_its_title(read):
    local = wxr(post()).replace(f"https://{HOST}</", "http://localhost/</")
    one, other = read(local), read(local.replace("<title>Acme</title>", "<title>Other</title>"))
    assert {row["post_id"] for row in rows(one)}.isdisjoint(row["post_id"] for row in rows(other))
    assert "localhost" in " ".join(one.messages)


@pytest.mark.parametrize("change", [
    ("crlf", lambda raw: raw.replace(b"\n", b"\r\n")),
    ("byte order mark", lambda raw: b"\xef\xbb\xbf" + raw),
    ("version 1.1", lambda raw: raw.replace(b"export/1.2/", b"export/1.1/").replace(b"version>1.2", b"version>1.1")),
    ("version 1.0", lambda raw: raw.replace(b"export/1.2/", b"export/1.0/").replace(b"version>1.2", b"version>1.0")),
    ("no version", lambda raw: raw.replace(b"<wp:wxr_version>1.2</wp:wxr_version>", b"")),
    ("https names", lambda raw: raw.replace(b"http://wordpress.org", b"https://wordpress.org")),
    ("latin-1", lambda raw: raw.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"')),
], ids=lambda change: change[0])  # fmt: skip
def test_the_same_blog_in_other_clothes_is_the_same_blog(read, change):
    raw = wxr(post(comments=[comment(1), comment(2, parent=1)])).encode()
    plain, dressed = read(raw), read(change[1](raw))
    assert (dressed.status, dressed.kept, dressed.quarantined) == ("read", 3, 0)
    keep = ("post_id", "person", "created_at", "in_reply_to", "kind", "text")
    assert dressed.frames["posts"].select(keep).equals(plain.frames["posts"].select(keep))


def test_a_cut_file_keeps_its_whole_records(read):
    raw = wxr(post(comments=[comment(1)]), post(number=8), post(number=9)).encode()
    result = read(raw[: raw.index(b"<wp:post_id>9") + 5])
    assert (result.status, result.kept, result.quarantined) == ("read", 3, 1)
    assert result.quarantine["reason"].to_list() == ["unterminated_last_record"]


def test_a_whole_export_without_posts_is_read_and_gives_nothing(read):
    result = read(wxr())
    assert (result.status, result.records_in, result.kept) == ("read", 0, 0)


def test_an_item_without_its_number_is_set_aside_and_its_comments_too(read):
    result = read(wxr(post(), post(number="", comments=[comment(1)])))
    assert (result.records_in, result.kept, result.quarantined) == (3, 1, 2)
    assert set(result.quarantine["reason"]) == {"missing_key"}


def test_comments_under_a_post_that_was_set_aside_are_kept(read):
    text = wxr(post(comments=[comment(1)])).replace("2024-03-05 10:00:00", "once upon a time")
    result = read(text)
    assert (result.records_in, result.kept, result.quarantined) == (2, 1, 1)
    assert by_comment(result)["1"]["root_id"] == f"{HOST}/7"


@pytest.mark.parametrize("declared", ["UTF-16", "UTF-8"])
def test_a_file_in_utf_16_gives_the_same_rows_whatever_it_declares(read, declared):
    text = wxr(post(title="Grün", comments=[comment(1, body="schön 🌱")]))
    plain, wide = read(text), read(text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode("utf-16"))
    assert (wide.status, wide.kept) == ("read", 2)
    assert [{**row, "source_id": ""} for row in rows(wide)] == [{**row, "source_id": ""} for row in rows(plain)]


def test_text_where_no_export_has_any_is_said(read):
    result = read(wxr(post(comments=[comment(1)])).replace("<wp:comment>", "}{ <wp:comment>"))
    assert result.kept == 2
    assert "outside" in " ".join(result.messages)


def test_comments_are_counted_though_the_name_of_their_space_is_hurt(read):
    text = wxr(post(comments=[comment(1), comment(2)])).replace("http://wordpress.org/", "http://w\x1ardpress.org/")
    result = read(text, as_="blogs.wxr")
    assert [row["comments"] for row in rows(result, "post_counts")] == [2]
    assert not result.not_taken
