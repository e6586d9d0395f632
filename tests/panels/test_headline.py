from __future__ import annotations

from datetime import date

from smmetrics.panels import build
from smmetrics.panels.headline import LISTENS, headline

GUARD, RATE, SHARE, USED = "garden.left", "garden.replies", "garden.answered", "garden.used"
FULL = {"value": 0.92, "low": 0.88, "high": 0.95, "n": 230, "numerator": 212.0, "denominator": 230.0}


def said(source, view, goal):
    return headline(source, view, goal).words


def test_a_share_is_told_as_so_many_of_so_many_with_aim_and_change(fake, goal, reading, october):
    aims = goal(due={SHARE: date(2027, 3, 31)})
    row = reading(
        **FULL, target=">= 95 %", status="on_track", previous=0.8, change=0.12, change_low=0.02, change_high=0.2
    )
    assert said(fake(goals=(aims,), rows=[row]), october, aims) == (
        "Answered: 212 of 230 (92 %, 88–95 %) in October 2026. The aim is at least 95 % by 31 March 2027: on course. Change: +12 points (+2 to +20) against September.",
    )


def test_a_change_whose_interval_holds_zero_is_no_clear_change(fake, goal, reading, october):
    row = reading(
        RATE,
        unit="duration",
        value=74 / 60,
        low=1.0,
        high=1.5,
        n=40,
        previous=1.0,
        change=0.05,
        change_low=-0.1,
        change_high=0.2,
    )
    asks = goal(leads=(RATE,))
    assert said(fake(goals=(asks,), rows=[row]), october, asks) == (
        "Replies per post: 1 h 14 min (1 h – 1 h 30 min) in October 2026. No clear change: +3 min (−6 to +12) against September.",
    )


def test_a_number_before_without_an_interval_is_told_as_it_was(fake, goal, reading, october):
    row = reading(**FULL, previous=0.8, change=0.12)
    assert said(fake(goals=(goal(),), rows=[row]), october, goal())[0].endswith(
        "in October 2026. Before: 80 % in September."
    )


def test_a_number_that_is_too_small_to_say_tells_the_longer_time(fake, goal, reading, october):
    rows = [
        reading(state="too_few", n=14, numerator=3.0, denominator=14.0),
        reading(**FULL, period_start=date(2026, 8, 2)),
    ]
    assert said(fake(goals=(goal(),), rows=rows), october, goal()) == (
        "Answered in October 2026: 3 of 14: too few for a percentage. Last 13 weeks: 212 of 230 = 92 % (88–95 %).",
    )


def test_platforms_that_are_not_in_the_numbers_are_named_with_the_reason(fake, goal, reading, october):
    row = reading(**FULL, reason="without sorrel (roles.unknown)")
    assert said(fake(goals=(goal(),), rows=[row]), october, goal())[1:] == (
        "Not in these numbers: Sorrel (the source does not say who wrote what).",
    )


def test_a_guard_against_its_aim_is_told(fake, goal, reading, october):
    asks = goal(guards=(GUARD,))
    rows = [reading(**FULL), reading(GUARD, **FULL, target="<= 5 %", status="missed")]
    assert said(fake(goals=(asks,), rows=rows), october, asks)[1:] == ("Watch this too: Left to others is missed.",)
    assert len(said(fake(goals=(asks,), rows=rows), october.with_(platforms=("yarrow",)), asks)) == 1


def test_first_numbers_that_cannot_be_measured_are_named(fake, goal, reading, october):
    asks = goal(leads=(SHARE, RATE))
    rows = [reading(**FULL), reading(RATE, state="not_measurable", reason="field.missing")]
    assert said(fake(goals=(asks,), rows=rows), october, asks)[1:] == (
        "Not measurable with what came in: “Replies per post”.",
    )


def test_a_goal_of_which_nothing_can_be_measured_says_so(fake, goal, october):
    assert said(fake(goals=(goal(),)), october, goal()) == (
        "What this goal asks first cannot be measured with what came in.",
    )


def test_days_that_no_file_covers_are_no_gap_of_the_platforms(fake, goal, reading, october):
    row = reading(state="not_covered", reason="")
    assert said(fake(goals=(goal(),), rows=[row]), october, goal())[0] == (
        "What came in covers other days: what this goal asks first cannot be told for these."
    )


def test_a_listening_goal_is_told_nothing_about_own_posts_or_followers(fake, goal, reading, october):
    listening = goal("listen", leads=(USED, RATE), guards=(GUARD,), activities=("monitoring",))
    rows = [reading(USED, goal="listen", value=0.67, low=0.3, high=0.9, n=6, numerator=4.0, denominator=6.0)]
    rows += [reading(metric, goal="listen", **FULL) for metric in (RATE, GUARD)]
    results = build(fake(goals=(listening,), rows=rows), october)
    assert results[0].words[0] == LISTENS
    assert results[0].words[1].startswith("Findings used: 4 of 6 (67 %, 30–90 %)")
    assert [card.metric for result in results for card in result.cards] == [USED]
    assert {"posts", "conversations", "audience"}.isdisjoint(result.panel for result in results)


def test_people_are_counted_and_not_named(fake, goal, october):
    asks = goal(
        people=("ana", "ben"), hours={"ana": 5, "ben": 3}, audience="gardeners", for_them="an answer the same day"
    )
    notes = headline(fake(goals=(asks,)), october, asks).notes
    assert notes == (
        "Why: an unanswered question is a plant that dies",
        "For: gardeners: an answer the same day",
        "With: 2 people, 8 h a week planned",
    )


def test_the_same_readings_give_the_same_words(fake, goal, reading, october):
    source = fake(goals=(goal(),), rows=[reading(**FULL)])
    assert said(source, october, goal()) == said(source, october, goal())
    assert headline(source, october, goal("answer-all_people")).title == "Answer all people"
