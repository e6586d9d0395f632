"""The blank strategy: it reads, it invents nothing, and the review says what to fill in."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.api.errors import UserMistake
from smmetrics.strategy import read, read_bytes, review, template, write_new


def test_the_blank_file_reads_without_a_fault_or_an_unknown_word():
    found = read_bytes(template("Acme", zone="Europe/Berlin").encode())
    assert (found.title, found.timezone) == ("Acme", "Europe/Berlin")
    assert found.origin.notices == ()


def test_the_review_of_the_blank_file_says_what_to_fill_in(catalogue):
    findings = review(read_bytes(template().encode()), catalogue)
    assert {f.code for f in findings if f.level == "error"} == {"SMM-S001", "SMM-S002", "SMM-S003", "SMM-S004"}
    assert all(f.hint for f in findings if f.level == "error")


def test_the_order_is_why_who_what_where():
    text = template()
    places = [text.index(word) for word in ("purpose", "[backing]", "[audiences.", "[people.", "[goals.", "[channels.")]
    assert places == sorted(places)


def numbers(value):
    """Every number of a document."""
    if isinstance(value, dict):
        return [n for item in value.values() for n in numbers(item)]
    return [value] if isinstance(value, int | float) else []


def test_nothing_in_it_could_pass_as_measured():
    assert numbers(tomllib.loads(template())) == [1], "only the number of the format"


EXAMPLES = [
    ("# hours_per_week = …", "hours_per_week = 3"),
    ('# signs = ["^AM"]', 'signs = ["^AM"]'),
    ("# inside = true", "inside = true"),
    ('# type = "…"', 'type = "p.q"'),
    ('# use = "…"', 'use = "support"'),
    ("# size = …", "size = 3"),
    ('# voice = { speaker = "…", tone = "…", never = ["…"] }', 'voice = { speaker = "…", tone = "…", never = ["…"] }'),
]  # fmt: skip


@pytest.mark.parametrize(("comment", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_works_once_the_hash_is_away(comment, line):
    text = template()
    assert text.count(f"\n{comment}\n") == 1
    found = read_bytes(text.replace(f"\n{comment}\n", f"\n{line}\n").encode())
    assert found.origin.notices == ()


@pytest.mark.parametrize(
    "table",
    ["[[audiences.people.promises]]", "[privacy]", "[[goals.first.questions]]", "[channels.NAME]", "[not_using.NAME]"],
)
def test_an_example_table_works_once_the_hashes_are_away(table):
    head, _, tail = template().partition(f"# {table}\n")
    block, blank, rest = tail.partition("\n\n")
    shown = "\n".join(line.removeprefix("# ") for line in block.splitlines()).replace('value = "…"', 'value = "3"')
    found = read_bytes((head + f"{table}\n" + shown + blank + rest).encode())
    assert found.origin.notices == ()


@given(st.text(max_size=40))
def test_any_title_survives(title):
    try:
        data = template(title).encode()
    except UnicodeEncodeError:
        return
    assert read_bytes(data).title == title


def test_a_new_file_is_written_and_never_over_an_old_one(tmp_path):
    folder = tmp_path / "acme" / "work"
    path = write_new(folder, zone="Asia/Tokyo")
    assert read(path).timezone == "Asia/Tokyo"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UserMistake, match="stays as it is"):
        write_new(folder)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("below", ["", "below"])
def test_a_file_in_the_folders_place_is_the_users_mistake(tmp_path, below):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserMistake) as caught:
        write_new(tmp_path / "file" / below)
    assert "already" not in caught.value.message
    assert caught.value.hint.startswith("Choose")
