from __future__ import annotations

from datetime import date

import pytest

from smmetrics.panels import run
from smmetrics.panels.cards import cards, more

GUARD, RATE, SHARE = "garden.left", "garden.replies", "garden.answered"
FULL = {"value": 0.92, "low": 0.88, "high": 0.95, "n": 230, "numerator": 212.0, "denominator": 230.0}
FEW = {"state": "too_few", "reason": "sample.small", "n": 14, "numerator": 3.0, "denominator": 14.0}


def test_a_card_says_value_interval_target_and_sample(fake, goal, reading, october):
    row = reading(**FULL, target=">= 90 %", status="uncertain", reported_share=0.96)
    aims = goal(due={SHARE: date(2027, 3, 31)})
    (card,) = cards(fake(goals=(aims,), rows=[row]), october, aims).cards
    assert (card.kind, card.title, card.role, card.value) == ("kpi", "Answered", "lead", 0.92)
    assert (card.value_text, card.interval_text, card.sample_text) == ("92 %", "88–95 %", "212 of 230")
    assert card.target_text == "target: at least 90 % by 31 March 2027"
    assert (card.status, card.glyph) == ("uncertain", "≈")
    assert card.status_text == "too close to say"
    assert card.reported_text == "96 % of questions reported this"
    assert card.reading_id == row["reading_id"]


def test_a_card_tells_a_change_only_with_its_interval(fake, goal, reading, october):
    change = {"previous": 0.89, "change": 0.03, "change_low": -0.01, "change_high": 0.07}
    (card,) = cards(fake(goals=(goal(),), rows=[reading(**FULL, **change)]), october, goal()).cards
    assert card.change_text == "+3 points (−1 to +7) against September"
    bare = change | {"change_low": None, "change_high": None}
    (card,) = cards(fake(goals=(goal(),), rows=[reading(**FULL, **bare)]), october, goal()).cards
    assert card.change_text == "before: 89 % in September"
    (card,) = cards(
        fake(goals=(goal(),), rows=[reading(**FULL, **change)]), october.with_(comparison="none"), goal()
    ).cards
    assert card.change_text == ""


def test_a_view_without_a_period_before_tells_the_change_of_its_newest_whole_step(fake, goal, reading, october):
    steps = [
        reading(**FULL, grain="month", period_start=date(2026, month, 1), period_end=date(2026, month + 1, 1), incomplete=month == 10, previous=0.8, change=0.12, change_low=0.01, change_high=0.2)
        for month in (8, 9, 10)
    ]  # fmt: skip
    (card,) = cards(fake(goals=(goal(),), rows=[reading(**FULL), *steps]), october, goal()).cards
    assert card.change_text == "September 2026: +12 points (+1 to +20) against August"
    assert [step.start for step in card.spark] == ["2026-08-01", "2026-09-01", "2026-10-01"]


def test_a_newest_step_that_cannot_be_compared_tells_no_older_change(fake, goal, reading, october):
    older = reading(
        **FULL,
        grain="month",
        period_start=date(2026, 9, 1),
        period_end=date(2026, 10, 1),
        previous=0.8,
        change=0.12,
        change_low=0.01,
        change_high=0.2,
    )
    newest = reading(**FULL, grain="month")
    (card,) = cards(fake(goals=(goal(),), rows=[reading(**FULL), older, newest]), october, goal()).cards
    assert card.change_text == ""
    compared = newest | {"previous": 0.8, "change": 0.12}
    (card,) = cards(fake(goals=(goal(),), rows=[reading(**FULL), older, compared]), october, goal()).cards
    assert card.change_text == "before: 80 % in September"
    (card,) = cards(
        fake(goals=(goal(),), rows=[reading(**FULL, period_start=date(2026, 9, 1)), older, compared]),
        october.with_(since=date(2026, 9, 1)),
        goal(),
    ).cards
    assert card.change_text == "October 2026: 92 %, before: 80 % in September"


def test_too_few_is_x_of_n_with_the_shortest_longer_window_that_suffices(fake, goal, reading, october):
    four_weeks = reading(**FEW, period_start=date(2026, 10, 4))
    quarter = reading(
        value=0.28, low=0.2, high=0.37, n=112, numerator=31.0, denominator=112.0, period_start=date(2026, 8, 2)
    )
    year = reading(**FULL, period_start=date(2025, 11, 2))
    this_week = october.with_(since=date(2026, 10, 25))
    rows = [reading(**FEW, period_start=date(2026, 10, 25)), four_weeks, quarter, year]
    (card,) = cards(fake(goals=(goal(),), rows=rows), this_week, goal()).cards
    assert (card.value, card.value_text, card.status_text, card.change_text) == (None, "3 of 14", "", "")
    assert card.sample_text == "3 of 14: too few for a percentage"
    assert card.widened_text == "Last 13 weeks: 31 of 112 = 28 % (20–37 %)"


def test_a_longer_window_never_reaches_back_before_the_data(fake, goal, reading, october):
    covered = (date(2026, 9, 15), date(2026, 11, 1))
    every = reading(**FULL, period_start=date(2026, 9, 15))
    source = fake(goals=(goal(),), rows=[reading(**FEW), every], covered=covered)
    (card,) = cards(source, october, goal()).cards
    assert card.widened_text == "Since 15 September 2026: 212 of 230 = 92 % (88–95 %)"
    assert all(view.since is None or view.since >= covered[0] for view, _, _ in source.asked)


def test_no_longer_window_is_told_where_none_suffices(fake, goal, reading, october):
    (card,) = cards(fake(goals=(goal(),), rows=[reading(**FEW)]), october, goal()).cards
    assert card.widened_text == ""


