"""XML: whole elements with their bytes, over damage; and code that reads through the context."""

from __future__ import annotations

import hashlib
import hmac

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.api.reading import Batch, Rejected
from smmetrics.api.sources import Signature, Source
from smmetrics.intake.context import FileContext
from smmetrics.intake.elements import Pieces

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- hi -->\n<feed xmlns:w="u"><meta><w:v>1.2</w:v></meta>\n'
FOOT = "</feed>\n"
ITEMS = [
    f"<item n='{n}'><id>{n}</id><text><![CDATA[a <b> & é {n}]]></text><w:note>x{n}</w:note><w:note/></item>\n"
    for n in range(8)
]


def pieces(tmp_path, raw, *tags):
    path = tmp_path / "x.xml"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    with Pieces(path, tags) as found:
        return list(found), found


def document(items=ITEMS):
    return HEAD + "".join(items) + FOOT


def test_elements_come_whole_in_order_with_their_bytes(tmp_path):
    raw = document().encode()
    found, state = pieces(tmp_path, raw, "item")
    assert [element.record.number for element in found] == list(range(1, 9))
    assert [element.xml.find("id").text for element in found] == [str(n) for n in range(8)]
    for element, text in zip(found, ITEMS, strict=True):
        assert raw[element.record.start : element.record.end] == element.record.raw == text.strip().encode()
        assert element.record.line == raw[: element.record.start].count(b"\n") + 1
    assert (state.whole, state.damaged, state.cut, state.skipped) == (8, [], None, [])


def test_nested_elements_follow_the_one_they_lie_in(tmp_path):
    found, _ = pieces(tmp_path, document(ITEMS[:2]), "item", "note")
    assert [element.tag for element in found] == ["item", "{u}note", "{u}note"] * 2
    assert [element.record.raw for element in found[1:3]] == [b"<w:note>x0</w:note>", b"<w:note/>"]


@pytest.mark.parametrize("lead", ["", "\n  \n", "\ufeff"])
def test_blanks_and_marks_before_the_declaration_are_harmless(tmp_path, lead):
    raw = (lead + document()).encode()
    found, _ = pieces(tmp_path, raw, "item")
    assert [raw[e.record.start : e.record.end] for e in found] == [item.strip().encode() for item in ITEMS]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("&nothing;", "malformed_element"),
        ("</nothing>", "malformed_element"),
        ("<open>", "malformed_element"),
        ("\udcff", "bad_encoding"),
    ],
)
def test_a_damaged_element_costs_itself_only(tmp_path, damage, reason):
    items = [*ITEMS]
    items[3] = items[3].replace("<id>", "<id>" + damage)
    raw = document(items).encode("utf-8", "surrogateescape")
    found, state = pieces(tmp_path, raw, "item")
    assert [element.xml.find("id").text for element in found] == [str(n) for n in range(8) if n != 3]
    ((record, why),) = state.damaged
    assert why == reason
    assert raw[record.start : record.end] == items[3].strip().encode("utf-8", "surrogateescape")
    assert found[3].record.line == raw[: found[3].record.start].count(b"\n") + 1


@pytest.mark.parametrize(
    ("written", "read", "control"),
    [
        ("\x01", " ", 1),
        ("\x00\x1f", "  ", 2),
        ("&nbsp;", "\xa0", 0),
        ("caf&eacute; &amp;amp; &euro;", "café &amp; €", 0),
        ("a?b=1&c=2 & d&nbsp;", "a?b=1&c=2 & d\xa0", 0),
    ],
)
def test_what_programs_write_that_is_not_quite_xml_is_read(tmp_path, written, read, control):
    items = [*ITEMS]
    items[3] = items[3].replace("<id>", "<id>" + written)
    raw = document(items).encode()
    found, state = pieces(tmp_path, raw, "item")
    assert [element.xml.find("id").text for element in found] == [*"012", read + "3", *"4567"]
    assert (state.damaged, state.control) == ([], control)
    assert raw[found[3].record.start : found[3].record.end] == items[3].strip().encode()


@pytest.mark.parametrize("lead", ["", "<!-- <a:b> -->\n", "\n"])
def test_a_prefix_nobody_declared_is_a_plain_name(tmp_path, lead):
    raw = (
        lead + document().replace(' xmlns:w="u"', "").removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n')
    ).encode()
    found, state = pieces(tmp_path, raw, "item", "note")
    assert [element.tag for element in found[:3]] == ["item", "{urn:undeclared:w}note", "{urn:undeclared:w}note"]
    assert (len(found), state.undeclared, state.damaged, state.skipped, state.unfinished) == (24, ("w",), [], [], False)
    for element in found:
        assert raw[element.record.start : element.record.end] == element.record.raw
        assert element.record.line == raw[: element.record.start].count(b"\n") + 1


