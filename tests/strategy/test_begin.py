"""Beginning a strategy: eight complete ones, a blank one, and answers that stand in the file as they were said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.api.errors import UserMistake
from smmetrics.strategy import Answers, StrategyFaults, read, read_bytes, read_people, write_new
from smmetrics.strategy.begin import begun
from smmetrics.strategy.templates import names, summaries, text_of

SHARED = Path(__file__).parents[3] / "shared" / "templates"


@pytest.mark.parametrize("name", names())
def test_a_template_reads_without_a_fault_or_an_unknown_word(name):
    found = read_bytes(text_of(name).encode())
    assert found.origin.notices == ()
    assert found.purpose
    assert found.goals


@pytest.mark.parametrize("name", names())
def test_a_template_begins_in_the_zone_that_was_asked_for_and_is_untouched_otherwise(name):
    text = text_of(name)
    zone = read_bytes(text.encode()).timezone
    assert begun(name, zone=zone) == text
    assert begun(name, zone="Asia/Tokyo") == text.replace(f'timezone = "{zone}"', 'timezone = "Asia/Tokyo"')


def test_every_template_has_a_line_that_says_whom_it_is_for():
    assert list(summaries()) == ["blank", *names()]
    assert len(names()) == 8
    assert all(line.endswith(".") and "\n" not in line for line in summaries().values())


def test_a_template_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(UserMistake, match="no template 'caer'") as caught:
        text_of("caer")
    assert caught.value.hint == "Did you mean 'care'?"


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("Amira 8, Tom 4 h", (("Amira", 8.0), ("Tom", 4.0))),
        ("Zoë Müller: 4,5 hours and Jo", (("Zoë Müller", 4.5), ("Jo", None))),
        ("Thomas", (("Thomas", None),)),
        ("", ()),
        ("me 2.5h.", (("me", 2.5),)),
    ],
)
def test_people_and_hours_are_understood_as_people_write_them(said, people):
    assert read_people(said) == people


@pytest.mark.parametrize("said", ["8", "Amira 900", "Amira 8 h on Mondays", "…", "?!, Tom"])
def test_what_is_not_understood_is_said_with_an_example(said):
    with pytest.raises(ValueError, match="Amira 8, Tom 4"):
        read_people(said)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@given(who=texts, better=texts)
@settings(deadline=None, max_examples=40)
def test_answers_stand_in_the_file_as_they_were_said(who, better):
    answers = Answers(who=who, better=better, people=(("Zoë", 2.5), ("Zoe", None)), does="listen")
    found = read_bytes(begun(zone="UTC", answers=answers).encode())
    assert (found.purpose, found.audiences["people"].who) == (better, who)
    assert {name: person.role for name, person in found.people.items()} == {"zoe": "Zoë", "zoe-2": "Zoe"}
    assert found.goals["first"].people == ("zoe", "zoe-2")
    assert found.goals["first"].hours == {"zoe": 2.5}
    assert found.goals["first"].activities == ("monitoring",)
    assert found.origin.notices == ()


def test_nothing_answered_leaves_the_blank_file_as_it_is():
    assert begun(zone="UTC", answers=Answers()) == begun(zone="UTC")


def test_answers_keep_the_explanations_of_the_blank_file():
    answers = Answers(who="w", better="b", people=(("Amira", 8.0),), does="both")
    before, after = (begun(zone="UTC", answers=said).splitlines() for said in (None, answers))
    asked = "# hours_per_week = …"
    remarks = [line for line in before if line.startswith("#") and line != asked]
    assert remarks == [line for line in after if line.startswith("#")]
    assert after.index("hours_per_week = 8") == before.index(asked)


def test_a_zone_that_is_not_there_writes_nothing(tmp_path):
    with pytest.raises(StrategyFaults, match="Did you mean 'Europe/Oslo'"):
        write_new(tmp_path / "new", zone="Oslo")
    assert not (tmp_path / "new").exists()


def test_other_files_of_the_folder_stay(tmp_path):
    (tmp_path / "export.csv").write_text("a,b", encoding="utf-8")
    assert read(write_new(tmp_path, name="team")).title.startswith("Ridgeway")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "strategy.toml"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
@pytest.mark.parametrize("name", names())
def test_a_template_is_the_shared_text(name):
    assert text_of(name) == (SHARED / f"{name}.toml").read_text(encoding="utf-8")
