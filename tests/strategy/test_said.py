"""What is said once names all its places; what is a share stays below the whole; what comes later is only a note."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from smmetrics.strategy import read_bytes, review
from smmetrics.strategy.template import template
from smmetrics.strategy.templates import text_of

TARGET = """\
[[goals.a.targets]]
metric = "{metric}"
{line}
by = 2027-06-30
"""


def findings(text, catalogue, code, **more):
    """The findings of one code."""
    found = review(read_bytes(text.encode()), catalogue, today=dt.date(2026, 12, 1), **more)
    return [each for each in found if each.code == code]


def test_every_place_of_the_templates_words_is_named_with_its_line(nothing):
    text = text_of("care")
    words, *_ = findings(text, nothing, "SMM-S055")
    lines = [int(place.rpartition("line ")[2].rstrip(")")) for place in words.places]
    assert len(words.places) == 28
    assert words.places[1] == f"purpose (line {lines[1]})"
    assert text.splitlines()[lines[1] - 1].startswith("purpose = ")
    assert f"and 24 more (lines {', '.join(map(str, dict.fromkeys(lines)))})." in words.message


def test_what_the_blank_file_asks_and_nobody_answered_is_one_note(nothing):
    text = template("Ours")
    (note,) = findings(text, nothing, "SMM-S035")
    empty = [n for n, line in enumerate(text.splitlines(), 1) if line.endswith(' = ""')]
    asked = [int(place.rpartition("line ")[2].rstrip(")")) for place in note.places]
    assert note.message.startswith("Left open: backing.gives, backing.it, audiences.people.shares, ")
    assert set(asked) < set(empty)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('value = ">= 30 %"', ""),
        ('value = ">= 100 %"', ""),
        ("value = 0.3", ""),
        ('value = ">= 300 %"', "Write it like"),
        ('value = ">= 30"', "Did you mean 30 %?"),
        ("value = 30", "Did you mean 30 %?"),
        ('value = "15 .. 250 %"', "Write it like"),
        ('value = ">= 20 %"\nbaseline = "140 %"', "Write it like"),
        ('value = ">= 20 %"\nbaseline = 12', "Did you mean 12 %?"),
    ],
)
def test_no_part_is_more_than_the_whole(line, said, catalogue):
    found = findings(TARGET.format(metric="talk.part", line=line), catalogue, "SMM-S016")
    assert [each.hint.startswith(said) for each in found if "share" in each.message] == ([True] if said else [])


def test_a_number_for_each_of_another_may_be_more(catalogue):
    assert findings(TARGET.format(metric="talk.replies", line='value = ">= 300 %"'), catalogue, "SMM-S016") == []


@pytest.mark.parametrize(
    ("have", "channel", "level"),
    [
        ("", "", "note"),
        ("forum.posts", "", "warning"),
        ("forum.posts", "forum", "warning"),
        ("forum.posts", "b", "note"),
    ],
)
def test_a_start_is_asked_for_once_files_that_show_it_are_in(have, channel, level, catalogue):
    text = TARGET.format(metric="talk.replies", line='value = ">= 3"')
    text += f'channel = "{channel}"\n' if channel else ""
    cell = SimpleNamespace(
        goal="a", question="?", metric="talk.replies", channel="forum", status="measurable", have=have, reason=""
    )
    (found,) = findings(text, catalogue, "SMM-S014", cells=[cell])
    assert found.level == level
    assert found.hint.endswith("smmetrics baseline a --write")
    assert found.hint.startswith("Nothing to do until then") is (level == "note")


def test_a_sheet_kept_by_hand_needs_no_name_and_one_goal_no_serves(nothing):
    place = '[channels.s]\nplatform = "offline"\nbecause = "b"\n'
    assert findings("[goals.a]\n" + place, nothing, "SMM-S034") == []
    (two,) = findings("[goals.a]\n[goals.b]\n" + place, nothing, "SMM-S034")
    assert two.message == "`s` does not say `serves`."


def test_only_off_platforms_is_no_result_where_something_it_asks_is_out_of_reach(catalogue):
    text = '[goals.a]\n[channels.s]\nplatform = "offline"\n'
    cell = SimpleNamespace(goal="a", question="?", metric="m", channel="s", status="not_measurable", have="", reason="")
    assert findings(text, catalogue, "SMM-S070", cells=[cell]) == []
    cell.status = "measurable"
    assert len(findings(text, catalogue, "SMM-S070", cells=[cell])) == 1


def test_an_answer_for_ever_is_told_its_whole_block_with_a_day(nothing):
    text = '[[accept]]\ncode = "S068"\nat = "goals.a"\nbecause = "say \\"later\\""\n'
    (note,) = findings(text, nothing, "SMM-S028")
    block = note.hint.partition("\n")[2]
    assert block == text.replace("S068", "SMM-S068") + "until = 2027-12-01"


@pytest.mark.parametrize(
    ("metric", "status", "asked"),
    [
        ("talk.replies", "measurable", True),
        ("talk.replies", "not_measurable", False),
        ("gifts.count", "unknown", False),
    ],
)
def test_no_start_is_asked_for_of_what_nothing_here_can_measure(metric, status, asked, catalogue):
    text = TARGET.format(metric=metric, line='value = ">= 3"')
    cell = SimpleNamespace(goal="a", question="?", metric=metric, channel="c", status=status, have="", reason="")
    assert bool(findings(text, catalogue, "SMM-S014", cells=[cell])) is asked
