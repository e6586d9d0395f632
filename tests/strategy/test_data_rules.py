"""What came in, judged from plain facts: each rule says its thing in the design's words, and is silent where it is not so."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from smmetrics.strategy import read_bytes, review
from smmetrics.strategy.facts import Facts, Number, Period, Stranger
from smmetrics.strategy.rules.data import after
from smmetrics.strategy.rules.data_numbers import amount_text

TEXT = """\
purpose = "Gardeners succeed"
[people.amira]
speaks_as = ["forum:@amria"]
[goals.answer]
people = "amira"
hours = { amira = 8 }
review_every = "month"
reviewed = 2026-10-03
voice = { promo_cap = 0.1 }
[[goals.answer.targets]]
metric = "talk.wait"
value = "<= 60 min"
baseline = "55 min"
baseline_from = 2026-09-07
baseline_until = 2026-11-01
[[goals.answer.targets]]
metric = "talk.replies"
value = ">= 20 %"
[[goals.answer.decisions]]
when = "talk.wait > 2 h"
lasting = "2 months"
then = "add an evening shift"
who = "amira"
[stories.brakes]
any = ["brakes", "bromsar"]
[[calendar]]
date = 2026-11-01
until = 2026-11-11
title = "quiet period before the annual results"
kind = "quiet"
[channels.forum]
platform = "forum"
expect = "weekly"
"""
TODAY, FIRST = dt.date(2026, 11, 21), dt.date(2026, 9, 1)


def found(catalogue, text=TEXT, cells=None, **known):
    """What a review says of data: message and hint by code; nothing else is known but the first day."""
    facts = Facts(**{"first": FIRST, "logged": TODAY, "posts": 100, "stories": {"brakes": 3}, **known})
    findings = review(read_bytes(text.encode()), catalogue, cells, facts=facts, today=TODAY)
    return {f.code[4:]: f for f in findings if f.code.startswith("SMM-D")}


def hours(*values):
    """Numbers of the newest months, in hours; None: there is none."""
    names = ("October 2026", "September 2026", "August 2026")
    numbers = [Number(value=v, unit="h") if v is not None else Number(reason="not_covered") for v in values]
    return {("answer", 0): tuple(Period(name=n, number=x) for n, x in zip(names, numbers, strict=False))}


def test_nothing_is_said_of_data_that_was_not_looked_at(catalogue):
    findings = review(read_bytes(TEXT.encode()), catalogue, today=TODAY)
    assert not any(f.code.startswith("SMM-D") for f in findings)


def test_where_nothing_came_in_that_alone_is_said(catalogue):
    only = found(catalogue, first=None)
    assert list(only) == ["D011"]
    assert only["D011"].message == "Not judged: anything about data, because nothing came in yet."
    assert only["D011"].hint == "Put what a platform exported into inbox, then: smmetrics import"


def test_a_name_nobody_bears_is_told_the_likest_author(catalogue):
    stranger = Stranger(person="amira", place=0, handle="forum:@amria", near="forum:@amira", posts=212)
    finding = found(catalogue, strangers=(stranger,), withheld=7)["D001"]
    assert finding.message == (
        "Nobody in your files is `forum:@amria` (people.amira). Closest author seen: `forum:@amira`, 212 posts. "
        "Until this is settled, 7 numbers that need to know who is on the team are withheld."
    )
    assert (finding.level, finding.where, finding.line) == ("warning", "people.amira.speaks_as[1]", 3)
    assert finding.hint == 'Mend speaks_as at people.amira: write "forum:@amira".'


def test_a_name_without_a_likely_author_names_nobody(catalogue):
    finding = found(catalogue, strangers=(Stranger(person="amira", place=0, handle="forum:@amria"),))["D001"]
    assert finding.message == "Nobody in your files is `forum:@amria` (people.amira)."


def test_files_that_name_nobody_are_said_not_to(catalogue):
    finding = found(catalogue, nameless=("The Forum",))["D011"]
    assert finding.message == (
        "Not judged: whether the names in speaks_as are right on The Forum, "
        "because what came in from The Forum does not say who wrote it."
    )


@pytest.mark.parametrize(("last", "days"), [("2026-11-02", "12 days"), ("2026-11-13", "1 day"), ("2026-11-14", "")])
def test_a_channel_is_late_when_its_next_file_should_be_there(last, days, catalogue):
    finding = found(catalogue, last={"forum": dt.date.fromisoformat(last)}).get("D002")
    assert bool(finding) == bool(days)
    if finding:
        assert finding.message.startswith(f"forum is {days} late: expected weekly, last day of data ")
        assert finding.message.endswith("Nov 2026. Numbers after that leave it out.")


def test_what_comes_once_is_never_late(catalogue):
    text = TEXT.replace('expect = "weekly"', 'expect = "once"')
    assert "D002" not in found(catalogue, text, last={"forum": dt.date(2020, 1, 1)})


def test_a_channel_nothing_came_in_for_is_a_note(catalogue):
    finding = found(catalogue, last={"forum": None}, how={"forum": "Settings, then Export."})["D002"]
    assert (finding.level, finding.message) == ("note", "Nothing has come in for forum yet: expected weekly.")
    assert finding.hint == (
        'Nothing comes from there any more? Take `expect` out at channels.forum, or write expect = "once". '
        "Else: Settings, then Export. Put it into inbox, then: smmetrics import"
    )


def test_a_story_that_finds_nothing_or_everything_says_nothing(catalogue):
    nothing = found(catalogue, posts=4120, stories={"brakes": 0})["D003"]
    assert nothing.message == "Story `brakes` found nothing in 4,120 posts."
    assert "brakes, bromsar" in nothing.hint
    broad = found(catalogue, posts=4120, stories={"brakes": 3750})["D003"]
    assert broad.message == "Story `brakes` matches 91 % of posts (3,750 of 4,120): too broad to tell anything."
    assert "D003" not in found(catalogue, posts=4120, stories={"brakes": 3296})


def test_a_few_texts_say_nothing_of_a_story(catalogue):
    known = found(catalogue, posts=29, stories={"brakes": 0})
    assert "D003" not in known
    assert "29 posts came in with a text" in known["D011"].message


@pytest.mark.parametrize(("weeks", "told"), [(7, False), (8, True)])
def test_a_target_that_waits_for_its_baseline_is_told_when_it_can_be_measured(weeks, told, catalogue):
    finding = found(catalogue, weeks={"answer": weeks}).get("D004")
    assert bool(finding) == told
    if finding:
        assert finding.message == "8 whole weeks are in. `smmetrics baseline answer` can now write your baseline."
        assert finding.where == "goals.answer.targets[2].baseline"


def test_nobody_is_sent_to_measure_a_baseline_that_no_file_shows(catalogue):
    fed = SimpleNamespace(
        goal="answer", metric="talk.wait", channel="forum", have="a file", status="measurable", question="?", reason=""
    )
    assert "D004" not in found(catalogue, cells=[fed], weeks={"answer": 8})
    fed.metric = "talk.replies"
    assert "D004" in found(catalogue, cells=[fed], weeks={"answer": 8})


def test_a_rule_that_came_true_is_said_in_its_own_words(catalogue):
    finding = found(catalogue, decided=hours(2 + 2 / 3, 2.25))["D005"]
    assert finding.message == (
        "Your rule has come true: `talk.wait` 2 h 40 min in October 2026 and 2 h 15 min in September 2026 "
        "(rule: > 2 h for 2 months)."
    )
    assert finding.hint == "You wrote: add an evening shift. Who: amira."


def test_why_a_rule_is_not_judged_is_said_in_words(catalogue):
    periods = tuple(Period(name=name, number=Number(reason="span.absent")) for name in ("October", "September"))
    said = found(catalogue, decided={("answer", 0): periods})["D011"].message
    assert said.endswith("because its number has no value for 2 months running (no file covers this time).")


@pytest.mark.parametrize("values", [(2.0, 3.0), (3.0, 1.0), (1.0, 1.0)])
def test_a_rule_comes_true_only_if_it_held_all_the_time(values, catalogue):
    assert not {"D005", "D011"} & found(catalogue, decided=hours(*values)).keys()


@pytest.mark.parametrize("values", [(None, 3.0), (3.0, None), (3.0,)])
def test_a_rule_whose_number_is_missing_is_not_judged(values, catalogue):
    known = found(catalogue, decided=hours(*values))
    assert "D005" not in known
    assert known["D011"].message.startswith("Not judged: the rule “talk.wait > 2 h” of `answer`, because ")


def test_a_rule_whose_number_no_plugin_knows_is_not_judged(catalogue):
    known = found(catalogue, decided={("answer", 0): None})
    assert known["D011"].message.endswith("because no installed plugin knows its number.")


def test_a_review_is_due_one_period_after_the_last(catalogue):
    finding = found(catalogue)["D006"]
    assert finding.message == "Monthly review of `answer` was due 3 Nov 2026."
    assert "reviewed = 2026-11-21" in finding.hint
    never = found(catalogue, TEXT.replace("reviewed = 2026-10-03\n", ""))["D006"]
    assert never.message == "Monthly review of `answer` was due 1 Oct 2026, counted from the first file that came in."
    assert "D006" not in found(catalogue, TEXT.replace("2026-10-03", "2026-10-22"))


@pytest.mark.parametrize(
    ("day", "every", "due"),
    [
        ("2026-01-31", "month", "2026-02-28"),
        ("2026-11-30", "quarter", "2027-02-28"),
        ("2024-02-29", "year", "2025-02-28"),
        ("2026-12-31", "month", "2027-01-31"),
        ("2026-12-28", "week", "2027-01-04"),
    ],
)
def test_a_period_later_is_a_day_that_there_is(day, every, due):
    assert after(dt.date.fromisoformat(day), every) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        (dt.date(2026, 10, 5), "No hours logged since 5 Oct 2026. Costs use planned hours and say so."),
        (None, "No hours logged yet. Costs use planned hours and say so."),
        (dt.date(2026, 11, 7), ""),
    ],
)
def test_hours_that_nobody_writes_down_are_missed(logged, said, catalogue):
    finding = found(catalogue, logged=logged).get("D007")
    assert (finding.message if finding else "") == said


def test_more_promotion_than_allowed_is_said_with_its_interval(catalogue):
    share = Number(value=12 / 35, low=0.21, high=0.51, n=12, of=35, unit="%")
    finding = found(catalogue, promo={"answer": share})["D008"]
    assert finding.message == "34 % of posts promote (12 of 35, 21–51 %); you capped it at 10 % (`answer`)."
    few = Number(value=0.05, low=0.02, high=0.2, n=1, of=20, unit="%")
    assert not {"D008", "D011"} & found(catalogue, promo={"answer": few}).keys()


@pytest.mark.parametrize(
    ("of", "why"), [(0, "nothing says yet which posts promote"), (9, "too few posts have a label")]
)
def test_promotion_without_labels_is_not_judged(of, why, catalogue):
    known = found(catalogue, promo={"answer": Number(value=0.5 if of else None, of=of)})
    assert "D008" not in known
    assert why in known["D011"].message


def test_posts_in_a_quiet_time_are_counted(catalogue):
    title = "quiet period before the annual results"
    two = found(catalogue, quiet={0: 2})["D009"]
    assert two.message == f"2 posts fall in “{title}” (1 Nov 2026 to 11 Nov 2026)."
    assert found(catalogue, quiet={0: 1})["D009"].message.startswith("1 post falls in ")
    assert not {"D009", "D011"} & found(catalogue, quiet={0: 0}).keys()
    assert found(catalogue, quiet={0: None})["D011"].message.endswith("because no posts of ours came in.")


@pytest.mark.parametrize(("low", "high", "chance"), [(41, 75, True), (61, 75, False), (60, 75, True)])
def test_a_target_inside_the_interval_of_its_baseline_may_be_chance(low, high, chance, catalogue):
    baseline = Number(value=1.0, low=low / 60, high=high / 60, unit="h")
    finding = found(catalogue, baselines={("answer", 0): baseline}).get("D010")
    assert bool(finding) == chance
    if finding and low == 41:
        assert finding.message == (
            "Target <= 60 min lies inside the baseline's interval (41 min–1 h 15 min): reaching it may be chance."
        )


def test_a_baseline_without_days_or_interval_is_not_judged(catalogue):
    undated = found(catalogue, baselines={("answer", 0): Number()})["D011"]
    assert "`talk.wait`" in undated.message
    assert undated.hint == "Measure them: smmetrics baseline answer --write"
    without = found(catalogue, baselines={("answer", 0): Number(value=1.0, reason="no interval")})["D011"]
    assert without.message.endswith("because its baseline has no interval (no interval).")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(2 + 2 / 3, "h", "2 h 40 min"), (1.25, "h", "1 h 15 min"), (3.0, "h", "3 h"), (0.5, "h", "30 min"), (0.343, "%", "34 %"),
     (1234.5, "", "1,234"), (12.345, "EUR", "12.3 EUR"), (0.0, "", "0"), (None, "h", "?"), (-2.5, "h", "-2 h 30 min")],
)  # fmt: skip
def test_numbers_are_written_as_people_write_them(value, unit, text):
    assert amount_text(value, unit) == text
