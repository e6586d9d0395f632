from __future__ import annotations

from smmetrics.api import QuestionRef
from smmetrics.contracts.suggesting import in_a_line, suggest, unknown_packs

from .test_binding import CATALOGUE

ASKED = (
    QuestionRef(goal="g", ask="Are people answered?", lead=("pack.follow_up", "pack.voices")),
    QuestionRef(goal="g", ask="How often?", lead=("pack.cadence",)),
    QuestionRef(goal="g", ask="Is it worth it?", lead=("pack.per_reply",)),
    QuestionRef(goal="g", ask="Are they content?", lead=("care.csat",)),
)
FOUND = {one.source: one for one in suggest(ASKED, CATALOGUE)}


def test_every_source_is_counted_and_the_one_that_answers_most_comes_first():
    assert next(iter(FOUND)) == "blog.all"
    assert set(FOUND) == set(CATALOGUE.sources)
    assert {id_: len(one.answers) for id_, one in FOUND.items()} == {
        "blog.all": 3, "bird.posts": 2, "bird.days": 0, "desk.effort": 0,
    }  # fmt: skip
    assert {one.questions for one in FOUND.values()} == {4}


def test_what_is_answered_in_part_and_what_is_not_is_said():
    bird = FOUND["bird.posts"]
    assert bird.answers == ("How often?", "Is it worth it?")
    assert bird.partly == ("Is it worth it?",)
    assert bird.cannot == ("Are people answered?", "Are they content?")


def test_what_a_source_needs_beside_it_is_named():
    assert FOUND["blog.all"].beside == ("File effort",)


def test_forms_that_people_keep_stand_beside_platforms():
    (one,) = [one for one in suggest((QuestionRef(goal="g", ask="?", lead=("pack.hours",)),), CATALOGUE) if one.answers]
    assert (one.source, one.answers) == ("desk.effort", ("?",))


def test_what_it_takes_is_the_sources_own_word():
    assert (FOUND["blog.all"].how_to_get, FOUND["blog.all"].takes) == ("ask", "rows")


def test_packs_that_are_missing_are_counted_by_question():
    assert unknown_packs(ASKED, CATALOGUE) == {"smmetrics-care": 1}


def test_the_best_stand_in_one_line():
    assert in_a_line(tuple(FOUND.values())) == "File all (3 of 4), File posts (2 of 4)"
    assert in_a_line(()) == ""
