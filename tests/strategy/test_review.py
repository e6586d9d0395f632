"""The review: each rule says its thing where it applies, and is silent where it does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from smmetrics.strategy import read_bytes, review

WHOLE = """\
title = "A garden shop"
purpose = "Gardeners succeed"
[backing]
who = "the director"
[audiences.gardeners]
who = "people with a first garden"
shares = "plants"
[people.amira]
hours_per_week = 20
speaks_as = ["forum:amira"]
trained_for = ["forum"]
[people.jan]
hours_per_week = 6
[goals.answer]
type = "talk.converse"
why = "an unanswered question is a plant that dies"
for_them = "an answer"
audience = "gardeners"
activities = ["connecting"]
people = ["amira", "jan"]
hours = { amira = 8 }
consulted = ["shop"]
voice = { speaker = "named staff" }
[[goals.answer.targets]]
metric = "talk.replies"
with = { window = 3 }
baseline = "10 %"
value = ">= 20 %"
by = 2027-06-30
[channels.forum]
platform = "forum"
account = "amira"
serves = ["answer"]
because = "they ask there"
"""
FORUM = WHOLE[WHOLE.index("[channels.forum]") :]
B = '[goals.b]\nwhy="w"\nfor_them="x"\naudience="gardeners"\npeople="jan"\nhours={jan=1}\nconsulted="x"\n'


def cell(status, question="Do people reply?", metric="talk.wait", channel="forum", **about):
    """One cell of a binding."""
    told = {"have": "", "reason": "fact.absent"} | about
    return SimpleNamespace(goal="answer", question=question, metric=metric, status=status, channel=channel, **told)


def found(text, catalogue, cells=None, today=dt.date(2026, 12, 1), **more):
    return review(read_bytes(text.encode()), catalogue, cells, today=today, **more)


def change(*pairs, more=""):
    """The whole strategy with some lines changed; each must be there."""
    text = WHOLE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text + more


def line_of(text, part):
    """The line a text stands on, counted by hand."""
    return text[: text.index(part)].count("\n") + 1


def test_a_whole_strategy_has_nothing_to_find(catalogue):
    assert found(WHOLE, catalogue) == ()


CASES = {
    "no purpose": (change(("Gardeners succeed", " ")), "SMM-S001", "error", "purpose"),
    "no audience": (change(('audience = "gardeners"\n', "")), "SMM-S002", "error", "goals.answer.audience"),
    "blank audience": (change(('audience = "gardeners"', 'audience = ""')), "SMM-S002", "error", "goals.answer.audience"),
    "a goal that only its parts name": (change(("[[goals.answer.targets]]", "[[goals.first.targets]]")), "SMM-S006", "error", "goals.first"),
    "no people": (change(('people = ["amira", "jan"]\n', "")), "SMM-S003", "error", "goals.answer.people"),
    "no question": (change(more=B).replace('serves = ["answer"]', ""), "SMM-S004", "error", "goals.b.type"),
    "unknown metric": (change(("talk.replies", "talk.repleis")), "SMM-S005", "error", "goals.answer.targets[1].metric"),
    "unknown own metric": (change(('"talk.replies"', '"kind_words"')), "SMM-S005", "error", "goals.answer.targets[1].metric"),
    "unknown goal type": (change(("talk.converse", "talk.convers")), "SMM-S005", "error", "goals.answer.type"),
    "unknown person": (change(('"jan"]', '"jane"]')), "SMM-S006", "error", "goals.answer.people"),
    "unknown person with hours": (change(("{ amira = 8 }", "{ amria = 8 }")), "SMM-S006", "error", "goals.answer.hours.amria"),
    "unknown audience": (change(('audience = "gardeners"', 'audience = ["gardener"]')), "SMM-S006", "error", "goals.answer.audience"),
    "unknown goal": (change(('["answer"]', '["answers", "answer"]')), "SMM-S006", "error", "channels.forum.serves"),
    "unknown channel": (change(('value = ">= 20 %"', 'value = ">= 20 %"\nchannel = "forums"')), "SMM-S006", "error", "goals.answer.targets[1].channel"),
    "inside without privacy": (change(('shares = "plants"', 'shares = "plants"\ninside = true')), "SMM-S007", "error", "audiences.gardeners"),
    "minors without privacy": (change(('shares = "plants"', 'shares = "plants"\nminors = true')), "SMM-S007", "error", "audiences.gardeners"),
    "channels without goals": ('purpose="x"\n[backing]\nwho="y"\n[channels.forum]\nplatform="forum"\n', "SMM-S008", "error", "channels"),
    "unknown pack": (change(("talk.replies", "gifts.count")), "SMM-S010", "warning", "goals.answer.targets[1].metric"),
    "unknown platform": (change(('platform = "forum"', 'platform = "plaza"')), "SMM-S010", "warning", "channels.forum.platform"),
    "unknown key": (change(("consulted", "consultd"), ("title", "title")), "SMM-S011", "warning", "goals.answer.consultd"),
    "another word for a platform": (change(('platform = "forum"', 'platform = "Old Forum"')), "SMM-S012", "note", "channels.forum.platform"),
    "a slash in an id": (change(("talk.converse", "talk/converse")), "SMM-S013", "note", "goals.answer.type"),
    "no baseline": (change(('baseline = "10 %"\n', "")), "SMM-S014", "warning", "goals.answer.targets[1].baseline"),
    "target in a unit that does not fit": (change((">= 20 %", ">= 20 min"), ("10 %", "10 min")), "SMM-S016", "warning", "goals.answer.targets[1].value"),
    "baseline in another unit": (change(("10 %", "10 min")), "SMM-S016", "warning", "goals.answer.targets[1].baseline"),
    "own formula that cannot be read": (change(more="[metrics.own_words]\nformula = 'count()'\n"), "SMM-S017", "error", "metrics.own_words.formula"),
    "a metric its plugin got wrong": (change(("talk.replies", "talk.broken")), "SMM-S018", "warning", "goals.answer.targets[1].metric"),
    "no goal": ('purpose="x"\n[backing]\nwho="y"\n', "SMM-S015", "warning", "goals"),
    "no channels": (change((FORUM, "")), "SMM-S050", "note", "channels"),
    "no channel for a goal": (change(('serves = ["answer"]', 'serves = ["b"]'), more=B + 'type="talk.converse"\n'), "SMM-S050", "note", "goals.answer"),
    "no backing": (change(('[backing]\nwho = "the director"\n', "")), "SMM-S051", "warning", "backing.who"),
    "nothing for them": (change(('for_them = "an answer"\n', "")), "SMM-S052", "warning", "goals.answer.for_them"),
    "voices that go nowhere": (change(('for_them = "an answer"', 'for_them = "an answer"\nuse = "product_development"')), "SMM-S053", "warning", "goals.answer.customer_voice.goes_to"),
    "target group": (change(('shares = "plants"', "size = 4")), "SMM-S054", "warning", "audiences.gardeners.shares"),
    "no hours": (change(("{ amira = 8 }", "{ }")), "SMM-S057", "warning", "goals.answer.hours"),
    "more hours than there are": (change(("{ amira = 8 }", "{ jan = 8 }")), "SMM-S021", "warning", "people.jan.hours_per_week"),
    "shared account": (change(("[people.jan]", '[people.jan]\nspeaks_as = ["forum:Amira"]')), "SMM-S058", "warning", "people.amira.signs"),
    "listening for nothing": (change(('["connecting"]', '["monitoring"]')), "SMM-S059", "warning", "goals.answer.stories"),
    "nobody covers": (change(('people = ["amira", "jan"]', 'people = ["amira"]\nuse = "support"\ncustomer_voice = { goes_to = "us" }')), "SMM-S061", "note", "goals.answer.people"),
    "forbidden lead": (change(more='[privacy]\nforbid = ["talk.replies"]\n'), "SMM-S064", "error", "goals.answer.targets[1].metric"),
    "forbidden beside": (change(more='[privacy]\nforbid = ["talk.mood"]\n'), "SMM-S072", "note", "goals.answer"),
    "no direction": (change(('"talk.replies"\nwith = { window = 3 }', '"talk.mood"')), "SMM-S065", "warning", "goals.answer.targets[1]"),
    "size as an aim": (change(('"talk.replies"\nwith = { window = 3 }', '"talk.size"'), ("10 %", "10"), (">= 20 %", ">= 20")), "SMM-S066", "note", "goals.answer.targets[1]"),
    "unknown parameter": (change(("window = 3", "windw = 3")), "SMM-S067", "warning", "goals.answer.targets[1].with.windw"),
    "unknown calendar": (change(("window = 3", "hours = 'shop'")), "SMM-S067", "warning", "goals.answer.targets[1].with.hours"),
    "nobody asked": (change(('consulted = ["shop"]\n', "")), "SMM-S068", "note", "goals.answer.consulted"),
    "a purpose of places": (change(("Gardeners succeed", "Be on the Forum and Instagram"), more='[not_using.instagram]\nbecause = "no"\n'), "SMM-S020", "warning", "purpose"),
    "only size": (change(('type = "talk.converse"', "drop = []"), ('"talk.replies"\nwith = { window = 3 }', '"talk.size"'), ("10 %", "10"), (">= 20 %", ">= 20")), "SMM-S022", "warning", "goals.answer"),
    "nothing that changed": (change(('type = "talk.converse"', "drop = []"), ('"talk.replies"\nwith = { window = 3 }', '"talk.work"'), ('["connecting"]', '["communicating"]')), "SMM-S023", "warning", "goals.answer"),
    "connecting one way": (change(('type = "talk.converse"', "drop = []"), ('"talk.replies"\nwith = { window = 3 }', '"talk.shown"')), "SMM-S024", "warning", "goals.answer"),
    "faster with nothing beside": (change(('type = "talk.converse"', "drop = []"), ('"talk.replies"\nwith = { window = 3 }', '"talk.pace"'), ("10 %", "10 h"), (">= 20 %", "<= 2 h")), "SMM-S025", "warning", "goals.answer.targets[1]"),
    "accepting nothing": (change(more='[[accept]]\ncode = "S061"\nbecause = "x"\nuntil = 2027-01-01\n'), "SMM-S027", "note", "accept[1]"),
    "accepting what no review says": (change(more='[[accept]]\ncode = "S999"\nbecause = "x"\nuntil = 2027-01-01\n'), "SMM-S027", "note", "accept[1].code"),
    "accepting for ever": (change(('consulted = ["shop"]\n', ""), more='[[accept]]\ncode = "S068"\nbecause = "x"\n'), "SMM-S028", "note", "accept[1].until"),
    "a campaign that ends before it begins": (change(more="[campaigns.spring]\nfrom = 2027-05-01\nuntil = 2027-03-01\n"), "SMM-S029", "error", "campaigns.spring.until"),
    "a day that ends before it begins": (change(more='[[calendar]]\ndate = 2027-05-01\nuntil = 2027-03-01\ntitle = "fair"\n'), "SMM-S029", "error", "calendar[1].until"),
    "a baseline that ends before it begins": (change(('baseline = "10 %"', 'baseline = "10 %"\nbaseline_from = 2026-05-01\nbaseline_until = 2026-03-01')), "SMM-S029", "error", "goals.answer.targets[1].baseline_until"),
    "due before its baseline ends": (change(('baseline = "10 %"', 'baseline = "10 %"\nbaseline_from = 2027-05-01\nbaseline_until = 2027-08-01')), "SMM-S029", "error", "goals.answer.targets[1].by"),
    "closing before opening": (change(more='[hours.shop]\nopen = "18:00"\nclose = "09:00"\n'), "SMM-S029", "error", "hours.shop.close"),
    "names alike": (change(more='[people.Amira]\ntrained_for = ["forum"]\n'), "SMM-S030", "warning", "people.Amira"),
    "a rule nobody can read": (change(more='[[goals.answer.decisions]]\nwhen = "if it is slow"\nthen = "hurry"\n'), "SMM-S031", "warning", "goals.answer.decisions[1].when"),
    "a way as an aim": (change(("an unanswered question is a plant that dies", "Launch a weekly podcast")), "SMM-S056", "warning", "goals.answer.why"),
    "a way as a purpose": (change(("Gardeners succeed", "Start an account on the Forum to sell more plants")), "SMM-S056", "warning", "purpose"),
    "two that do the same": (change(('serves = ["answer"]', 'serves = ["answer"]\ndoes = ["connecting"]'), more='[channels.board]\nplatform = "forum"\naccount = "a"\nbecause = "b"\ndoes = ["connecting"]\n'), "SMM-S060", "note", "channels.board.does"),
    "nobody is trained at all": (change(('trained_for = ["forum"]\n', "")), "SMM-S062", "warning", "people.amira.trained_for"),
    "nobody on the goal is trained": (change(('people = ["amira", "jan"]', 'people = ["jan"]'), ("{ amira = 8 }", "{ jan = 2 }")), "SMM-S062", "warning", "people.jan.trained_for"),
    "nobody is trained for a topic": (change(('for_them = "an answer"', 'for_them = "an answer"\nuse = "support"\ncustomer_voice = { goes_to = "us" }'), more='[topics.refunds]\nany = ["refund"]\n'), "SMM-S062", "warning", "people.amira.trained_for"),
    "an agreement with nobody": (change(('shares = "plants"', 'shares = "plants"\ninside = true'), more="[privacy]\nsmallest_group = 10\n"), "SMM-S063", "error", "privacy.agreed_with"),
    "a quiet time": (change(more='[[calendar]]\ndate = 2027-01-01\nuntil = 2027-02-11\nkind = "quiet"\n'), "SMM-S069", "note", "calendar[1]"),
    "a day that is over": (change(("by = 2027-06-30", "by = 2026-11-30")), "SMM-S032", "warning", "goals.answer.targets[1].by"),
    "no day": (change(("by = 2027-06-30\n", "")), "SMM-S014", "note", "goals.answer.targets[1].by"),
    "no why": (change(('why = "an unanswered question is a plant that dies"\n', "")), "SMM-S033", "warning", "goals.answer.why"),
    "a channel without a reason": (change(('because = "they ask there"', 'because = " "')), "SMM-S034", "note", "channels.forum.because"),
    "a channel without a name": (change(('account = "amira"\n', "")), "SMM-S034", "note", "channels.forum.account"),
    "a place left out without a reason": (change(more="[not_using.plaza]\n"), "SMM-S034", "note", "not_using.plaza.because"),
    "an empty answer": (change(("[people.jan]", '[people.jan]\nrole = ""')), "SMM-S035", "note", "people.jan.role"),
    "nobody knows who": (change(('who = "people with a first garden"', 'who = " "')), "SMM-S054", "warning", "audiences.gardeners.who"),
    "somebody without hours": (change(("hours_per_week = 6\n", "")), "SMM-S057", "warning", "people.jan.hours_per_week"),
    "thirty of a share": (change((">= 20 %", ">= 30"), ("10 %", "0.1"), ("talk.replies", "talk.part"), ("with = { window = 3 }\n", "")), "SMM-S016", "warning", "goals.answer.targets[1].value"),
    "no platform needed": (change(('platform = "forum"', 'platform = "offline"')), "SMM-S070", "note", "goals.answer"),
    "a claim without proof": (change(more='[stories.soft]\nany = ["soft soil"]\nclaim = "Our soil is the softest"\n'), "SMM-S073", "note", "stories.soft.claim"),
    "a promise without a number": (change(more='[[audiences.gardeners.promises]]\ntext = "We answer"\n'), "SMM-S071", "warning", "audiences.gardeners.promises[1]"),
    "a promise on a forbidden number": (change(more='[privacy]\nforbid = ["talk.wait2"]\n[[audiences.gardeners.promises]]\ntext = "We answer"\nmetric = "talk.wait2"\n'), "SMM-S071", "warning", "audiences.gardeners.promises[1]"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "level", "where"), CASES.values(), ids=CASES)
def test_each_rule_finds_its_thing_and_its_place(text, code, level, where, catalogue):
    finding = next((f for f in found(text, catalogue) if f.code == code), None)
    assert finding is not None, f"{code} is silent"
    assert (finding.level, finding.where) == (level, where)
    assert finding.message[-1] in ".?)”"
    assert finding.docs == f"docs/findings.md#smm-{code[4:].lower()}"
    assert finding.hint


NOT_ALONE = {
    "accepting for ever",
    "a purpose of places",
    "only size",
    "accepting what no review says",
    "names alike",
    "no platform needed",
}
ALONE = sorted(set(CASES) - NOT_ALONE - {"unknown goal type", "unknown person", "unknown person with hours", "unknown audience", "unknown key", "no question", "no goal", "channels without goals", "no channel for a goal", "voices that go nowhere", "no people", "no channels"})  # fmt: skip


@pytest.mark.parametrize("case", ALONE)
def test_a_rule_does_not_drag_others_along(case, catalogue):
    text, code, _, _ = CASES[case]
    assert {f.code for f in found(text, catalogue)} == {code}


def test_a_place_is_a_line_of_the_file(catalogue):
    text = CASES["unknown parameter"][0]
    (finding,) = found(text, catalogue)
    assert finding.line == line_of(text, "windw")
    assert finding.message == "`talk.replies` knows: window, hours. Found: windw."
    assert finding.hint == "Did you mean 'window'?"


def test_a_list_of_channels_is_not_a_strategy(catalogue):
    finding, *_ = found(CASES["channels without goals"][0], catalogue)
    assert finding.message.startswith("A list of channels is not a strategy")


MEANWHILE = "What can be measured meanwhile: smmetrics coverage"


@pytest.mark.parametrize(
    ("case", "hint"),
    [
        ("unknown metric", "Did you mean 'talk.replies'?"),
        ("unknown goal type", "Did you mean 'talk.converse'?"),
        ("unknown person", "Did you mean 'jan'?"),
        ("unknown goal", "Did you mean 'answer'?"),
        ("unknown own metric", "Define it: [metrics.kind_words] with title and formula."),
        ("unknown pack", f"Leave it as a plan, and accept this until there is one. {MEANWHILE}"),
        ("unknown platform", f"Leave it as a plan, and accept this; or count by hand there. {MEANWHILE}"),
    ],
)
def test_a_wrong_word_is_told_the_nearest_one(case, hint, catalogue):
    text, code, _, _ = CASES[case]
    finding = next(f for f in found(text, catalogue) if f.code == code)
    assert finding.hint == hint


def test_an_own_metric_is_known(catalogue):
    text = change(
        ('"talk.replies"\nwith = { window = 3 }', '"kind_words"'),
        more="[metrics.kind_words]\nformula='count(posts)'\nbetter='higher'\n",
    )
    assert found(text, catalogue) == ()


def test_an_own_metric_made_of_others_is_told_to_write_them_out(catalogue):
    ring = SimpleNamespace(
        subject="own_words",
        message="strategy.toml line 9: the metric own_words is left out: 'kind' is not known.",
        hint="",
    )
    text = change(more="[metrics.own_words]\nformula = 'kind + 1'\n[metrics.kind]\nformula = 'own_words + 1'\n")
    (finding,) = found(text, replace(catalogue, faults=(ring,)))
    assert finding.message == "The formula of `own_words` cannot be read: 'kind' is not known."
    assert finding.hint.startswith("A number of your own cannot be made of others of your own (kind)")


def test_goals_may_come_before_places(catalogue):
    (finding,) = found(CASES["no channels"][0], catalogue)
    assert finding.message == "No channels yet: that is the right order."
    assert finding.hint == "Readers are installed for: The Forum."


def test_places_that_could_answer_are_named_best_first(catalogue):
    cells = [cell("measurable", channel="The Forum"), cell("partly", "Do they stay?", channel="The Forum")]
    cells += [cell("measurable", channel="Mail"), cell("not_measurable", "Do they stay?", channel="Mail")]
    (finding,) = found(CASES["no channels"][0], catalogue, possible=cells)
    assert finding.message == (
        "No channels yet: that is the right order. These could answer most questions: The Forum (2 of 2), Mail (1 of 2)."
    )
    text = CASES["no channel for a goal"][0]
    of_goal = next(f for f in found(text, catalogue, possible=cells) if f.code == "SMM-S050")
    assert of_goal.where == "goals.answer"
    assert "The Forum (2 of 2), Mail (1 of 2)" in of_goal.message


PROMISED = '[[audiences.gardeners.promises]]\ntext = "We answer"\nmetric = "talk.wait"\n'


@pytest.mark.parametrize(
    ("statuses", "told"),
    [(("not_measurable",), True), (("not_measurable", "partly"), False), (("unknown",), False), ((), False)],
)
def test_a_promise_needs_a_channel_that_shows_it(statuses, told, catalogue):
    cells = [cell(status, "We answer") for status in statuses]
    findings = found(change(more=PROMISED), catalogue, promised=cells)
    assert [f.code for f in findings] == (["SMM-S071"] if told else [])


def test_without_plugins_a_pack_is_missing_once_and_nothing_is_an_error(nothing):
    missing = [f for f in found(WHOLE, nothing) if f.code == "SMM-S010"]
    assert [f.where for f in missing] == ["goals.answer.type", "channels.forum.platform"]
    assert "talk.converse, talk.replies" in missing[0].message
    assert missing[0].hint.startswith("Leave it as a plan")
    assert all(f.level != "error" for f in found(WHOLE, nothing))


@pytest.mark.parametrize(
    ("statuses", "fails"),
    [
        (("not_measurable", "not_measurable"), True),
        (("not_measurable", "not_permitted"), True),
        (("not_measurable", "partly"), False),
        (("not_measurable", "unknown"), False),
        (("measurable",), False),
        ((), False),
    ],
)
def test_a_question_needs_a_channel_that_can_show_something(statuses, fails, catalogue):
    cells = [cell(status) for status in statuses]
    cells.append(cell("measurable", "Do they stay?"))
    codes = [f.code for f in found(WHOLE, catalogue, cells)]
    assert codes == (["SMM-S009"] if fails else [])


def test_what_this_release_does_not_compute_is_no_fault_of_the_strategy(catalogue):
    cells = [cell("not_measurable", reason="table.not_computed"), cell("not_measurable", reason="labels.absent")]
    (finding,) = [
        f for f in found(WHOLE, catalogue, [*cells, cell("measurable", "Do they stay?")]) if f.code == "SMM-S009"
    ]
    assert finding.level == "warning"
    assert "this release does not compute yet" in finding.message
    mixed = [*cells, cell("not_measurable"), cell("measurable", "Do they stay?")]
    assert [f.level for f in found(WHOLE, catalogue, mixed) if f.code == "SMM-S009"] == ["error"]


@pytest.mark.parametrize(("other", "told"), [("not_measurable", True), ("partly", False)])
def test_a_target_no_channel_can_show_is_told_and_is_no_error(other, told, catalogue):
    aim = "Is what we aimed at reached?"
    cells = [cell("not_measurable", aim, "talk.replies"), cell(other, aim, "talk.replies")]
    findings = [(f.code, f.level, f.where) for f in found(WHOLE, catalogue, cells)]
    whole = [("SMM-S019", "warning", "goals.answer.targets[1]"), ("SMM-S026", "note", "channels.forum")]
    assert all(
        '[[accept]]\ncode = "SMM-S026"\nat = "channels.forum"\n' in f.hint for f in found(WHOLE, catalogue, cells)[1:]
    )
    assert findings == (whole if told else [])


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("talks.replies", "Did you mean 'talk'?"),
        ("walking.replies", "Leave it as a plan, and accept this until there is one."),
    ],
)
def test_only_a_slip_is_taken_for_another_pack(word, hint, catalogue):
    finding = next(f for f in found(change(("talk.replies", word)), catalogue) if f.code == "SMM-S010")
    assert finding.hint.partition(" What can")[0] == hint


def test_what_to_install_is_named_only_where_it_is_known_to_exist(catalogue):
    """The readers of this house are installed here; of a pack with a likely name nobody knows."""
    text = change(('platform = "forum"', 'platform = "blogs"'), ("talk.replies", "gifts.count"))
    hints = {f.where: f.hint for f in found(text, catalogue) if f.code == "SMM-S010"}
    assert hints["channels.forum.platform"] == "Install it: pip install smmetrics-blogs"
    assert "pip" not in hints["goals.answer.targets[1].metric"]


def test_a_misspelt_platform_is_told_the_nearest_that_templates_know(catalogue):
    (finding,) = found(change(('platform = "forum"', 'platform = "mastodn"')), catalogue)
    assert finding.hint == "Did you mean 'mastodon'? (Nothing installed reads that one either.)"


def test_a_goal_that_asks_nothing_is_told_the_kinds_of_goals_that_are_installed(catalogue, nothing):
    text = CASES["no question"][0]
    (hint,) = [f.hint for f in found(text, catalogue) if f.code == "SMM-S004"]
    assert hint.startswith('Give it a type: type = "talk.converse". Or a question of its own: [[goals.b.questions]]')
    (bare,) = [f.hint for f in found(text, nothing) if f.code == "SMM-S004"]
    assert "type" not in bare
    many = replace(catalogue, goal_types={f"talk.k{n}": catalogue.goal_types["talk.converse"] for n in range(9)})
    (long,) = [f.hint for f in found(text, many) if f.code == "SMM-S004"]
    assert long.count("type = ") == 6
    assert "smmetrics metrics --goal-types" in long


def test_without_channels_no_cell_can_accuse_one(catalogue):
    cells = [cell("not_measurable")]
    assert [f.code for f in found(CASES["no channels"][0], catalogue, cells)] == ["SMM-S050"]


def test_privacy_settles_who_is_measured(catalogue):
    text = CASES["minors without privacy"][0] + '[privacy]\nagreed_with = "parents"\n'
    assert found(text, catalogue) == ()


def test_an_audience_no_goal_serves_needs_no_agreement(catalogue):
    assert found(change(more="[audiences.staff]\ninside = true\n"), catalogue) == ()


def test_a_reason_makes_a_target_without_direction_an_aim(catalogue):
    text = change(('"talk.replies"\nwith = { window = 3 }', '"talk.mood"\nbecause = "we want calm"'))
    assert found(text, catalogue) == ()


ACCEPT = '[[accept]]\ncode = "{code}"\nat = "{at}"\nbecause = "her cousin fills in"\nuntil = {until}\n'


@pytest.mark.parametrize(
    ("code", "at", "until", "accepted"),
    [
        ("SMM-S068", "goals.answer", "2026-12-01", True),
        ("S068", "goals.answer", "2026-12-31", True),
        ("SMM-S068", "goals", "2026-12-31", True),
        ("SMM-S068", "", "2026-12-31", True),
        ("SMM-S068", "goals.answer", "2026-11-30", False),
        ("SMM-S068", "goals.ans", "2026-12-31", False),
        ("SMM-S061", "goals.answer", "2026-12-31", False),
    ],
)
def test_a_finding_may_be_answered_until_its_date(code, at, until, accepted, catalogue):
    text = CASES["nobody asked"][0] + ACCEPT.format(code=code, at=at, until=until)
    finding, *others = found(text, catalogue)
    assert [f.code for f in others] == ([] if accepted or until == "2026-11-30" else ["SMM-S027"])
    assert finding.accepted == ("her cousin fills in" if accepted else "")


def test_an_error_cannot_be_accepted(catalogue):
    text = CASES["no people"][0] + ACCEPT.format(code="SMM-S003", at="", until="2027-01-01")
    assert next(f for f in found(text, catalogue) if f.code == "SMM-S003").accepted == ""


def test_errors_come_first_then_the_order_of_the_file(catalogue):
    text = change(
        ('for_them = "an answer"\n', ""),
        ('consulted = ["shop"]\n', ""),
        ('"jan"]', '"jane"]'),
        ("Gardeners succeed", ""),
    )
    findings = found(text, catalogue)
    assert [f.level for f in findings] == sorted((f.level for f in findings), key=("error", "warning", "note").index)
    assert [f.code for f in findings] == ["SMM-S001", "SMM-S006", "SMM-S052", "SMM-S068"]
