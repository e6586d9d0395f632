"""What a file is: found by its bytes and headers, said in plain words where nothing fits."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace

import pytest

from smmetrics.api.sources import Column, Layout, Signature
from smmetrics.intake import rank, sniff, wrapped

POSTS = "Post id,link,Text,time,likes\n1,,a,2024-01-01 00:00 +0000,2\n"


def test_the_preview_shows_headers_and_records(tmp_path):
    path = tmp_path / "x"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    preview = sniff(path, name="x.csv")
    assert (preview.container, preview.encoding, preview.delimiter) == ("csv", "utf-8", ";")
    assert preview.headers[0] == ("a", "b")
    assert preview.records == (("a", "b"), ("1", "2"))


def test_an_xml_file_shows_its_root_and_names_even_without_a_declaration(tmp_path):
    path = tmp_path / "x"
    path.write_text('\n <!-- hi --><rss xmlns:wp="u"><channel><wp:v>1</wp:v></channel></rss>', encoding="utf-8")
    preview = sniff(path, name="x.xml")
    assert (preview.container, preview.root) == ("xml", "rss")
    assert {"channel", "v", "wp"} <= preview.names


def test_the_levels_are_exact_likely_possible(tmp_path, posts, days):
    path = tmp_path / "x"
    path.write_text(POSTS, encoding="utf-8")
    preview = sniff(path, name="other.csv")
    named = replace(posts, kind="named", signature=replace(posts.signature, name_pattern="^zed"))
    lacking = replace(posts, kind="lacking", signature=Signature(required=("Post id", "Boosts")))
    found = {match.source.id: match for match in rank(preview, (posts, named, lacking, days))}
    assert (found["zed.posts"].level, found["zed.named"].level) == ("exact", "likely")
    assert (found["zed.lacking"].level, found["zed.lacking"].missing) == ("possible", ("Boosts",))
    assert "zed.days" not in found


def test_a_tie_is_the_users_to_decide(reading, posts):
    twin = replace(posts, kind="twin")
    tie = reading(POSTS, sources=(posts, twin))
    assert (tie.status, tie.exit_code) == ("refused", 4)
    assert "zed.posts" in tie.reason
    assert "zed.twin" in tie.reason
    assert "--as zed.posts" in tie.hint
    assert reading(POSTS, sources=(posts, twin), as_="zed.twin").kind == "zed.twin"


def test_a_forbidden_header_rules_a_source_out(reading, days):
    result = reading("Date,Impressions,Post id\n2024-01-01,1,2\n", sources=(days,))
    assert result.status == "refused"
    assert "Post id" in result.hint


def test_what_was_missing_and_what_is_near_is_said(reading):
    result = reading("Post id,Text,time,boosts\n1,a,b,c\n")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "(this file lacks 'likes or favorites' and has 'boosts')" in result.hint


@pytest.mark.parametrize(
    ("header", "near"), [("Post id,Text,shares", False), ("Post id,Text,time,shares", True), ("Date,Place", False)]
)
def test_half_of_the_names_that_a_kind_needs_does_not_make_a_file_like_it(reading, header, near):
    result = reading(f"{header}\n{header}\n")
    assert ("Nearest: zed.posts" in result.hint) == near
    assert ("Nothing that is read comes near; it begins with" in result.hint) != near


@pytest.mark.parametrize(
    ("header", "name", "status"),
    [("Date,Impressions", "x.csv", "read"),
     ("Date,Impressions,Wind", "x.csv", "refused"), ("Date,Impressions,Wind", "zed_days.csv", "read"),
     ("Date,Impressions,Likes,Wind", "x.csv", "refused"), ("Date,Impressions,Likes,Wind", "zed_days.csv", "read")],
)  # fmt: skip
def test_few_common_names_beside_strange_ones_are_a_kind_only_under_its_name(reading, days, header, name, status):
    likes = Column(names=("Likes",), fact="account_counts.likes", parse="int")
    named = replace(days, signature=replace(days.signature, name_pattern="^zed_"), columns=(*days.columns, likes))
    result = reading(f"{header}\n2024-01-01{',1' * header.count(',')}\n", name, sources=(named,))
    assert result.status == status
    assert ("(this file has 'Wind')" in result.hint) == (status == "refused")


def test_a_choice_must_still_have_the_columns_it_needs(reading):
    result = reading("Date,Impressions\n2024-01-01,1\n", as_="zed.posts")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "Post id" in result.reason


def test_a_choice_nobody_installed_is_the_users_mistake(reading):
    result = reading(POSTS, as_="zed.nothing")
    assert (result.status, result.exit_code) == ("refused", 2)
    assert "zed.posts" in result.hint


def test_a_header_below_a_title_is_found_where_the_layout_says_so(reading, posts):
    source = replace(posts, layout=Layout(preamble=1, header_row=1, unit_row=2))
    raw = "My export\nProse, here\nPost id,link,Text,time,likes\nid,url,text,when,count\n" + POSTS.partition("\n")[2]
    result = reading(raw, sources=(source,))
    assert (result.status, result.kept, result.records_in) == ("read", 1, 1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(reading, delimiter):
    assert reading(POSTS.replace(",", delimiter)).kept == 1


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "empty"),
        (b" \n\n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04rest", "archive is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook cannot be opened"),
        (b"\x1f\x8b\x08rest", "archive is damaged"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><body>Log in</body></html>", "web page"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>', "document type"),
        (b"<!-- never closed", "not even its first element"),
        (b"hello", "kind that nothing installed reads"),
    ],
)
def test_what_is_not_read_is_refused_in_plain_words(reading, raw, word):
    result = reading(raw)
    assert (result.status, result.exit_code) == ("refused", 4)
    assert word in result.reason
    assert result.hint


@pytest.mark.parametrize(
    "raw", ["[ { made_at: 'x', id: 1 } ]", "window.z.part0 = [\n  {\n    zed: {\n      id: 1,\n},},]"]
)
def test_what_a_program_prints_of_its_objects_is_told_from_json(reading, raw):
    result = reading(raw, "x.json")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "do not stand in double quotation marks" in result.reason
    assert "None" not in result.hint


def test_noise_is_refused_whatever_it_is(reading):
    for seed in range(20):
        result = reading(random.Random(seed).randbytes(5000))
        assert (result.status, result.exit_code) == ("refused", 4)


def test_a_file_that_is_not_there_is_refused_and_not_raised(tmp_path, posts, known_tables):
    from smmetrics.intake import Reader

    reader = Reader((posts,), known_tables, copies=tmp_path, key=b"", use={}.__getitem__)
    assert reader.read(tmp_path / "absent.csv").status == "refused"


@pytest.mark.parametrize(("last", "footer", "cut"), [("Total,,,,7", 1, 0), ("Total,,,", 1, 0), ("2,url,Total,", 0, 1)])
def test_a_sum_without_a_last_line_end_takes_no_record_with_it(reading, last, footer, cut):
    result = reading(POSTS + last)
    assert (result.kept, result.footer, result.quarantined) == (1, footer, cut)
    assert any("breaks off" in message for message in result.messages) == bool(cut)


@pytest.mark.parametrize("form", ["utf-32", "utf-32-le", "utf-32-be"])
def test_a_text_in_utf_32_is_named_as_such(reading, form):
    result = reading("<rss><channel/></rss>".encode(form), "feed.xml")
    assert (result.exit_code, "UTF-32" in result.reason, "UTF-8" in result.hint) == (4, True, True)


def test_a_table_saved_in_one_column_is_told_from_a_text(reading):
    text = '"Post ID,""Account ID"",Date,Views"\n"1,""2"",Lifetime,3"\n"4,""5"",Life"\n'
    result = reading(text, "posts.csv")
    assert (result.exit_code, "in one column" in result.reason, "downloaded" in result.hint) == (4, True, True)
    assert "text" in reading('"Dear all, dear others, dear rest"\nmy words, and yours\n', "letter.csv").reason


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("cut", [0, 3])
def test_a_table_saved_in_one_column_is_read_as_the_one_inside(tmp_path, reading, mark, end, cut):
    table = POSTS + '3,"url, of a post",,2024-01-02 00:00 +0000,8\n'
    inside = io.StringIO()
    csv.writer(inside, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([line] for line in table.splitlines())
    lines = inside.getvalue()
    path = tmp_path / "inside.csv"
    path.write_bytes((mark + lines[: len(lines) - cut]).encode())
    written = wrapped.table(path, tmp_path).read_text("utf-8")
    assert written == (table if not cut else table[:-1] if len(end) > 1 else table[:-2])
    whole, plain = reading(mark + lines, "posts.csv"), reading(table, "posts.csv")
    assert (whole.status, whole.kept, plain.kept) == ("read", 2, 2)
    assert ["quotation marks as a whole" in " ".join(each.messages) for each in (whole, plain)] == [True, False]
    assert {name: frame.drop("source_id").to_dicts() for name, frame in whole.frames.items()} == {
        name: frame.drop("source_id").to_dicts() for name, frame in plain.frames.items()
    }


@pytest.mark.parametrize(
    "text", ['"Lisbon, Portugal"\n"Rome, Italy"\n', '"Followers"\n"12"\n', '"a,b"\n', '"a,b"\n"c"\n']
)
def test_a_list_of_texts_in_marks_stays_one(text):
    assert not wrapped.is_wrapped(text.encode(), whole=True)


@pytest.mark.parametrize("piece", [1, 7])
def test_a_large_table_saved_in_one_column_is_taken_out_of_its_marks_piece_by_piece(tmp_path, monkeypatch, piece):
    path = tmp_path / "inside.csv"
    path.write_bytes(b'\xef\xbb\xbf"Day,""Notes, all"""\r\n"1,""a\nb"""\r\n"2,c"')
    monkeypatch.setattr(wrapped, "PIECE", piece)
    assert wrapped.table(path, tmp_path).read_bytes() == b'Day,"Notes, all"\n1,"a\nb"\n2,c\n'


