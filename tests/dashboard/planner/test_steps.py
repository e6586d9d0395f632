"""Each step: what it asks, what a value does to the file's document, what stands beside it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from smmetrics import strategy
from smmetrics.dashboard.planner.beside import STEPS, beside, counts, place_of, step_of
from smmetrics.dashboard.planner.fields import Field, Group, Screen
from smmetrics.dashboard.planner.naming import short
from smmetrics.dashboard.planner.source import Remark
from smmetrics.words import say

TEMPLATE = Path(strategy.__file__).parent / "templates"
TEMPLATES = sorted(path.stem for path in TEMPLATE.glob("*.toml"))


def test_channels_come_last_and_every_step_says_why_it_comes_here():
    assert STEPS[0] == "purpose"
    assert STEPS[-1] == "channels"
    assert all(len(say(f"planner.steps.{step}.why")) > 60 for step in STEPS)


def test_a_place_as_people_write_it_counts_from_one():
    assert place_of("goals.answer-people.targets[2].value") == ("goals", "answer-people", "targets", 1, "value")
    assert place_of("") == ()


@pytest.mark.parametrize(
    ("where", "step"),
    [
        ("purpose", "purpose"), ("backing.who", "purpose"), ("privacy", "audiences"), ("people.ana", "people"),
        ("goals.talk.why", "goals"), ("goals.talk.questions[1].ask", "questions"), ("goals.talk.drop", "questions"),
        ("goals.talk.targets[1]", "targets"), ("not_using.x", "channels"), ("stories.brakes", "questions"), ("", "rest"),
        ("goals.talk.decisions[1].when", "targets"), ("audiences.us.promises[1].metric", "audiences"),
        ("topics.soil", "rest"),
    ],
)  # fmt: skip
def test_every_place_belongs_to_a_step(where: str, step: str):
    assert step_of(place_of(where)) == step


def _screen() -> Screen:
    field = Field(key="why", place=("goals", "talk", "why"), look="line", label="Why", value="", write=lambda _: [])
    return Screen(step="goals", groups=(Group(key="talk", title="talk", places=(("goals", "talk"),), fields=(field,)),))


@pytest.mark.parametrize(
    ("where", "key"),
    [("goals.talk.why", "why"), ("goals.talk", "talk"), ("goals.talk.risk", "talk"), ("goals.other", "")],
)
def test_a_remark_stands_at_its_field_else_at_the_head_of_its_group_else_apart(where: str, key: str):
    said = beside(_screen(), [Remark(level="warning", message="m", where=where)])
    assert {name: [note["text"] for note in notes] for name, notes in said.items()} == {key: ["m"]}


def test_remarks_of_other_steps_stay_there_and_those_of_no_step_are_told_with_their_place():
    remarks = [Remark(level="note", message="m", where=where) for where in ("people.ana", "topics.brakes")]
    said = beside(_screen(), remarks)
    assert [note["text"] for note in said.pop("")] == ["topics.brakes: m"]
    assert said == {}


def test_counts_leave_out_what_is_answered():
    remarks = [
        Remark(level="error", message="m", where="purpose"),
        Remark(level="warning", message="m", where="backing"),
        Remark(level="warning", message="m", where="backing", accepted="we know"),
    ]
    assert counts(remarks) == {"purpose": "1 error, 1 warning"}


@pytest.mark.parametrize(
    ("words", "name"),
    [("Answer people!", "answer-people"), ("  ", ""), ("<img src=x>", "img-src-x"), ("Überall", "überall")],
)
def test_a_name_is_made_of_words(words: str, name: str):
    assert short(words) == name


def test_what_is_typed_on_a_step_one_has_asked_to_leave_is_kept(hand):
    hand.go("people")
    typed = {"does": "put", "key": "people/ana/hours_per_week", "value": "7,5", "n": 90}
    hand.press("next")
    hand.plan._heard(hand.plan, typed, [])
    hand.plan.settle()
    assert hand.plan.state.draft["people"]["ana"]["hours_per_week"] == 7.5


def test_what_is_typed_becomes_what_the_file_holds(hand):
    hand.go("audiences")
    hand.put("audiences/gardeners/size", "4 000".replace(" ", ""))
    hand.put("audiences/gardeners/minors", True)
    hand.put("privacy/agreed_on", "2026-09-30")
    hand.go("people")
    hand.put("people/ana/hours_per_week", "7,5")
    hand.put("people/ana/signs", "^AN\n\n/Ana\n")
    draft = hand.plan.state.draft
    assert draft["audiences"]["gardeners"]["size"] == 4000
    assert draft["audiences"]["gardeners"]["minors"] is True
    assert draft["privacy"]["agreed_on"] == date(2026, 9, 30)
    assert draft["people"]["ana"]["hours_per_week"] == 7.5
    assert draft["people"]["ana"]["signs"] == ["^AN", "/Ana"]
    hand.press("save")
    assert tomllib.loads(hand.text())["privacy"] == {"agreed_on": date(2026, 9, 30)}


def test_what_cannot_be_read_is_kept_as_typed_said_beside_the_field_and_not_saved(hand):
    before = hand.text()
    hand.go("people")
    hand.put("people/ana/hours_per_week", "plenty")
    assert hand.said("people/ana/hours_per_week")[0] == "strategy.type"
    assert hand.value("people/ana/hours_per_week") == "plenty"
    hand.press("save")
    assert "people.ana.hours_per_week" in hand.plan.shown["message"]
    assert hand.text() == before


def test_a_target_that_says_nothing_yet_does_not_silence_the_rest(hand):
    hand.go("targets")
    hand.act("target/goals/talk", "communicating.question_yield")
    assert hand.said("goals/talk/targets/1/value")[0].startswith("strategy.")
    assert hand.plan.judged.asked
    hand.put("goals/talk/targets/1/value", ">= 40 %")
    hand.put("goals/talk/targets/0/value", "soon")
    assert hand.said("goals/talk/targets/0/value")[0].startswith("strategy.")
    assert "SMM-S014" in hand.said("goals/talk/targets/1/baseline")


def test_promises_rules_voice_and_stories_are_filled_in_like_all_else(hand):
    hand.go("audiences")
    hand.act("promises/audiences/gardeners", "An answer  the same day")
    hand.put("audiences/gardeners/promises/0/metric", "communicating.reply_share")
    hand.put("audiences/gardeners/promises/0/value", ">= 30 %")
    hand.go("goals")
    hand.put("goals/talk/voice/speaker", "named staff")
    hand.put("goals/talk/voice/never", "sell in a reply\n")
    hand.put("goals/talk/voice/promo_cap", "0,1")
    hand.put("goals/talk/part_of", "company plan 2027")
    hand.go("questions")
    hand.act("add/stories", "Brakes that squeak")
    hand.put("stories/brakes-that-squeak/any", "brakes\nsquealing")
    hand.put("stories/brakes-that-squeak/kind", "risk")
    hand.act("add/others", "GreenCo")
    hand.put("others/greenco/names", "GreenCo\nGreen Company")
    hand.go("targets")
    hand.act("decisions/goals/talk", "answer more")
    hand.put("goals/talk/decisions/0/when", "communicating.reply_share < 20 %")
    hand.put("goals/talk/decisions/0/lasting", "2 months")
    hand.put("goals/talk/decisions/0/who", "ana")
    hand.press("save")
    assert "Saved" in hand.plan.shown["message"]
    saved = tomllib.loads(hand.text())
    assert saved["audiences"]["gardeners"]["promises"] == [
        {"text": "An answer the same day", "metric": "communicating.reply_share", "value": ">= 30 %"}
    ]
    assert saved["goals"]["talk"]["voice"] == {"speaker": "named staff", "never": ["sell in a reply"], "promo_cap": 0.1}
    assert saved["goals"]["talk"]["part_of"] == "company plan 2027"
    assert saved["goals"]["talk"]["decisions"] == [
        {"then": "answer more", "when": "communicating.reply_share < 20 %", "lasting": "2 months", "who": "ana"}
    ]
    story = {"title": "Brakes that squeak", "any": ["brakes", "squealing"], "kind": "risk"}
    assert saved["stories"] == {"brakes-that-squeak": story}
    assert saved["others"] == {"greenco": {"kind": "rival", "names": ["GreenCo", "Green Company"]}}


def test_a_promise_on_a_number_that_nothing_installed_knows_keeps_it(opened):
    promise = '[[audiences.us.promises]]\ntext = "x"\nmetric = "nopack.rate"\n'
    hand = opened('purpose = "p"\n[audiences.us]\nwho = "we"\n' + promise)
    hand.go("audiences")
    key = "audiences/us/promises/0/metric"
    (field,) = [each for group in hand.plan.screen["groups"] for each in group["fields"] if each["key"] == key]
    assert ["nopack.rate", "nopack.rate"] in field["options"]
    assert hand.plan.shown["values"][key] == "nopack.rate"


def test_an_empty_promise_or_rule_is_refused_in_words(hand):
    hand.go("targets")
    hand.act("decisions/goals/talk", "  ")
    assert hand.plan.shown["message"] == say("planner.decisions.empty")
    assert hand.plan.state.edits == ()


@pytest.mark.parametrize("name", ["targets", "promises", "decisions", "questions"])
def test_a_goal_may_bear_the_name_of_a_list(opened, name: str):
    hand = opened(f'purpose = "p"\n[goals.{name}]\nwhy = "w"\n[[goals.{name}.decisions]]\nwhen = "x > 1"\nthen = "y"\n')
    for step in STEPS:
        hand.go(step)
    hand.go("goals")
    assert hand.plan.shown["values"][f"goals/{name}/why"] == "w"


def test_a_renamed_person_is_renamed_wherever_they_are_named(hand):
    hand.go("targets")
    hand.act("decisions/goals/talk", "answer more")
    hand.put("goals/talk/decisions/0/who", "ana")
    hand.go("people")
    hand.act("rename/people/ana", "Anna Maria")
    hand.press("save")
    assert "Saved" in hand.plan.shown["message"]
    saved = tomllib.loads(hand.text())
    assert list(saved["people"]) == ["anna-maria"]
    assert saved["goals"]["talk"]["people"] == ["anna-maria"]
    assert saved["goals"]["talk"]["hours"] == {"anna-maria": 3}
    assert saved["goals"]["talk"]["decisions"][0]["who"] == "anna-maria"


def test_a_name_that_is_taken_or_empty_is_refused_in_words(hand):
    hand.go("goals")
    hand.act("add/goals", "talk")
    assert "talk" in hand.plan.shown["message"]
    hand.act("add/goals", "!")
    assert hand.plan.shown["message"] == say("planner.names.empty")
    assert not hand.plan.state.edits


def test_hours_of_those_who_leave_a_goal_go_with_them(hand):
    hand.go("goals")
    assert hand.value("goals/talk/hours/ana") == "3"
    hand.put("goals/talk/people", [])
    assert hand.plan.state.draft["goals"]["talk"]["hours"] == {}
    assert "goals/talk/hours/ana" not in hand.plan.shown["values"]


def test_a_goal_type_brings_numbers_that_can_be_left_out_and_taken_back(hand):
    hand.go("questions")
    keys = [key for key in hand.plan.shown["values"] if key.startswith("goals/talk/drop/")]
    lead = next(key for key in keys if key.endswith("question_yield"))
    id_ = lead.rpartition("/")[2]
    hand.put(lead, False)
    assert hand.plan.state.draft["goals"]["talk"]["drop"] == [id_]
    assert id_ not in {each for asked in hand.plan.judged.asked for each in asked.lead}
    hand.put(lead, True)
    assert hand.plan.state.edits == ()


def test_a_number_says_its_question_its_caveat_and_its_formula_in_words(hand):
    hand.go("questions")
    field = next(
        field for group in hand.plan.screen["groups"] for field in group["fields"]
        if field["key"].endswith("/communicating.conversation_rate")
    )  # fmt: skip
    told = str(field["more"])
    assert field["help"].endswith("?")
    assert "The mean of comments" in told
    assert "communicating.conversation_rate" in told
    assert len(field["more"][0][2]) >= 3


def test_a_number_can_be_added_with_its_own_question_and_taken_out_again(hand):
    hand.go("questions")
    hand.act("number/goals/talk", "communicating.reply_share")
    assert hand.plan.state.draft["goals"]["talk"]["questions"][0]["lead"] == ["communicating.reply_share"]
    hand.act("number/goals/talk/questions/0/beside", "resourcing.hours_per_response")
    hand.put("goals/talk/questions/0/lead/communicating.reply_share", False)
    question = hand.plan.state.draft["goals"]["talk"]["questions"][0]
    assert (question["lead"], question["beside"]) == ([], ["resourcing.hours_per_response"])
    hand.act("remove/goals/talk/questions/0")
    assert hand.plan.state.draft["goals"]["talk"]["questions"] == []


def test_no_channel_is_offered_before_a_goal_has_a_number(opened):
    hand = opened('purpose = "p"\n[goals.talk]\nwhy = "w"\n')
    hand.go("channels")
    assert "add/channels" not in hand.acts()
    hand.go("goals")
    hand.put("goals/talk/type", "communicating.start_conversations")
    hand.go("channels")
    hand.act("add/channels", "X")
    assert hand.plan.state.draft["channels"]["x"]["platform"] == "x"


def test_what_if_changes_nothing_until_it_is_said(hand):
    hand.go("channels")
    hand.put("suppose/blog", False)
    outcome = str(next(group["body"] for group in hand.plan.screen["groups"] if group["key"] == "suppose"))
    assert say("planner.changes.lost", n=0)[:14] in outcome
    assert "Conversation rate" in outcome
    hand.put("suppose/+x", True)
    assert hand.plan.state.edits == ()
    heads = str(hand.plan.below)
    assert "'x'" in heads
    assert "'blog'" not in heads
    hand.act("suppose/so")
    assert list(hand.plan.state.draft["channels"]) == ["x"]
    assert hand.plan.state.tried == ()


def test_the_matrix_gives_every_cell_a_glyph_a_word_and_a_reason_where_it_cannot(hand):
    hand.go("channels")
    cells = [cell for cell in hand.plan.judged.cells if cell.status != "measurable"]
    assert cells
    told = str(hand.plan.below)
    for cell in cells:
        assert cell.note or cell.reason
    assert "●" in told
    assert "◐" in told
    assert "by the labeller" in told


def test_nobody_is_asked_to_suppose_a_place_that_is_closed(hand):
    closed = hand.plan._source.closed
    assert closed
    hand.go("channels")
    keys = {field["key"] for group in hand.plan.screen["groups"] for field in group["fields"]}
    assert {f"suppose/+{name}" for name in closed} & keys == set()
    assert any(key.startswith("suppose/+") for key in keys)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_walked_through_and_says_in_the_matrix_why_a_number_cannot_be_had(opened, name: str):
    hand = opened(TEMPLATE.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    for step in STEPS:
        hand.go(step)
        assert hand.plan.screen["step"] == step
        assert hand.plan.screen["groups"]
    assert hand.plan.state.edits == ()
    unmeasured = [cell for cell in hand.plan.judged.cells if cell.status != "measurable"]
    assert all(cell.note or cell.reason for cell in unmeasured)
    assert str(hand.plan.below).count("smm-sentence") == len(unmeasured)