def test_a_damaged_element_does_not_hide_that_prefixes_are_missing(tmp_path):
    items = [*ITEMS]
    items[3] = items[3].replace("<id>", "<id><open>")
    raw = (document(items).replace(' xmlns:w="u"', "")).encode()
    found, state = pieces(tmp_path, raw, "item")
    assert [element.xml.find("id").text for element in found] == [*"012", *"4567"]
    assert (len(state.damaged), state.undeclared) == (1, ("w",))


def test_a_damaged_start_tag_costs_its_element_only(tmp_path):
    items = [*ITEMS]
    items[3] = items[3].replace("<item n='3'", "<item n=3")
    found, state = pieces(tmp_path, document(items), "item")
    assert (len(found), len(state.damaged)) == (7, 1)


def test_damage_outside_elements_is_named_by_its_bytes(tmp_path):
    raw = document().replace("</meta>", "&x;</meta>")
    found, state = pieces(tmp_path, raw, "item")
    assert len(found) == 8
    assert state.skipped
    assert state.damaged == []


@settings(max_examples=60, deadline=None)
@given(st.integers(len(HEAD), len(document().encode())))
def test_a_file_cut_anywhere_keeps_its_whole_elements_and_names_the_cut_one(tmp_path_factory, end):
    raw = document().encode()[:end]
    found, state = pieces(tmp_path_factory.mktemp("x"), raw, "item")
    assert len(found) == raw.count(b"</item>")
    begun = raw.count(b"<item") - raw.count(b"</item>")
    if begun:
        assert state.cut is not None
        assert (state.cut.start, state.cut.end) == (raw.rindex(b"<item"), len(raw))
        assert state.cut.raw == raw[state.cut.start :]


@pytest.mark.parametrize(
    "raw",
    [
        '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "b">]><feed><item>&a;</item></feed>',
        "<feed>" + "<a>" * 300 + "</a>" * 300 + "</feed>",
    ],
)
def test_bombs_are_refused(reading, raw):
    result = reading(raw, "x.xml", sources=(source(),), use=lambda _: reader)
    assert (result.status, result.exit_code) == ("refused", 4)


def source(**more):
    return Source(
        kind="feed", platform="zed", table="posts", title="Feed", container="xml", how_to_get="Zed.", takes="Posts.",
        signature=Signature(root="feed"), load="zed.feed:read", **more,
    )  # fmt: skip


def reader(preview, described, context):
    assert (preview.container, described.container) == ("xml", "xml")
    rows, rejected, left = [], [], 0
    for element in context.elements("item"):
        number = element.xml.findtext("id")
        if number == "6":
            left += 1
        elif number == "5":
            rejected.append(Rejected(record=element.record, column="id", reason="platform_error"))
        else:
            rows.append({"post_id": number, "record": element.record.number})
    frame = pl.DataFrame(rows, schema={"post_id": pl.String, "record": pl.Int64})
    frame = frame.with_columns(platform=pl.lit("zed"))
    yield Batch(
        frames={"posts": frame}, records=len(rows) + len(rejected), rejected=tuple(rejected), not_taken={"six": left}
    )


def test_code_reads_through_the_context_and_everything_is_accounted_for(reading):
    raw = document()[:-30]
    result = reading(raw, "x.xml", sources=(source(),), use=lambda _: reader)
    assert (result.status, result.records_in, result.kept, result.quarantined) == ("read", 7, 5, 2)
    assert result.not_taken == {"six": 1}
    assert result.quarantine.get_column("reason").to_list() == ["platform_error", "unterminated_last_record"]
    assert result.frames["posts"].get_column("post_id").to_list() == ["0", "1", "2", "3", "4"]
    assert result.frames["posts"].get_column("account_id").null_count() == 5


def test_a_file_without_one_whole_record_is_refused(reading):
    result = reading(HEAD + ITEMS[0][:20], "x.xml", sources=(source(),), use=lambda _: reader)
    assert (result.status, result.exit_code) == ("refused", 4)


@pytest.mark.parametrize(
    "change",
    [
        lambda batch: Batch(frames=batch.frames, records=batch.records - 1, not_taken=batch.not_taken),
        lambda batch: Batch(frames=batch.frames, records=batch.records + 1, not_taken=batch.not_taken),
        lambda batch: Batch(frames={"nothing": batch.frames["posts"]}, records=batch.records),
        lambda batch: Batch(frames={"posts": batch.frames["posts"].with_columns(x=1)}, records=batch.records),
        lambda _: "no batch",
        lambda batch: batch.nothing,
    ],
)
def test_code_that_breaks_its_promise_is_named_and_stores_nothing(reading, change):
    def broken(preview, source, context):
        for batch in reader(preview, source, context):
            yield change(batch)

    result = reading(document(), "x.xml", sources=(source(),), use=lambda _: broken)
    assert (result.status, result.exit_code, dict(result.frames)) == ("refused", 5, {})