def test_a_name_inside_may_hold_a_comma_of_its_own():
    assert wrapped.is_wrapped(b'"Day,""Notes, all"""\n"1,a"\n"2,""b, c"""\n', whole=True)


@pytest.mark.parametrize(
    "text", ['"Followers"\n"12"\n', "Followers\n12\n", '"What people said, in words"\n"More, please"\n']
)
def test_a_table_of_one_column_is_told_what_it_lacks(reading, text):
    result = reading(text, "list.csv")
    assert (result.exit_code, "one column" in result.hint, "smmetrics map" in result.hint) == (4, True, True)


@pytest.mark.parametrize(
    ("note", "fetch"),
    [
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n", "git lfs pull"),
        ("/annex/objects/MD5E-s12--00.csv\n", "git annex get"),
        ("../.git/annex/objects/Zz/9f/MD5E-s12--00.csv/MD5E-s12--00.csv", "git annex get"),
    ],
)
@pytest.mark.parametrize("name", ["posts.csv", "archive.zip"])
def test_a_note_where_a_large_file_should_be_is_told_from_that_file(reading, note, fetch, name):
    result = reading(note, name)
    assert (result.exit_code, "pointer" in result.reason, fetch in result.hint) == (4, True, True)
    assert "pointer" not in reading(note + "x" * 2000, name).reason


@pytest.mark.parametrize("text", ["[]", " {}\n", "[\n]"])
def test_json_without_any_record_is_told_from_json_of_a_strange_kind(reading, text):
    result = reading(text, "posts.json")
    assert (result.exit_code, "no record" in result.reason) == (4, True)


def test_two_versions_that_git_could_not_join_are_told_from_a_text(reading):
    assert "Two versions" in reading("<<<<<<< HEAD\na,b\n=======\nc,d\n>>>>>>> other\n", "posts.csv").reason