@pytest.mark.parametrize("narrowed", [{"platforms": ("yarrow",)}, {"selected": {"kind": ("post",)}}])
def test_a_target_of_the_whole_is_not_held_against_a_part(fake, goal, reading, october, narrowed):
    aims = goal(due={SHARE: None})
    row = reading(**FULL, target=">= 90 %", status="met")
    (card,) = cards(fake(goals=(aims,), rows=[row]), october.with_(**narrowed), aims).cards
    assert (card.target_text, card.status, card.glyph, card.status_text) == (
        "The target is for all channels.",
        "",
        "",
        "",
    )


def test_at_most_four_leads_and_two_guards_stand_open_and_the_rest_is_folded(fake, goal, reading, october):
    leads, guards = (
        tuple(f"garden.{kind}{place}" for place in range(count)) for kind, count in (("lead", 6), ("guard", 3))
    )
    asks = goal(leads=leads, guards=guards)
    source = fake(goals=(asks,), rows=[reading(metric, **FULL) for metric in (*guards, *leads)])
    result, rest = cards(source, october, asks), more(source, october, asks)
    assert [card.metric for card in result.cards] == [*leads[:4], *guards[:2]]
    assert [card.role for card in result.cards] == ["lead"] * 4 + ["guard"] * 2
    assert [card.metric for card in rest.cards] == [*leads[4:], guards[2]]
    assert (rest.folded, rest.title, result.folded) == (True, "More numbers (3)", False)


def test_what_can_be_measured_comes_first(fake, goal, reading, october):
    asks = goal(leads=(SHARE, RATE), guards=(GUARD,))
    rows = [
        reading(**FEW),
        reading(RATE, value=5.2, unit="count", n=20),
        reading(GUARD, state="not_measurable", reason="roles.unknown"),
    ]
    result = cards(fake(goals=(asks,), rows=rows), october, asks)
    assert [card.metric for card in result.cards] == [RATE, SHARE]


def test_the_only_lead_is_shown_among_the_numbers_even_if_it_is_a_gap(fake, goal, reading, october):
    asks = goal(guards=(GUARD,))
    rows = [reading(state="not_measurable", reason="roles.unknown"), reading(GUARD, **FULL)]
    result = cards(fake(goals=(asks,), rows=rows), october, asks)
    assert [(card.kind, card.metric) for card in result.cards] == [("gap", SHARE), ("kpi", GUARD)]


def test_a_platform_that_is_not_in_a_number_is_named_with_the_reason(fake, goal, reading, october):
    row = reading(
        **FULL, reason="without sorrel (field.missing: posts.in_reply_to); scope.organic_only", incomplete=True
    )
    (card,) = cards(fake(goals=(goal(),), rows=[row]), october, goal()).cards
    assert (
        card.reason_text
        == "without Sorrel (this export does not report which post a reply answers); unpaid counts only; not wholly covered"
    )


def test_a_remark_about_one_platform_names_it_and_no_column(fake, goal, reading, october):
    row = reading(**FULL, reason="basis.text: is_reply: a text that begins with @name is a reply: sorrel")
    (card,) = cards(fake(goals=(goal(),), rows=[row]), october, goal()).cards
    assert card.reason_text == "Sorrel: told from the text (a text that begins with @name is a reply)"


def test_too_few_units_of_a_mean_are_no_share(fake, goal, reading, october):
    asks = goal(leads=(RATE,))
    row = reading(RATE, unit="count", state="too_few", n=4, numerator=5.0, denominator=4.0)
    (card,) = cards(fake(goals=(asks,), rows=[row]), october, asks).cards
    assert (card.value_text, card.sample_text) == ("–", "n = 4: too few to say")


def test_only_platforms_that_serve_the_goal_are_named_and_the_others_counted(fake, goal, reading, october):
    names = {"yarrow": "Yarrow", "sorrel": "Sorrel", "tansy": "Tansy", "borage": "Borage"}
    out = "; ".join(f"without {name} (roles.unknown)" for name in ("sorrel", "tansy", "borage"))
    why = "(the source does not say who wrote what)"

    def said(*serving):
        asks = goal(platforms=serving)
        source = fake(goals=(asks,), rows=[reading(**FULL, reason=out)], platforms=names)
        return cards(source, october, asks).cards[0].reason_text

    assert said() == f"without Sorrel, Tansy and Borage {why}"
    assert said("sorrel", "tansy") == f"without Sorrel and Tansy {why} and 1 platform that does not serve this goal"
    assert said("yarrow") == "without 3 platforms that do not serve this goal"


def test_a_state_without_a_number_says_its_reason(fake, goal, reading, october):
    row = reading(state="suppressed", reason="people.few")
    (card,) = cards(fake(goals=(goal(),), rows=[row]), october, goal()).cards
    assert (card.value_text, card.sample_text, card.reported_text) == ("–", "", "")
    assert card.reason_text == "hidden: so few people could be recognised"


def test_money_carries_the_strategys_currency(fake, goal, reading, october):
    asks = goal(leads=(RATE,))
    (card,) = cards(fake(goals=(asks,), rows=[reading(RATE, unit="money", value=219.45, n=3)]), october, asks).cards
    assert (card.value_text, card.sample_text) == ("219.45 EUR", "n = 3")


def test_outside_text_stays_text(fake, goal, reading, october):
    row = reading(**FULL, target=">= <script>alert(1)</script>", status="met")
    result = run("cards", cards, fake(goals=(goal(),), rows=[row]), october, goal())
    assert result.cards[0].target_text == "target: at least <script>alert(1)</script>"
    assert more(fake(goals=(goal(),), rows=[row]), october, goal()).empty
