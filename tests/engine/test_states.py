"""States, reasons and the columns of readings: what is not known is never a number."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.formula import parse
from smmetrics.engine import SCHEMA, Request, Window, measure

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
BOTH = [("m", "a1", JANUARY, MARCH), ("n", "b1", JANUARY, MARCH)]


def post(number, **more):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number % 59, hours=3)
    base = {
        "platform": "m",
        "account": "a1",
        "created_at": at,
        "created_on": at.date(),
        "post_id": f"p{number}",
        "ours": True,
    }
    return base | {"scope": "total", "is_reply": False} | more


@pytest.fixture
def posts(held, rows):
    def make(data, covered=BOTH, **more):
        return held({"posts": rows("posts", data)}, covered, **more)

    return make


def test_a_reading_has_the_columns_of_the_contract_in_order(posts, request_of):
    frame = measure([request_of("count(posts)")], posts([post(1)]), Window(as_of=datetime(2026, 4, 1, tzinfo=UTC)))
    assert frame.schema == pl.Schema(SCHEMA)
    assert frame.columns[:6] == ["goal", "question", "metric", "version", "parameters", "subject"]


def test_a_covered_period_without_posts_is_zero_and_an_uncovered_one_is_not_covered(posts, ask):
    tables = posts([post(1)], [("m", "a1", JANUARY, FEBRUARY)])
    found = ask("count(posts, not ours)", tables, grain="month", since=JANUARY, until=MARCH)
    assert [(r["state"], r["value"], r["reason"]) for r in found] == [
        ("value", 0, ""),
        ("not_covered", None, "span.absent"),
    ]


def test_a_platform_of_which_only_files_are_there_that_cannot_tell_has_rows_without_a_number(posts, ask):
    told = ask("count(posts, ours)", posts([post(1)]), by=("platform",), grain="month", blind=frozenset({"n.made"}))
    assert [(r["platform"], r["period_start"], r["state"], r["value"], r["reason"]) for r in told] == [
        ("m", JANUARY, "value", 1, ""),
        ("m", FEBRUARY, "value", 0, ""),
        ("n", JANUARY, "not_covered", None, "span.absent"),
        ("n", FEBRUARY, "not_covered", None, "span.absent"),
    ]


def test_nothing_imported_is_not_covered(posts, ask):
    (reading,) = ask("count(posts)", posts([], []))
    assert (reading["state"], reading["value"], reading["period_start"]) == ("not_covered", None, None)


def test_spans_of_other_tables_cover_nothing(posts, ask):
    tables = posts([post(1)], BOTH, facts="account_counts,account_counts.followers")
    assert [r["state"] for r in ask("count(posts)", tables)] == ["not_covered"]
    tables = posts([post(1)], BOTH, facts="post_counts.likes,posts,posts.created_at")
    assert [r["state"] for r in ask("count(posts)", tables)] == ["value"]


@pytest.mark.parametrize(
    ("formula", "size", "state"),
    [
        ("share(posts, is_reply)", 9, "too_few"),
        ("share(posts, is_reply)", 10, "value"),
        ("mean(posts.likes)", 4, "too_few"),
        ("mean(posts.likes)", 5, "value"),
        ("ratio(posts, likes, impressions)", 4, "too_few"),
        ("ratio(posts, likes, impressions)", 5, "value"),
        ("ratio(posts, likes, saves)", 6, "too_few"),
        ("median(posts.likes)", 4, "too_few"),
        ("wait(posts, created_at, answered_at)", 4, "too_few"),
        ("count(posts) / count(posts, ours)", 9, "too_few"),
        ("count(posts)", 1, "value"),
        ("sum(posts.likes)", 1, "value"),
        ("distinct(posts.post_id)", 1, "value"),
        ("max(posts.likes)", 1, "value"),
    ],
)
def test_too_few_applies_to_rates_and_never_to_counts(formula, size, state, posts, ask):
    answered = datetime(2026, 3, 1, tzinfo=UTC)
    data = [post(i, likes=3, impressions=100, saves=1, answered_at=answered) for i in range(size)]
    (reading,) = ask(formula, posts(data))
    assert reading["state"] == state
    assert (reading["value"] is None) == (state != "value")


def test_x_of_n_can_still_be_said(posts, ask):
    (reading,) = ask("share(posts, is_reply)", posts([post(i, is_reply=i == 0) for i in range(7)]))
    assert (reading["state"], reading["reason"]) == ("too_few", "sample.small")
    assert (reading["numerator"], reading["denominator"], reading["n"]) == (1, 7, 7)
    assert reading["low"] is None


def test_a_denominator_of_zero_is_no_activity(posts, ask):
    (reading,) = ask("ratio(posts, likes, impressions)", posts([post(i, likes=0, impressions=0) for i in range(20)]))
    assert (reading["state"], reading["reason"]) == ("zero_activity", "denominator.zero")
    (reading,) = ask("share(posts, is_reply, of=not ours)", posts([post(1)]))
    assert reading["state"] == "zero_activity"


def test_rows_that_report_nothing_are_not_reported(posts, ask):
    tables = posts([post(i) for i in range(20)])
    for formula in ("sum(posts.likes)", "mean(posts.likes)", "ratio(posts, likes, impressions)", "share(posts, promo)"):
        (reading,) = ask(formula, tables)
        assert (reading["state"], reading["value"]) == ("not_reported", None), formula


def test_an_open_time_in_a_mean_is_an_error_and_a_wait_takes_it(posts, ask, request_of):
    at = datetime(2026, 1, 3, tzinfo=UTC)
    tables = posts([post(0, created_at=at, answered_at=None if i > 5 else at + timedelta(hours=i)) for i in range(12)])
    asked = request_of("mean(hours(posts.created_at, answered_at), answered_at is not None)")
    unfiltered = replace(asked.formula, root=replace(asked.formula.root, where=None))  # what no formula may say
    window = Window(as_of=datetime(2026, 4, 1, tzinfo=UTC))
    (reading,) = measure([replace(asked, formula=unfiltered)], tables, window).to_dicts()
    assert (reading["state"], reading["reason"], reading["value"]) == ("failed", "time.open", None)
    (reading,) = ask("wait(posts, created_at, answered_at, q=0.4)", tables)
    assert (reading["value"], reading["numerator"], reading["denominator"]) == (4, 6, 12)
    (reading,) = ask("wait(posts, created_at, answered_at, q=0.9)", tables)
    assert (reading["state"], reading["reason"]) == ("immature", "wait.not_reached")
    (reading,) = ask("share(posts, hours(created_at, answered_at) <= 2)", tables)
    assert reading["value"] == 3 / 12


def test_a_null_that_is_not_open_is_not_known(posts, ask):
    at = datetime(2026, 1, 3, tzinfo=UTC)
    tables = posts([post(0, created_at=at, in_reply_to_at=None if i else at) for i in range(12)])
    (reading,) = ask("share(posts, hours(created_at, in_reply_to_at) > 1)", tables, min_denominator=0, min_units=0)
    assert (reading["value"], reading["denominator"], reading["reported_share"]) == (0, 1, pytest.approx(1 / 12))


def test_negative_waits_are_left_out_and_counted(posts, ask):
    at = datetime(2026, 1, 3, tzinfo=UTC)
    tables = posts([post(0, created_at=at, answered_at=at + timedelta(hours=i)) for i in range(-2, 8)])
    (reading,) = ask("wait(posts, created_at, answered_at)", tables)
    assert (reading["n"], reading["reason"]) == (8, "time.negative: 2")
    assert reading["value"] == 3


def test_platforms_that_cannot_feed_are_left_out_and_named(posts, ask):
    data = [post(i) for i in range(6)] + [post(i, platform="n", account="b1") for i in range(4)]
    verdicts = {"m": ("measurable", ""), "n": ("not_measurable", "field.missing")}
    (reading,) = ask("count(posts)", posts(data), verdicts=verdicts)
    assert (reading["value"], reading["reason"]) == (6, "without n (field.missing)")
    sliced = ask("count(posts)", posts(data), verdicts=verdicts, by=("platform",))
    assert [(r["platform"], r["state"], r["value"], r["reason"]) for r in sliced] == [
        ("m", "value", 6, ""),
        ("n", "not_measurable", None, "field.missing"),
    ]
    (reading,) = ask("count(posts)", posts(data), verdicts=verdicts | {"m": ("not_measurable", "field.missing")})
    assert (reading["state"], reading["reason"], reading["value"]) == ("not_measurable", "field.missing", None)


def test_a_platform_that_cannot_does_not_take_its_reply_times_along(posts, ask):
    data = [post(i, likes=10) for i in range(12)] + [post(i, platform="n", account="b1", likes=90) for i in range(12)]
    verdicts = {"m": ("measurable", ""), "n": ("not_permitted", "access.own_only")}
    for formula, value in (("mean(posts.likes)", 10), ("median(posts.likes)", 10), ("distinct(posts.likes)", 1)):
        (reading,) = ask(formula, posts(data), verdicts=verdicts)
        assert reading["value"] == value
        assert reading["high"] in (None, 10, pytest.approx(10))


def test_partly_fed_says_why(posts, ask):
    (reading,) = ask("count(posts)", posts([post(1)]), verdicts={"m": ("partly", "basis.text")})
    assert (reading["state"], reading["reason"]) == ("value", "basis.text: m")


def test_a_dimension_that_a_table_lacks_is_refused(posts, ask):
    (reading,) = ask("sum(effort.cost) / count(posts, ours)", posts([post(1)]), by=("account",))
    assert (reading["state"], reading["reason"]) == ("refused", "dimension.absent: account")


def test_what_may_be_counted_with_an_error_is_counted_without(posts, ask):
    tables = posts([post(i, person=f"p{i % 7}") for i in range(40)])
    (exact,) = ask("distinct(posts.person)", tables)
    (rough,) = ask("distinct(posts.person, approximate=True)", tables)
    assert (exact["value"], rough["value"], rough["exact"]) == (7, 7, True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("wait(threads, created_at, replied_at, clock='shop')", "hours.unknown: shop"),
        ("count(posts, business_hours(created_at, replied_at, 'shop') < 8)", "hours.unknown: shop"),
        ("count(posts, during('spring'))", "campaign.unknown: spring"),
    ],
)
def test_office_hours_and_campaigns_that_the_strategy_lacks_are_named(posts, ask, text, reason):
    (reading,) = ask(text, posts([post(1)]))
    assert (reading["state"], reading["reason"]) == ("not_measurable", reason)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("trailing(count(posts), days=n)", {}),
        ("trailing(count(posts), days=n)", {"n": 2.5}),
        ("quantile(posts.likes, q=n)", {}),
        ("gini(count(posts), by=person) + top_share(count(posts), by=person, k=n)", {}),
    ],
)
def test_a_keyword_without_its_value_is_refused_and_never_a_default(posts, ask, text, params):
    with pytest.raises(UserMistake, match="'n' has no value"):
        ask(text, posts([post(1)]), params=params)


def test_a_whole_over_a_dimension_nobody_asked_for_is_refused(posts, ask):
    (reading,) = ask("count(posts) / total(count(posts), over=platform)", posts([post(1)]))
    assert (reading["state"], reading["reason"]) == ("refused", "dimension.needed: platform")


def test_a_part_without_any_other_part_is_refused_and_no_hundred_per_cent(posts, ask):
    """Share of voice without a rival."""
    text = "count(posts) / total(count(posts), over=platform)"
    one = posts([post(n, platform="n", account="b1") for n in range(12)], [("n", "b1", JANUARY, MARCH)])
    (reading,) = ask(text, one, by=("platform",))
    assert (reading["state"], reading["value"], reading["reason"]) == ("refused", None, "part.alone: platform")
    both = posts([*(post(n) for n in range(12)), post(3, platform="n", account="b1"), post(3, platform=None)])
    found = ask(text, both, by=("platform",), grain="month")
    told = {(row["platform"], row["period_start"]): row["value"] for row in found if row["state"] == "value"}
    assert told[("m", JANUARY)] == 12 / 14
    assert told[("n", JANUARY)] == 1 / 14


def test_a_months_network_is_told_by_month_and_of_no_other_days(held, rows, ask):
    told = [
        {"person": name, "score_id": name, "window_start": JANUARY, "pagerank": part}
        for name, part in (("a", 0.75), ("b", 0.25))
    ]
    tables = held({"person_scores": rows("person_scores", told)}, [("m", "a1", JANUARY, MARCH)])
    text = "sum(person_scores.pagerank)"
    by_month = ask(text, tables, grain="month", by=("person",))
    assert {(json.loads(row["slice"])["person"], row["value"]) for row in by_month if row["period_start"] == JANUARY} == {
        ("a", 0.75), ("b", 0.25),
    }  # fmt: skip
    (month,) = ask(text, tables, since=JANUARY, until=FEBRUARY)
    assert month["value"] == 1
    for days in ({"grain": "week"}, {"grain": "quarter"}, {"since": JANUARY, "until": MARCH}, {}):
        assert {(row["state"], row["reason"]) for row in ask(text, tables, **days)} == {
            ("refused", "grain.needed: month")
        }


def test_the_period_before_and_rolling_days_need_covered_days(posts, ask):
    data = [post(number) for number in range(59)]
    tables = posts(data, [("m", "a1", JANUARY, MARCH)])
    found = ask("count(posts) - previous(count(posts))", tables, grain="month")
    assert [(r["state"], r["reason"], r["value"]) for r in found] == [
        ("not_covered", "span.absent", None),
        ("value", "", 28 - 31),
    ]
    found = ask("trailing(count(posts), days=45)", tables, grain="month")
    assert [(r["state"], r["value"]) for r in found] == [("not_covered", None), ("value", 45)]


def test_days_inside_a_campaign_are_told_apart(posts, request_of):
    spans = {"spring": ((date(2026, 1, 5), date(2026, 1, 8)), (date(2026, 2, 1), date(2026, 2, 2)))}
    window = Window(as_of=datetime(2026, 4, 1, tzinfo=UTC), campaigns=spans)
    made = measure([request_of("count(posts, during('spring'))")], posts([post(n) for n in range(59)]), window)
    assert made["value"].to_list() == [4]


def test_the_clock_of_a_target_counts_office_hours_in_every_wait(posts, request_of):
    from datetime import time

    from smmetrics.engine.office import Office

    friday = datetime(2026, 1, 2, 16, tzinfo=UTC)
    data = [post(n, created_at=friday, replied_at=friday + timedelta(days=3)) for n in range(6)]
    window = Window(
        as_of=datetime(2026, 4, 1, tzinfo=UTC), offices={"shop": Office(frozenset(range(5)), time(9), time(17))}
    )
    text = "median(hours(posts.created_at, replied_at), replied_at is not None)"
    asked = [request_of(text, params={"hours": "shop"}), request_of(text, metric="all")]
    made = measure(asked, posts(data), window)
    assert dict(zip(made["metric"], made["value"], strict=True)) == {"all": 72, text: 1 + 7}


def test_exactly_the_groups_there_are_and_missing_values_are_unknown(posts, ask):
    data = [post(1, format="image"), post(2, format="image"), post(3)]
    found = ask("count(posts)", posts(data), by=("format",))
    assert [(json.loads(r["slice"])["format"], r["value"]) for r in found] == [("(unknown)", 1), ("image", 2)]
    found = ask("count(posts)", posts(data), by=("platform", "account"))
    assert [(r["platform"], r["account"], r["value"]) for r in found] == [("m", "a1", 3), ("n", "b1", 0)]


def test_a_period_some_account_does_not_cover_is_incomplete(posts, ask):
    tables = posts([post(1)], [("m", "a1", JANUARY, MARCH), ("n", "b1", date(2026, 1, 20), MARCH)])
    assert [r["incomplete"] for r in ask("count(posts)", tables, grain="month")] == [True, False]
    sliced = ask("count(posts)", tables, grain="month", by=("platform",))
    assert [(r["platform"], r["incomplete"]) for r in sliced] == [("m", False), ("m", False), ("n", True), ("n", False)]


def test_a_period_that_is_not_over_is_incomplete(posts, ask):
    found = ask("count(posts)", posts([post(1)]), grain="month", as_of=datetime(2026, 2, 20, tzinfo=UTC))
    assert [r["incomplete"] for r in found] == [False, True]


def test_period_days_are_the_days_covered(posts, ask):
    tables = posts([post(i) for i in range(10)], [("m", "a1", date(2026, 1, 1), date(2026, 1, 11))])
    (reading,) = ask("count(posts) / period_days * 7", tables, grain="month")
    assert (reading["value"], reading["incomplete"], reading["low"]) == (7, True, None)


def test_the_scope_of_counts_is_said_and_organic_alone_is_a_remark(posts, ask):
    organic = [post(i, likes=1, scope="organic") for i in range(3)]
    (reading,) = ask("sum(posts.likes)", posts(organic))
    assert (reading["scope"], reading["reason"], reading["state"]) == ("organic", "scope.organic_only", "value")
    mixed = [*organic, *(post(i, likes=10) for i in range(2))]
    (reading,) = ask("sum(posts.likes)", posts(mixed))
    assert (reading["scope"], reading["value"]) == ("mixed", 23)
    (reading,) = ask("sum(posts.likes)", posts(mixed), scope="total")
    assert (reading["scope"], reading["value"]) == ("total", 20)
    (reading,) = ask("count(posts)", posts(mixed))
    assert reading["scope"] == ""


def test_counts_beside_a_filter_on_scope_are_not_filtered(posts, ask):
    data = [post(i, likes=1, scope="organic") for i in range(10)] + [post(i, likes=9) for i in range(10)]
    (reading,) = ask("sum(posts.likes) / count(posts)", posts(data), scope="total")
    assert (reading["numerator"], reading["denominator"]) == (90, 20)


def test_the_interval_follows_a_linear_map(posts, ask):
    data = [post(i, is_reply=i % 3 == 0) for i in range(30)]
    (plain,) = ask("share(posts, is_reply)", posts(data))
    (turned,) = ask("1 - 2 * share(posts, is_reply)", posts(data))
    assert (turned["low"], turned["high"]) == (
        pytest.approx(1 - 2 * plain["high"]),
        pytest.approx(1 - 2 * plain["low"]),
    )
    assert (turned["interval_method"], turned["confidence"]) == ("wilson", 0.95)
    (counted,) = ask("count(posts)", posts(data))
    assert (counted["low"], counted["interval_method"], counted["confidence"]) == (None, "", None)
    (silent,) = ask("share(posts, is_reply)", posts(data), interval="none")
    assert silent["low"] is None


def test_parameters_are_part_of_the_reading(posts, request_of):
    tables, window = posts([post(i, likes=i) for i in range(12)]), Window(as_of=datetime(2026, 4, 1, tzinfo=UTC))
    asked = [request_of("count(posts, likes >= k)", params={"k": k}, metric="more") for k in (3, 6)]
    found = measure(asked, tables, window)
    assert found["value"].to_list() == [9, 6]
    assert found["parameters"].to_list() == ['{"k":3}', '{"k":6}']
    assert found["reading_id"].n_unique() == found["provenance"].n_unique() == 2


def test_equal_inputs_give_equal_readings(posts, request_of):
    window = Window(as_of=datetime(2026, 4, 1, tzinfo=UTC), grain="month")
    asked = [request_of("mean(posts.likes)", goal="g"), request_of("count(posts)")]
    first, second = (
        measure(asked, posts([post(i, likes=i) for i in range(40)]), window, ("platform",)) for _ in range(2)
    )
    assert first.equals(second)


def test_sums_pass_64_bits(posts, ask):
    huge = 2**62
    (reading,) = ask("sum(posts.likes)", posts([post(i, likes=huge) for i in range(8)]))
    assert reading["value"] == float(8 * huge)
    (reading,) = ask("mean(posts.likes)", posts([post(i, likes=huge) for i in range(8)]))
    assert reading["value"] == float(huge)
    (reading,) = ask("sum(posts.likes * likes)", posts([post(i, likes=2**40) for i in range(4)]))
    assert reading["value"] == float(2**82)


def test_planned_hours_need_no_span(held, rows, ask):
    plan = rows("plan", [{"goal": "g", "person": "p", "day": JANUARY, "minutes": 60.0}])
    (reading,) = ask("sum(plan.minutes)", held({"plan": plan}), since=JANUARY, until=FEBRUARY)
    assert (reading["value"], reading["incomplete"]) == (60, False)


def test_stocks_are_those_of_every_period(held, rows, ask):
    accounts = rows(
        "accounts", [{"platform": "m", "account": "a1", "ours": True}, {"platform": "m", "account": "x", "ours": False}]
    )
    found = ask("count(accounts, ours)", held({"accounts": accounts}, BOTH), grain="month")
    assert [r["value"] for r in found] == [1, 1]


def test_rows_before_the_end_count_for_every_later_period(posts, ask):
    found = ask("count(posts, created_at < period_end, on=None)", posts([post(i) for i in (0, 1, 40)]), grain="month")
    assert [r["value"] for r in found] == [2, 3]


def test_on_takes_another_date(posts, ask):
    data = [post(0, answered_at=datetime(2026, 2, 5, tzinfo=UTC)), post(1)]
    found = ask("count(posts, answered_at is not None, on=answered_at)", posts(data), grain="month")
    assert [r["value"] for r in found] == [0, 1]


def test_metrics_come_sorted(posts, request_of):
    asked = [request_of("count(posts)", metric=name) for name in ("b.two", "a.one")]
    found = measure(asked, posts([post(1), post(40)]), Window(as_of=datetime(2026, 4, 1, tzinfo=UTC), grain="month"))
    assert found.select("metric", "period_start").rows() == [
        (m, d) for m in ("a.one", "b.two") for d in (JANUARY, FEBRUARY)
    ]


def test_counts_of_one_formula_come_from_one_observation(held, rows, views):
    """The engine asks for all counts of a formula together, and for no others."""
    asked = []

    class Watched(held):
        def frame(self, view, columns):
            asked.append({name for name in columns if name in {"likes", "impressions", "saves"}})
            return super().frame(view, columns)

    tables = Watched({"posts": rows("posts", [post(i, likes=1, impressions=9, saves=1) for i in range(9)])}, BOTH)
    texts = ["ratio(posts, likes, impressions)", "sum(posts.saves) / sum(posts.likes)", "count(posts)"]
    requests = [Request(metric=t, formula=parse(t, views=views, pairing="a test")) for t in texts]
    measure(requests, tables, Window(as_of=datetime(2026, 4, 1, tzinfo=UTC)))
    assert {frozenset(names) for names in asked} == {frozenset({"likes", "impressions"}), frozenset({"likes", "saves"})}


def test_what_stands_beside_all_platforms_alike_is_said_once(posts, ask):
    tables = posts([post(1), post(2)])
    alike = {"m": ("partly", "labels.weak: x"), "n": ("partly", "labels.weak: x")}
    (one,) = ask("count(posts)", tables, verdicts=alike)
    assert one["reason"] == "labels.weak: x"
    (two,) = ask("count(posts)", tables, verdicts=alike | {"n": ("measurable", "")})
    assert two["reason"] == "labels.weak: x: m"
    (three,) = ask("count(posts)", tables, verdicts=alike | {"n": ("not_measurable", "field.missing")})
    assert "labels.weak: x: m" in three["reason"]


def test_a_number_of_each_person_is_told_by_platform_with_its_interval(posts, request_of):
    data = [post(n, person=person, platform=platform) for n, (person, platform) in enumerate(("pm", "pm", "qm", "pn"))]
    window = Window(as_of=datetime(2026, 4, 1, tzinfo=UTC))
    told = measure([request_of("mean_of(count(posts), by=person)", min_units=1)], posts(data), window, ("platform",))
    assert dict(told.select("platform", "value").iter_rows()) == {"m": 1.5, "n": 1.0}
    assert set(told["interval_method"]) == {"jackknife_log", ""}
