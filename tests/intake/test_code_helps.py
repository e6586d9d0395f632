"""What a source's code may ask for beside its records: other places of a JSON file, neighbours, the account."""

import io
import sys
import zipfile

import polars as pl
import pytest

from smmetrics.api import Batch, Layout, PluginFault, Rejected, Signature, Source


def source(**more):
    given = {
        "kind": "posts", "platform": "zed", "table": "posts", "title": "Zed", "container": "json",
        "how_to_get": "Zed, download.", "takes": "A login to Zed.", "load": "zed.posts:read",
        "signature": Signature(required=("id",)), "layout": Layout(records="data[] | [] | "),
    }  # fmt: skip
    return Source(**(given | more))


def reader(preview, described, context):
    users = [record.raw.decode() for record in context.records("includes.users[]")]
    rows = [
        {
            "platform": "zed",
            "post_id": record.raw.decode(),
            "account_id": context.account,
            "text": " ".join((*users, preview.beside("who.js").decode(), described.layout.records)),
            "record": record.number,
        }
        for record in context.records()
    ]
    yield Batch(frames={"posts": pl.DataFrame(rows)}, records=len(rows))


@pytest.mark.parametrize(
    ("raw", "place", "number"),
    [
        (b'{"data": [{"id": 1}, {"id": 2}], "includes": {"users": [{"u": 7}]}}', "data[]", 2),
        (b'{"data": [{"id": 1}]}\n{"data": [{"id": 2}]}\n', "data[]", 2),
        (b'[{"id": 1}, {"id": 2}, {"id": 3}]', "[]", 3),
        (b'{"id": 1}\n{"id": 2}\n', "[]", 2),
        (b'{\n "id": 1\n}\n', "", 1),
    ],
)
def test_records_are_found_in_the_first_place_that_fits(reading, raw, place, number):
    result = reading(raw, "x.json", sources=(source(),), use=lambda _: reader)
    assert (result.status, result.kept) == ("read", number)
    assert all(text.endswith(place) for text in result.frames["posts"]["text"].to_list())


def test_what_lies_elsewhere_is_given_and_counts_for_nothing(reading):
    raw = b'{"data": [{"id": 1}], "includes": {"users": [{"u": 7}, {"u": 8}]}}'
    result = reading(raw, "x.json", sources=(source(),), use=lambda _: reader)
    assert (result.records_in, result.kept) == (1, 1)
    assert result.frames["posts"]["text"].item().startswith('{"u": 7} {"u": 8}')


@pytest.mark.parametrize(("said", "account"), [("Acme", "Acme"), ("", "(not named)")])
def test_code_is_told_the_account(reading, said, account):
    result = reading(b'[{"id": 1}]', "x.json", sources=(source(),), use=lambda _: reader, account=said)
    assert result.frames["posts"]["account_id"].to_list() == [account]


def test_code_may_look_at_the_files_beside_its_own_in_an_archive(reading):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("data/posts.js", 'a.posts.part0 = [{"id": 1}]')
        archive.writestr("data/who.js", "Ada")
        archive.writestr("other/who.js", "Eve")
    result = reading(buffer.getvalue(), "x.zip", sources=(source(),), use=lambda _: reader)
    assert "Ada" in result.frames["posts"]["text"].item()
    alone = reading(b'[{"id": 1}]', "posts.json", sources=(source(),), use=lambda _: reader)
    assert "Ada" not in alone.frames["posts"]["text"].item()


@pytest.mark.parametrize(("name", "status"), [("a.posts", "read"), ("a.post", "read"), ("a.removed_posts", "refused")])
def test_a_file_may_assign_its_json_to_one_of_several_names(reading, name, status):
    named = source(signature=Signature(required=("id",), root="a.posts | a.post"))
    result = reading(f'{name}.part0 = [{{"id": 1}}]'.encode(), "x.js", sources=(named,), use=lambda _: reader)
    assert result.status == status


def test_a_known_kind_that_is_not_taken_is_refused_with_its_reason(reading):
    known = source(load="", refuses="These are private messages.", takes="Nothing: they stay where they are.")
    result = reading(b'[{"id": 1}]', "x.json", sources=(known,))
    assert (result.status, result.exit_code) == ("refused", 4)
    assert (result.reason, result.hint) == ("These are private messages.", "Nothing: they stay where they are.")


def test_a_source_that_neither_reads_nor_refuses_is_a_fault():
    with pytest.raises(PluginFault, match="neither columns nor load"):
        source(load="")


@pytest.mark.parametrize(
    ("failing", "why"), [(lambda *_: 1 / 0, "ZeroDivisionError"), (lambda *_: sys.exit(3), "SystemExit")]
)
def test_code_that_fails_or_leaves_is_named_and_its_file_refused(reading, failing, why):
    result = reading(b'[{"id": 1}]', "zed.json", sources=(source(),), use=lambda _: failing)
    assert (result.status, result.exit_code) == ("refused", 5)
    assert f"The source zed.posts failed: {why}" in result.reason


TABLE = source(container="csv", layout=Layout(), signature=Signature(required=("id", "word")))
LINES = b"""id,word
1,one
 , \t
,
2,"two
words"
3,three,more
\"\",
4
5,fi\xffve
6,\xff,more
7,
"""


def test_rows_and_records_are_the_same_records(reading):
    seen = {}

    def code(preview, described, context):
        del preview, described
        one_by_one = {record.number: record for record in context.records()}
        frame, odd = [], []
        for rows in context.rows():
            frame += rows.frame.rows()
            numbers = [*rows.frame["record"], *rows.ragged]
            odd += rows.ragged
            assert list(rows.records(numbers)) == [one_by_one.pop(number) for number in numbers]
        seen.update(frame=frame, odd=odd, left=one_by_one)
        kept = [record for _, _, record in frame]
        posts = pl.DataFrame({"platform": "zed", "post_id": [str(each) for each in kept], "record": kept})
        rejected = tuple(Rejected(record=each, column="", reason="too_few_fields") for each in rows.records(odd))
        yield Batch(frames={"posts": posts}, records=len(kept) + len(odd), rejected=rejected)

    result = reading(LINES, "x.csv", sources=(TABLE,), use=lambda _: code, accept_quarantine=True)
    assert result.status == "read", result.reason
    assert seen["frame"] == [("1", "one", 1), ("2", "two\nwords", 4), ("7", "", 10)]
    assert (seen["odd"], seen["left"]) == ([5, 7], {})
    assert result.quarantine.filter(reason="bad_encoding")["record"].to_list() == [8, 9]
    assert (result.records_in, result.kept, result.quarantined, result.blank) == (10, 3, 4, 3)
