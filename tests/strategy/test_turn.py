"""A strategy turned into the records of other rooms."""

from __future__ import annotations

import datetime as dt

from smmetrics.api.capability import ChannelRef
from smmetrics.strategy import channels, own_metrics, questions, read_bytes, scope, targets
from smmetrics.tables.scope import AccountRef, Handle, PlanHours


def strategy(text):
    return read_bytes(text.encode())


GOAL = '[goals.answer]\ntype = "talk.converse"\n'


def asked(text, catalogue):
    return [(q.goal, q.ask, q.lead, q.guard) for q in questions(strategy(text), catalogue)]


FIRST = ("answer", "Do people reply?", ("talk.replies", "talk.wait"), ("talk.mood",))
SECOND = ("answer", "Do they stay?", ("talk.size",), ())


def test_a_goal_type_brings_its_questions(catalogue):
    assert asked(GOAL, catalogue) == [FIRST, SECOND]


def test_dropped_metrics_leave_their_questions(catalogue):
    text = GOAL + 'drop = ["talk.wait", "talk.mood", "talk.size"]\n'
    assert asked(text, catalogue) == [("answer", "Do people reply?", ("talk.replies",), ())]


def test_a_question_can_be_dropped_by_its_words(catalogue):
    assert asked(GOAL + 'drop = ["Do people reply?"]\n', catalogue) == [SECOND]


def test_own_questions_stand_beside_those_of_the_type(catalogue):
    text = GOAL + '[[goals.answer.questions]]\nask = "Why?"\nlead = "kind_words"\nbeside = ["talk.mood"]\n'
    assert asked(text, catalogue) == [FIRST, SECOND, ("answer", "Why?", ("kind_words",), ("talk.mood",))]


def test_a_goal_type_that_is_not_installed_gives_no_question(nothing):
    assert asked(GOAL, nothing) == []


def test_targets_nobody_asks_about_are_asked_together(catalogue):
    rows = "".join(
        f'[[goals.answer.targets]]\nmetric = "{m}"\nvalue = 3\n' for m in ("talk.size", "pack.b", "pack.a", "pack.b")
    )
    assert asked(GOAL + rows, catalogue) == [
        FIRST,
        SECOND,
        ("answer", "Is what we aimed at reached?", ("pack.b", "pack.a"), ()),
    ]


def test_a_forbidden_metric_is_not_watched_beside_others(catalogue):
    text = GOAL + '[privacy]\nforbid = ["talk.mood"]\n'
    assert asked(text, catalogue)[0] == (*FIRST[:3], ())


def test_parameters_come_from_the_target_of_the_whole_goal(catalogue):
    text = GOAL + (
        '[[goals.answer.targets]]\nmetric = "talk.replies"\nchannel = "forum"\nwith = { window = 1 }\nvalue = 3\n'
        '[[goals.answer.targets]]\nmetric = "talk.replies"\nwith = { window = 2 }\nvalue = 3\n'
    )
    first, second = questions(strategy(text), catalogue)
    assert first.parameters == {"talk.replies": {"window": 2}}
    assert second.parameters == {}


def test_a_question_may_set_its_own_parameters(catalogue):
    text = (
        '[[goals.answer.questions]]\nask = "Why?"\nlead = ["talk.replies"]\nwith = { window = 9 }\n'
        '[[goals.answer.targets]]\nmetric = "talk.replies"\nwith = { window = 2 }\nvalue = 3\n'
    )
    (question,) = questions(strategy("[goals.answer]\n" + text), catalogue)
    assert question.parameters == {"talk.replies": {"window": 9}}


PLACES = """\
timezone = "Europe/Berlin"
week_starts = "sunday"
[people.amira]
role = "host"
speaks_as = ["old forum:@amira", "chat: amira:home "]
signs = ["/Amira"]
from = 2025-01-01
hours_per_week = 20
[people.jan]
hours_per_week = 6
[people.li]
hours_per_week = 5
[goals.answer]
people = ["amira", "jan"]
hours = { amira = 8 }
[goals.listen]
people = ["amira", "li"]
[channels.board]
platform = "board"
account = "acme"
serves = ["answer"]
[channels.rivals]
platform = "forum"
account = "them"
whose = "others"
[channels.form]
platform = "form"
"""


def test_channels_use_the_platforms_own_word(catalogue):
    assert channels(strategy(PLACES), catalogue) == (
        ChannelRef(name="board", platform="forum", account="acme", serves=("answer",)),
        ChannelRef(name="rivals", platform="forum", account="them", serves=()),
        ChannelRef(name="form", platform="form", account="", serves=()),
    )
    assert channels(strategy(PLACES))[0].platform == "board"


def test_scope_knows_whose_accounts_and_names_are_ours(catalogue):
    found = scope(strategy(PLACES), catalogue)
    assert (found.zone, found.week_starts) == ("Europe/Berlin", "sunday")
    assert found.ours == (AccountRef(platform="forum", account="acme", channel="board"),)
    since = dt.date(2025, 1, 1)
    assert found.staff == (
        Handle(platform="forum", handle="@amira", person="amira", signs=("/Amira",), since=since),
        Handle(platform="chat", handle="amira:home", person="amira", signs=("/Amira",), since=since),
    )
    assert found.people == {"amira": "host", "jan": "", "li": ""}


def test_marks_of_links_tell_what_those_are_who_pass_them_on():
    told = (
        PLACES
        + """
[others.greta]
kind = "advocate"
marks = ["Greta  24", " "]
[others.rival]
marks = ["both"]
[people.kim]
marks = ["both"]
"""
    )
    assert scope(strategy(told)).marks == (("both", "rival"), ("both", "staff"), ("greta 24", "advocate"))
    assert "marks" not in scope(strategy(PLACES)).record()


def test_planned_hours_are_the_goals_else_those_of_people_with_one_goal():
    found = scope(strategy(PLACES)).plan
    assert found == (
        PlanHours(goal="answer", person="amira", hours_per_week=8, since=dt.date(2025, 1, 1)),
        PlanHours(goal="listen", person="li", hours_per_week=5),
    )


def test_own_metrics_carry_their_line():
    text = '[metrics.kind_words]\nbetter = "higher"\nparams = { k = 3, words = ["a", "b"], who = "us" }\nformula = "count(posts)"\npairing = "p"\n'
    (own,) = own_metrics(strategy(text))
    assert (own.name, own.title, own.formula, own.better, own.pairing, own.parameters, own.line) == (
        "kind_words", "kind_words", "count(posts)", "higher", "p", {"k": 3, "words": ["a", "b"], "who": "us"}, 4,
    )  # fmt: skip


def test_targets_keep_the_order_of_the_file():
    text = '[[goals.a.targets]]\nmetric = "p.b"\nvalue = 3\n[[goals.a.targets]]\nmetric = "p.a"\nvalue = "4 %"\n'
    assert [target.metric for target in targets(strategy(text).goals["a"])] == ["p.b", "p.a"]
