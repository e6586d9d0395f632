"""JSON through the reader: records wherever they lie, every value as it is written, damage set aside by itself."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smmetrics.api.reading import Batch, Rejected
from smmetrics.api.sources import Column, Layout, Signature, Source
from smmetrics.intake import jsonrecords
from smmetrics.intake.encoding import Encoding, Text
from smmetrics.intake.jsoncells import JsonCells
from smmetrics.intake.jsonpath import MANY, loads, parse
from smmetrics.intake.jsonrecords import JsonRecords
from smmetrics.intake.jsonsniff import paths

ITEMS = Source(
    kind="items",
    platform="zed",
    table="posts",
    title="Zed, items",
    container="json",
    how_to_get="Zed, export.",
    takes="Nothing.",
    layout=Layout(records="items[]"),
    signature=Signature(required=("id", "text"), forbidden=("secret",)),
    columns=(
        Column(names=("id",), fact="posts.post_id", parse="id", required=True),
        Column(names=("text", "body.text"), fact="posts.text"),
        Column(names=("at",), fact="posts.created_at", parse="instant @s"),
        Column(names=("user.name",), fact="posts.account_id"),
        Column(names=("tags[].name",), fact="posts.hashtags", parse="texts"),
        Column(names=("media.#",), fact="post_counts.media_views", parse="int"),
        Column(names=("counts[0].n",), fact="post_counts.likes", parse="int"),
        Column(names=("score",), fact="post_counts.z__rate", parse="number"),
    ),
)


def at(path):
    return replace(ITEMS, layout=Layout(records=path))


def item(number=1, **more):
    return {
        "id": str(number),
        "text": "hello",
        "at": 1_700_000_000.25,
        "user": {"name": "ada"},
        "counts": [{"n": 7}],
        **more,
    }


def one(result, table="posts"):
    (row,) = result.frames[table].iter_rows(named=True)
    return row


def test_a_record_becomes_a_post_and_its_counts(reading):
    raw = json.dumps({"items": [item(tags=[{"name": "a"}, {"name": "b"}], media=[1, 2, 3], score=0.5)], "next": None})
    result = reading(raw, "zed.json", sources=(ITEMS,))
    assert (result.status, result.kind, result.records_in, result.kept) == ("read", "zed.items", 1, 1)
    post, counts = one(result), one(result, "post_counts")
    assert (post["post_id"], post["text"], post["account_id"], post["hashtags"]) == ("1", "hello", "ada", ["a", "b"])
    assert post["created_at"] == datetime.fromtimestamp(1_700_000_000.25, UTC)
    assert (counts["likes"], counts["media_views"], counts["z__rate"]) == (7, 3, 0.5)


@pytest.mark.parametrize(
    ("path", "wrap"),
    [
        ("items[]", lambda items: json.dumps({"a": {"items": [5]}, "items": items, "z": [[]]})),
        ("items[]", lambda items: json.dumps({"items": items}, indent=3)),
        ("[]", json.dumps),
        ("[]", lambda items: "window.zed.part0 = " + json.dumps(items) + ";\n"),
        ("[]", lambda items: "\n".join(map(json.dumps, items))),
        ("", lambda items: "\r\n".join(map(json.dumps, items)) + "\r\n"),
        ("", lambda items: "\n\n".join(json.dumps(each, indent=1) for each in items)),
        ("a.b[]", lambda items: json.dumps({"a": {"c": [{}], "b": items}})),
        ("[].b[]", lambda items: json.dumps([{"b": items[:1]}, {"c": [1]}, {"b": items[1:]}, {"b": []}])),
        ("pages[].b[]", lambda items: json.dumps({"pages": [{"b": [each]} for each in items]})),
        ("posts{}", lambda items: json.dumps({"order": ["1"], "posts": {f"key {each['id']}": each for each in items}})),
        ("items[]", lambda items: "\n".join(json.dumps({"items": [each]}) for each in items)),
    ],
)
@pytest.mark.parametrize("size", [1 << 24, 300])
def test_records_are_found_wherever_they_lie(reading, monkeypatch, path, wrap, size):
    monkeypatch.setattr(jsonrecords, "PIECE", size)
    items = [item(number, text=f'te"xt, {{[ \\ {number}\n é 🎉', odd=[[{}], {"x": "]}"}]) for number in range(100, 120)]
    result = reading(wrap(items), "zed.json", sources=(at(path),))
    assert (result.status, result.reason, result.kept, result.records_in) == ("read", "", 20, 20)
    posts = result.frames["posts"]
    assert posts.get_column("post_id").to_list() == [each["id"] for each in items]
    assert posts.get_column("text").to_list() == [each["text"] for each in items]
    assert posts.get_column("record").to_list() == list(range(1, 21))


def test_what_stands_around_a_record_can_be_read_too(reading):
    source = replace(
        ITEMS,
        layout=Layout(records="pages[].items[]"),
        columns=(
            *ITEMS.columns[:2],
            Column(names=("^.place.id",), fact="posts.place_id"),
            Column(names=("$.owner",), fact="posts.account_id"),
        ),
    )
    pages = [{"items": [item(1), item(2)], "place": {"id": "p"}}, {"place": {"id": "q"}, "items": [item(3)]}]
    posts = reading(json.dumps({"pages": pages, "owner": "ada"}), "zed.json", sources=(source,)).frames["posts"]
    assert posts.select("post_id", "place_id", "account_id").rows() == [
        ("1", "p", "ada"),
        ("2", "p", "ada"),
        ("3", "q", "ada"),
    ]


def test_the_key_of_a_record_can_be_its_id(reading):
    source = replace(
        at("posts{}"), columns=(Column(names=("@key",), fact="posts.post_id", parse="id"), ITEMS.columns[1])
    )
    raw = json.dumps({"posts": {"a": item(), 'b"é\\': item(), "c{": item()}}, indent=1)
    assert reading(raw, "zed.json", sources=(source,)).frames["posts"].get_column("post_id").to_list() == [
        "a",
        'b"é\\',
        "c{",
    ]


def test_ten_thousand_ids_pass_unchanged_as_numbers_and_as_texts(reading):
    dice = random.Random(3)
    ids = [dice.getrandbits(63) for _ in range(10_000)]
    for form in (lambda i: i, str):
        lines = "\n".join(json.dumps(item() | {"id": form(each)}) for each in ids)
        got = reading(lines, "zed.ndjson", sources=(at(""),)).frames["posts"].get_column("post_id").to_list()
        assert got == [str(each) for each in ids]
        document = json.dumps({"items": [item() | {"id": form(each)} for each in ids]})
        assert reading(document, "zed.json", sources=(ITEMS,)).frames["posts"].get_column("post_id").to_list() == got


@pytest.mark.parametrize(
    ("written", "reason"),
    [("1.0798748448402553E+18", "id_precision_lost"), ("9007199254740993.0", "id_precision_lost"), ("12.0", "")],
)
def test_an_id_that_was_a_rounded_number_is_set_aside(reading, written, reason):
    good = "\n".join(json.dumps(item(number)) for number in range(30))
    raw = f'{good}\n{{"id": {written}, "text": "x"}}\n'
    result = reading(raw, "zed.ndjson", sources=(at(""),))
    assert result.quarantine.get_column("reason").to_list() == ([reason] if reason else [])
    assert result.kept == 31 - bool(reason)


def test_a_key_that_comes_late_and_values_of_many_kinds_are_read(reading):
    lines = [item(number) for number in range(500)]
    lines[400] |= {"score": 1, "text": None, "body": {"text": "late"}}
    lines[401] |= {"user": "no object", "counts": {}, "media": 5, "tags": "none", "score": True, "text": 12.5}
    lines[401].pop("score")
    result = reading("\n".join(map(json.dumps, lines)), "zed.ndjson", sources=(at(""),))
    posts, counts = result.frames["posts"], result.frames["post_counts"]
    assert (posts["text"][400], counts["z__rate"][400], posts["text"][401], posts["account_id"][401]) == (
        "late",
        1.0,
        "12.5",
        "ada",
    )
    assert (counts["likes"][401], counts["media_views"][401]) == (None, None)


def damaged():
    good = [json.dumps(item(number)).encode() for number in range(100)]
    good[10] = good[10][:-1]
    good[20] = b'{"id": "x\xff", "text": "t"}'
    good[30] = b'{"id": "half \\ud83d", "text": "t"}'
    good[40] = b"[1, 2]"
    good[50] = b'{"id": NaN, "text": "t"}'
    good[60] = b""
    good[70] = b'{"a":' * 150 + b"1" + b"}" * 150
    return b"\n".join(good)


def test_damaged_lines_are_set_aside_one_by_one_and_found_again(reading):
    raw = damaged()
    result = reading(raw, "zed.ndjson", sources=(at(""),), accept_quarantine=True)
    found = {row["record"]: row["reason"] for row in result.quarantine.iter_rows(named=True)}
    assert found == {
        11: "malformed_record", 21: "bad_encoding", 31: "bad_encoding", 41: "missing_key", 51: "malformed_record", 71: "malformed_record",
    }  # fmt: skip
    assert (result.records_in, result.kept, result.blank) == (100, 93, 1)
    lines = raw.split(b"\n")
    for row in result.quarantine.iter_rows(named=True):
        assert raw[row["start"] : row["end"]] == lines[row["record"] - 1]
        assert row["line"] == row["record"]


def test_a_line_that_the_file_cuts_off_is_the_cut_record(reading):
    raw = "\n".join(json.dumps(item(number)) for number in range(30))[:-5]
    result = reading(raw, "zed.ndjson", sources=(at(""),))
    assert result.quarantine.get_column("reason").to_list() == ["unterminated_last_record"]
    assert "breaks off" in " ".join(result.messages)
    whole = reading("\n".join(json.dumps(item(number)) for number in range(30)), "zed.ndjson", sources=(at(""),))
    assert (whole.kept, whole.quarantined) == (30, 0)


@pytest.mark.parametrize("cut", [3, 30, 200, 333])
def test_a_document_that_breaks_off_keeps_its_whole_records(reading, cut):
    raw = json.dumps({"items": [item(number) for number in range(50)], "next": 5}, indent=1)[:-cut]
    result = reading(raw, "zed.json", sources=(ITEMS,))
    whole = raw.count('"counts"') if cut < 15 else result.kept
    assert result.records_in == result.kept + result.quarantined
    assert set(result.quarantine.get_column("reason")) <= {"unterminated_last_record"}
    assert result.kept == whole >= 45
    assert "breaks off" in " ".join(result.messages)


@pytest.mark.parametrize(("size", "behind"), [(1, "\n\nmade by zed\nyes\n"), (200, "\n\nmade by zed")])
def test_what_stands_behind_the_end_of_a_document_is_said_and_no_sign_that_it_breaks_off(reading, size, behind):
    raw = json.dumps({"items": [item(number) for number in range(size)], "next": 5}) + behind
    result = reading(raw, "zed.json", sources=(ITEMS,))
    assert (result.kept, result.quarantined) == (size, 0)
    said = " ".join(result.messages)
    assert "in line 3, stands something else, which was left out: 'made by zed'" in said
    assert "breaks off" not in said


def test_words_where_records_belong_are_counted(reading):
    raw = json.dumps({"items": [None, item(1), 5, item(2), "a, b", item(3), True]})
    result = reading(raw, "zed.json", sources=(ITEMS,), accept_quarantine=True)
    assert (result.records_in, result.kept, result.blank, result.quarantined) == (7, 3, 1, 3)
    spans = [raw[row["start"] : row["end"]] for row in result.quarantine.iter_rows(named=True)]
    assert spans == ["5", '"a, b"', "true"]


def test_a_bomb_of_brackets_is_refused(reading):
    result = reading('{"items": [{"id": "1", "text": "t"}, ' + "[" * 100_000, "zed.json", sources=(ITEMS,))
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "nested" in result.reason


@pytest.mark.parametrize(
    "raw", ["{", "[", "[}", '{"a"', "{}", "[]", '{"items": [}', "]]]]", '{"items": 5}', "[[[[", '{"items": {}}']
)
def test_what_is_hardly_json_is_refused_in_words(reading, raw):
    result = reading(raw, "zed.json", sources=(ITEMS,))
    assert (result.status, result.exit_code) == ("refused", 4)
    assert result.reason
    assert result.hint


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_json(reading, encoding):
    raw = json.dumps({"items": [item(text="é")]}, ensure_ascii=False).encode(encoding)
    assert one(reading(raw, "zed.json", sources=(ITEMS,)))["text"] == "é"


def test_a_signature_can_ask_what_the_document_says(reading):
    lists = replace(ITEMS, kind="lists", signature=Signature(required=("$.kind=list", "id", "text", "at")))
    others = replace(ITEMS, kind="others", signature=Signature(required=("$.kind=other", "id", "text", "at")))
    read = reading(json.dumps({"kind": "list", "items": [item()]}), "zed.json", sources=(lists, others))
    assert read.kind == "zed.lists"
    empty = reading(json.dumps({"kind": "other", "items": []}), "zed.json", sources=(lists, others))
    assert (empty.status, empty.kind, empty.records_in) == ("read", "zed.others", 0)
    neither = reading(json.dumps({"kind": "x", "items": [item()]}), "zed.json", sources=(lists, others))
    assert "'$.kind=list'" in neither.hint
    strange = reading(json.dumps({"items": [item()]}), "zed.json", sources=(lists, others))
    assert "kind=" not in strange.hint


def test_what_a_file_assigns_its_json_to_is_part_of_the_signature(reading):
    source = replace(at("[]"), signature=Signature(root="window.zed.posts", required=("id",)))
    raw = json.dumps([item()])
    assert reading(f"window.zed.posts.part12 = {raw}", "zed.js", sources=(source,)).kept == 1
    assert reading(f"window.zed.likes.part0 = {raw}", "zed.js", sources=(source,)).status == "refused"


def test_code_is_given_whole_records_and_must_account_for_them(reading):
    given = []

    def read(_preview, _source, context):
        given.extend(context.records())
        rows = [{"post_id": json.loads(each.raw)["id"], "platform": "zed", "record": each.number} for each in given]
        yield Batch(frames={"posts": pl.DataFrame(rows)}, records=len(given))

    source = replace(ITEMS, columns=(), load="zed.code:read")
    raw = json.dumps({"items": [item(1), item(2)]}, indent=2)
    result = reading(raw, "zed.json", sources=(source,), use={"zed.code:read": read}.__getitem__)
    assert (result.status, result.kept, result.reason) == ("read", 2, "")
    assert [raw.encode()[each.start : each.end] for each in given] == [each.raw for each in given]


@pytest.mark.parametrize("load", ["", "zed.code:read"])
def test_json_that_an_editor_saved_as_windows_1252_is_read_and_said(reading, load):
    def read(_preview, _source, context):
        found = [(each, json.loads(each.raw)) for each in context.records()]
        good = [(each.number, values) for each, values in found if values["id"]]
        rows = [{"post_id": values["id"], "text": values["text"], "platform": "zed", "record": n} for n, values in good]
        bad = [Rejected(record=each, column="id", reason="missing_key") for each, values in found if not values["id"]]
        yield Batch(frames={"posts": pl.DataFrame(rows)}, rejected=tuple(bad), records=len(found))

    said = ["schöne Größe – 5 €", "l’été", "“plain”"]
    raw = json.dumps({"items": [item(n, text=text) for n, text in enumerate(said)]}, ensure_ascii=False)
    raw = raw.replace('"id": "1"', '"id": ""').encode("cp1252")
    source = replace(ITEMS, load=load, columns=() if load else ITEMS.columns)
    result = reading(raw, "zed.json", sources=(source,), use={"zed.code:read": read}.__getitem__)
    (bad,) = result.quarantine.iter_rows(named=True)
    assert result.frames["posts"]["text"].to_list() == [said[0], said[2]]
    assert json.loads(raw[bad["start"] : bad["end"]].decode("cp1252"))["text"] == said[1]
    assert said[1] in bad["excerpt"]
    assert any("Windows-1252" in each for each in result.messages)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=6), st.sampled_from(['"', "\\", "\\\\", "{[", "]}", "\u2028", "🎉"]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.sampled_from("abc"), v, max_size=3), max_leaves=6
)
RECORDS = st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3), max_size=6)
PATHS = tuple(map(parse, ("a", "b", "c.a", "b.c", "a[0]", "c[].b", "b.#", "a.b.c")))


@settings(max_examples=150, deadline=None)
@given(
    RECORDS,
    st.tuples(st.sampled_from([None, 1]), st.booleans()),
    st.integers(2, 400),
    st.sampled_from(["[]", "x[]", "k{}", ""]),
)
@example([{"c": [{"b": ""}]}], (None, True), 2, "[]")
@example([{"c": [{"b": False}, {"a": None, "b": 0.0}]}], (None, False), 2, "[]")
@example([{"a": None, "b": None, "c": [{"b": ""}]}], (None, True), 2, "[]")
@example([{"c": [{"b": None}, {"b": ""}, {}]}, {"c": [{}]}], (None, True), 400, "")
def test_records_and_cells_are_those_of_the_standard_library(tmp_path_factory, records, form, size, path):
    def written(value):
        return json.dumps(value, indent=form[0], ensure_ascii=form[1])

    document = {
        "[]": records,
        "x[]": {"y": records, "x": records, "z": 1},
        "k{}": {"k": {f"k{n}": r for n, r in enumerate(records)}},
    }
    raw = "\n".join(map(written, records)) if not path else written(document[path])
    file = tmp_path_factory.mktemp("j") / "t"
    file.write_text(raw, encoding="utf-8")
    text = Text(file, Encoding(name="utf-8"))
    try:
        found = JsonRecords(text, path)
        pieces = list(found.pieces(size))
        raws = [
            piece.data[a:b] for piece in pieces for a, b in zip(piece.starts.tolist(), piece.ends.tolist(), strict=True)
        ]
        assert [json.loads(each) for each in raws] == records
        assert not found.unfinished
        _compare_cells(pieces, records)
    finally:
        text.close()


def _compare_cells(pieces, records):
    for name in PATHS:
        cells = JsonCells({"x": (name,)})
        read = [cells.read(piece, np.arange(len(piece.starts))) for piece in pieces]
        assert not any(faults for _, faults in read)
        got = [cell for frame, _ in read for cell in frame.get_column("x").to_list()]
        expected = [name.get(_numbers(each)) for each in records]
        for cell, other in zip(got, expected, strict=True):
            assert _same(cell) == _same(other) or (other or "").startswith(("[", "{"))  # no value, as text


def _numbers(value):
    return loads(json.dumps(value).encode())


def _same(cell):
    """Cells are the same if they say the same numbers: how one is written may differ, alone or in a list."""
    if cell is not None and MANY in cell:
        return [_same(each) for each in cell.split(MANY)]
    try:
        return cell if cell is None else json.loads(cell)
    except ValueError:
        return cell


def walked(value, path=""):
    """The paths of a value, by plain recursion."""
    yield path
    if isinstance(value, str) and len(value) <= 64:
        yield f"{path}={value}"
    for key, each in value.items() if isinstance(value, dict) else ():
        yield from walked(each, f"{path}.{key}" if path else key)
    for each in value if isinstance(value, list) else ():
        yield from walked(each, f"{path}[]")


@pytest.mark.parametrize("form", ["array", "lines", "document"])
def test_the_paths_of_a_file_are_seen_whether_its_beginning_ends_in_a_value_or_not(form):
    records = [{"id": n, "by": {"name": f"né {n}\n"}, "tags": [["a"], {"t": None}], "x.y": "z" * 70} for n in range(9)]
    value = {"items": records} if form == "document" else records
    raw = "\n".join(map(json.dumps, records)) if form == "lines" else json.dumps(value)
    wanted = {path for each in records for path in walked(each)} if form == "lines" else set(walked(value))
    assert paths(raw.encode()) == wanted
    first = {path for path in wanted if "=" not in path}
    assert {path for path in paths(raw.encode()[:-7]) if "=" not in path} == first
    assert paths(raw.encode()[:-7]) <= wanted