def test_code_reads_the_records_of_a_table(reading):
    table = Source(
        kind="form", platform="zed", table="effort", title="Form", container="csv", how_to_get="Zed.", takes="Hours.",
        signature=Signature(required=("day", "minutes")), load="zed.form:read",
    )  # fmt: skip

    def form(preview, described, context):
        assert described is table
        rows = []
        for record in context.records():
            day, minutes = record.raw.decode(preview.encoding).split(preview.delimiter)
            rows.append({"entry_id": day, "minutes": float(minutes), "record": record.number})
        yield Batch(frames={"effort": pl.DataFrame(rows)}, records=len(rows))

    raw = "day;minutes\n1;5\n\n ; \n2;7\n3;\udcff\n4;8"
    result = reading(raw.encode("utf-8", "surrogateescape"), sources=(table,), use=lambda _: form)
    assert (result.records_in, result.kept, result.blank, result.quarantined) == (6, 2, 2, 2)
    assert result.frames["effort"].select("entry_id", "minutes", "record").rows() == [("1", 5.0, 1), ("2", 7.0, 4)]
    assert result.quarantine.get_column("reason").to_list() == ["bad_encoding", "unterminated_last_record"]


def test_the_head_and_pseudonyms(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(document(), encoding="utf-8")
    nothing = {"records": lambda _: iter(()), "rows": lambda: iter(())}
    context = FileContext(path, answers={}, zone="UTC", locale="en", key=b"key", **nothing)
    assert dict(context.head("v", "id", "absent")) == {"v": "1.2", "id": "0"}
    expected = hmac.new(b"key", b"a@b.c\x1fAda", hashlib.sha256).hexdigest()[:16]
    assert context.pseudonym("a@b.c", "Ada") == expected
    assert context.pseudonym("a@b.cAda", "") != expected


def ids(preview, described, context):
    del preview, described
    rows = [{"post_id": e.xml.findtext("id").strip(), "record": e.record.number} for e in context.elements("item")]
    yield Batch(frames={"posts": pl.DataFrame(rows)}, records=len(rows))


@pytest.mark.parametrize(
    ("doctype", "status"),
    [
        ('<!DOCTYPE feed PUBLIC "-//A//DTD Feed 0.91//EN" "http://example.org/feed.dtd">', "read"),
        ('<!DOCTYPE feed SYSTEM "http://example.org/feed.dtd">', "read"),
        ('<!DOCTYPE feed SYSTEM "file:///etc/hosts">', "read"),
        ('<!DOCTYPE feed SYSTEM "http://example.org/feed.dtd" [<!ENTITY a "b">]>', "refused"),
        ('<!DOCTYPE feed PUBLIC "-//A//DTD Feed//EN" "x.dtd" [<!ENTITY a "b">]>', "refused"),
        ('<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/hosts">]>', "refused"),
    ],
)
def test_a_document_type_that_declares_nothing_is_harmless(reading, doctype, status):
    raw = document().replace("<feed", f"{doctype}\n<feed", 1)
    assert reading(raw, "x.xml", sources=(source(),), use=lambda _: ids).status == status


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_xml_in_utf_16_is_read_with_the_places_of_its_own_bytes(reading, encoding):
    items = [*ITEMS]
    items[3] = items[3].replace("<id>", "<id><open>")
    text = document(items).replace('"UTF-8"', '"UTF-16"')
    raw = text.encode(encoding)
    result = reading(raw, "x.xml", sources=(source(),), use=lambda _: ids)
    assert (result.status, result.kept, result.quarantined) == ("read", 7, 1)
    (row,) = result.quarantine.to_dicts()
    mark = 2 if encoding == "utf-16" else 0
    assert raw[row["start"] : row["end"]].decode("utf-16-be" if "be" in encoding else "utf-16-le") == items[3].strip()
    assert row["start"] == mark + 2 * text.index(items[3].strip())


@pytest.mark.parametrize(
    ("stated", "encoding", "words"),
    [
        ("Shift_JIS", "cp932", "日記①ｱ"), ("EUC-JP", "euc_jp", "日記"), ("gb2312", "gbk", "中文日志"),
        ("GB18030", "gb18030", "中文🎉"), ("Big5", "cp950", "中文日誌"), ("euc-kr", "cp949", "블로그"),
    ],
)  # fmt: skip
def test_xml_in_an_encoding_of_asia_is_taken_at_its_word_with_the_places_of_its_own_bytes(
    reading, stated, encoding, words
):
    items = [item.replace("é", "e") for item in ITEMS]
    items[2] = items[2].replace("<id>", f"<id>{words}<open>")
    items[3] = items[3].replace("<id>", f"<id>{words}")
    raw = document(items).replace("UTF-8", stated).encode(encoding)
    result = reading(raw, "x.xml", sources=(source(),), use=lambda _: ids)
    assert (result.status, result.kept, result.quarantined) == ("read", 7, 1)
    (row,) = result.quarantine.to_dicts()
    assert raw[row["start"] : row["end"]] == items[2].strip().encode(encoding)
    assert any(words in id_ for id_ in result.frames["posts"]["post_id"])


@pytest.mark.parametrize("stated", ["bogus", "utf-7", "iso-2022-jp", "utf-32"])
def test_xml_that_says_it_is_in_an_encoding_nobody_reads_is_refused_in_words(reading, stated):
    result = reading(
        document().replace("UTF-8", stated).replace("é", "e"), "x.xml", sources=(source(),), use=lambda _: ids
    )
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "beginning of this XML file" in result.reason or "is not read" in result.reason


def test_letters_that_an_encoding_of_asia_has_not_spoil_their_own_record_only(reading):
    raw = document().replace("UTF-8", "EUC-JP").encode("euc_jp").replace(b"<id>3", b"<id>\xff3")
    result = reading(raw, "x.xml", sources=(source(),), use=lambda _: ids)
    assert (result.status, result.kept, result.quarantined) == ("read", 7, 1)
    assert result.quarantine["reason"].to_list() == ["bad_encoding"]


def test_a_prefix_inside_a_processing_instruction_is_no_undeclared_one(reading):
    raw = document().replace("<feed", "<?note <q:z> ?>\n<feed", 1)
    result = reading(raw, "x.xml", sources=(source(),), use=lambda _: ids)
    assert (result.status, result.kept) == ("read", 8)
    assert not any("prefix" in message for message in result.messages)


def test_elements_inside_one_with_lone_ampersands_have_their_places_too(tmp_path):
    items = [*ITEMS]
    items[3] = "<item><id>a&b</id><!-- c&d --><note>e&f=g</note><note><![CDATA[h&i]]></note></item>\n"
    raw = document(items).encode()
    found, state = pieces(tmp_path, raw, "item", "note")
    within = [each for each in found if each.record.start >= raw.index(b"<item><id>a")][:3]
    places = [raw[each.record.start : each.record.end].decode() for each in within]
    assert places == [items[3].strip(), "<note>e&f=g</note>", "<note><![CDATA[h&i]]></note>"]
    assert [each.record.raw.decode() for each in within] == places
    assert [each.xml.text for each in within[1:]] == ["e&f=g", "h&i"]
    assert len({each.record.number for each in found}) == len(found)
    assert (state.damaged, state.ampersands) == ([], 2)


def test_what_is_wrong_beside_an_ampersand_spoils_its_element_as_before(tmp_path):
    items = [*ITEMS]
    items[3] = "<item><id>a&b</id><c></item>\n"
    found, state = pieces(tmp_path, document(items), "item")
    assert (len(found), len(state.damaged), state.ampersands) == (7, 1, 0)


@pytest.mark.parametrize(
    "above",
    ["\nWarning: fopen(x.php): failed in y.php on line 3\n\n", "<br />\n<b>Notice</b>:  Undefined index: a<br />\n"],
)
def test_what_a_server_complained_about_above_the_document_is_passed_over_and_said(reading, above):
    items = [*ITEMS]
    items[3] = items[3].replace("<id>", "<id></broken>")
    result = reading(above + document(items), "x.xml", sources=(source(),), use=lambda _: ids)
    assert (result.status, result.kept, result.quarantined) == ("read", 7, 1)
    assert any(message.startswith(f"Bytes 0 to {len(above)}") for message in result.messages)


def test_what_had_to_be_mended_is_said(reading):
    raw = document().replace(' xmlns:w="u"', "").replace("<id>0", "<id>\x020").replace("<id>2", "<id>a&b2")
    result = reading(raw, "x.xml", sources=(source(),), use=lambda _: ids)
    assert result.kept == 8
    assert [
        word for word in ("1 control", "1 ampersands", "prefixes w ") if word not in " ".join(result.messages)
    ] == []
