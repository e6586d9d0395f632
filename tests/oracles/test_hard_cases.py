"""The eighteen hard cases of the catalogue, each by its number: small tables, real formulas, values worked by hand."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from smmetrics.api import Capability, ChannelRef, Column, Gap, Metric, Platform, QuestionRef, Signature, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.binding import bind
from smmetrics.contracts.catalogue import build
from smmetrics.contracts.formula import FormulaError, parse
from smmetrics.engine.office import Office
from smmetrics.intake import Reader
from smmetrics.strategy import read, review
from smmetrics.tables.scope import Handle, Scope
from tests.contracts.conftest import FakeRegistry, answers
from tests.derive.conftest import at, said

CATALOGUE = Path(__file__).parents[2].parent / "shared" / "design" / "kpi-formulas.tsv"
SLACK = {"min_units": 0, "min_denominator": 0}
ENGAGED = "ratio(posts, engagements, impressions, ours)"
ANSWERED = "share(cases, hours(opened_at, first_response_at) <= answer_days * 24, of=needs_reply and by_customer)"
KPIS = {
    "er_by_impressions": ENGAGED,
    "er_by_views": "ratio(posts, engagements, views, ours)",
    "interactions_per_post": "mean(posts.engagements, ours and not is_reply)",
    "applause_rate": "mean(posts.likes, ours and not is_reply)",
    "conversation_rate": "mean(threads.comments - staff_replies, ours)",
    "conversation_depth": "median(threads.depth, turns > 1)",
    "conversation_count": "count(threads, authors >= 2 and depth >= 2 and turns >= min_turns)",
    "response_rate": ANSWERED,
    "first_response_time": "wait(cases, opened_at, first_response_at, needs_reply and by_customer)",
    "first_response_time_business": "wait(cases, opened_at, first_response_at, needs_reply and by_customer, clock='business')",
    "unanswered_thread_rate": "share(threads, hours(created_at, replied_at) > 168)",
    "mention_in_degree": "distinct(acts.person, act == 'mention')",
    "cross_unit_reply_share": "share(acts, unit != other_unit, of=act == 'reply')",
    "reply_share": "share(posts, is_reply, of=ours)",
}
"""The catalogue's own words; `test_the_formulas_are_those_of_the_catalogue` holds them to it."""


@pytest.mark.skipif(not CATALOGUE.is_file(), reason="the catalogue is not on this machine")
def test_the_formulas_are_those_of_the_catalogue():
    rows = csv.DictReader(CATALOGUE.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    known = {row["id"]: row["formula_or_calculator"] for row in rows}
    assert {name: known.get(name) for name in KPIS} == KPIS


def ours(post_id, day, kind="post", **more):
    return said(post_id, kind, None, at(day), account_id="b", text="x", **more)


def counts(post_id, seen=None, **reported):
    return {"post_id": post_id, "scope": "total", "window": "lifetime", "observed_at": seen or at(31), **reported}


def test_01_one_value_in_two_fields_counts_once(desk, ask):
    """Two kinds of file report the same likes of one carousel."""
    for kind in ("gram.media", "gram.insights"):
        desk.file(kind=kind, posts=[ours("p", 1)], post_counts=[counts("p", likes=10, comments=2)])
    (reading,) = ask(KPIS["interactions_per_post"], desk.derived(), **SLACK)
    assert (reading["value"], reading["n"]) == (12, 1)
    (likes,) = ask(KPIS["applause_rate"], desk.derived(), **SLACK)
    assert likes["value"] == 10


def test_02_likes_below_zero_are_taken_in_and_sums_are_right(desk, ask):
    desk.file(
        posts=[ours("a", 1), ours("b", 2)],
        post_counts=[counts("a", likes=-3, comments=5), counts("b", likes=7)],
    )
    (likes,) = ask("sum(posts.likes, ours)", desk.derived())
    assert likes["value"] == 4
    (each,) = ask(KPIS["interactions_per_post"], desk.derived(), **SLACK)
    assert each["value"] == (2 + 7) / 2


def test_02_likes_below_zero_are_said_where_they_come_in(tmp_path):
    """Only where the source says they may be; elsewhere the record is set aside."""
    path = tmp_path / "lark.csv"
    path.write_text("id,likes,views\na,-3,5\nb,7,9\n", encoding="utf-8")
    columns = [Column(names=("id",), fact="posts.post_id", parse="id", required=True)]
    columns += [Column(names=(name,), fact=f"post_counts.{name}", parse="int", scope="total", negative=name == "likes")
                for name in ("likes", "views")]  # fmt: skip
    source = Source(kind="posts", platform="lark", table="posts", title="Lark", container="csv", how_to_get="Ask.", takes="Posts.",
                    signature=Signature(required=("id", "likes")), columns=tuple(columns), covers=("posts", "post_counts"))  # fmt: skip
    known = {table.name: table for table in CORE_TABLES}
    reader = Reader([source], known, copies=tmp_path / "copies", key=bytes(32), use={}.__getitem__)
    result = reader.read(path)
    assert sorted(result.frames["post_counts"]["likes"]) == [-3, 7]
    assert any("1 numbers are below zero (likes)" in message for message in result.messages)
    path.write_text("id,likes,views\na,3,-5\nb,7,9\n", encoding="utf-8")
    result = reader.read(path)
    assert (result.kept, result.quarantined) == (1, 1)


def test_03_what_a_source_lacks_is_not_reported_and_never_zero(desk, ask):
    desk.file(posts=[ours("a", 1)], post_counts=[counts("a", likes=4)])
    (reading,) = ask(KPIS["er_by_impressions"], desk.derived(), **SLACK)
    assert (reading["state"], reading["value"]) == ("not_reported", None)
    verdicts = {"blogs": ("measurable", ""), "silent": ("not_measurable", "field.missing")}
    (part,) = ask(KPIS["applause_rate"], desk.derived(), verdicts=verdicts, **SLACK)
    assert (part["value"], part["reason"]) == (4, "without silent (field.missing)")
    (none,) = ask(KPIS["applause_rate"], desk.derived(), verdicts={"silent": verdicts["silent"]}, **SLACK)
    assert (none["state"], none["value"]) == ("not_measurable", None)


def test_04_a_real_zero_stays_zero(desk, ask):
    desk.file(posts=[ours("a", 1)], post_counts=[counts("a", likes=0, comments=0, impressions=50)])
    (likes,) = ask(KPIS["applause_rate"], desk.derived(), **SLACK)
    (rate,) = ask(KPIS["er_by_impressions"], desk.derived(), **SLACK)
    assert [(one["state"], one["value"]) for one in (likes, rate)] == [("value", 0), ("value", 0)]


def test_05_a_retired_number_takes_no_other_along(desk, ask):
    """March's file has impressions and likes; April's no impressions any more."""
    desk.file(posts=[ours("a", 1)], post_counts=[counts("a", likes=4, impressions=80)])
    april = {"created_at": datetime(2024, 4, 2, tzinfo=UTC)}
    desk.file(posts=[ours("b", 2) | april], post_counts=[counts("b", likes=6)])
    likes = ask(KPIS["applause_rate"], desk.derived(), grain="month", **SLACK)
    assert [one["value"] for one in likes] == [4, 6]
    rates = ask(KPIS["er_by_impressions"], desk.derived(), grain="month", **SLACK)
    assert [(one["state"], one["value"]) for one in rates] == [("value", 0.05), ("not_reported", None)]


def test_06_a_renamed_number_breaks_the_series_and_is_never_filled_in(desk, ask):
    """Impressions until March, views from April on: neither stands for the other, and no change goes across."""
    april = {"created_at": datetime(2024, 4, 2, tzinfo=UTC)}
    desk.file(
        posts=[ours("a", 1), ours("b", 2) | april],
        post_counts=[counts("a", likes=4, impressions=80), counts("b", likes=6, views=90)],
    )
    by_name = {
        name: ask(KPIS[name], desk.derived(), grain="month", **SLACK) for name in ("er_by_impressions", "er_by_views")
    }
    values = {name: [one["value"] for one in found] for name, found in by_name.items()}
    assert values == {"er_by_impressions": [0.05, None], "er_by_views": [None, pytest.approx(6 / 90)]}
    assert [one["change"] for found in by_name.values() for one in found] == [None] * 4


def test_07_a_rate_above_one_is_neither_cut_nor_a_proportion(desk, ask):
    posts = [ours(f"p{n}", n) for n in range(1, 13)]
    desk.file(
        posts=posts, post_counts=[counts(one["post_id"], likes=20 + n, impressions=10) for n, one in enumerate(posts)]
    )
    (reading,) = ask(KPIS["er_by_impressions"], desk.derived())
    assert reading["value"] == sum(20 + n for n in range(12)) / 120
    assert reading["interval_method"] == "jackknife_log"
    assert 1 < reading["low"] < reading["value"] < reading["high"]


def test_08_reach_over_several_posts_is_refused():
    views = {view.name: view for view in CORE_VIEWS}
    sums = (
        "sum(posts.reach, ours)", "sum(captured(posts.reach, likes))", "sum(account_counts.reach)",
        "sum(max(posts.reach), by=post_id)", "sum(mean(posts.reach, ours) + 1, by=account)",
        "sum(last(account_counts.reach), by=account)", "1 / trailing(sum(posts.reach), days=7)",
    )  # fmt: skip
    for formula in sums:
        with pytest.raises(FormulaError, match=r"reach is not summed"):
            parse(formula, views=views)
    for formula in ("ratio(posts, engagements, reach, ours)", "mean(max(posts.reach), by=account)"):
        parse(formula, views=views)


def case(number, asked, answered):
    return {"case_id": f"c{number}", "person": f"p{number}", "opened_at": asked, "first_response_at": answered,
            "precision": "instant"}  # fmt: skip


def test_09_what_was_never_answered_is_censored_in_time_and_counted_in_the_rate(desk, ask):
    """Ten ask at once; six are answered after 1 to 6 hours, four never."""
    desk.file(cases=[case(n, at(4, 9), at(4, 9 + n) if n <= 6 else None) for n in range(1, 11)])
    (rate,) = ask(KPIS["response_rate"], desk.derived(), params={"answer_days": 7}, **SLACK)
    assert (rate["value"], rate["denominator"]) == (0.6, 10)
    (wait,) = ask(KPIS["first_response_time"], desk.derived(), **SLACK)
    assert wait["value"] == 5  # of the six that were answered alone it would be 3.5
    (plain,) = ask(
        "median(hours(cases.opened_at, first_response_at), first_response_at is not None)", desk.derived(), **SLACK
    )
    assert plain["value"] == 3.5


def test_10_programs_colleagues_and_oneself_answer_nothing(desk, ask):
    """Of four questions one is answered by a program, one by who asked, one by nobody, one by another."""
    asked = [said(f"q{n}", "post", f"p{n}", at(n), text="?") for n in range(1, 5)]
    replies = [
        said("r1", "reply", "robot", at(5), up="q1", text="x"),
        said("r2", "reply", "p2", at(5), up="q2", text="x"),
        said("r4", "reply", "p9", at(5), up="q4", text="x"),
    ]
    replies = [reply | {"root_id": reply["in_reply_to"]} for reply in replies]
    desk.file(posts=[*asked, *replies], people=[{"platform_author_id": "robot", "person": "robot", "roles": ["bot"]}])
    (unanswered,) = ask(KPIS["unanswered_thread_rate"], desk.derived(), **SLACK)
    assert (unanswered["numerator"], unanswered["denominator"]) == (3, 4)
    (talks,) = ask(KPIS["conversation_count"], desk.derived(), params={"min_turns": 2})
    assert talks["value"] == 0


def test_10_what_we_answer_ourselves_is_no_comment_of_the_audience(desk, ask):
    posts = [ours("p1", 1), said("c1", "reply", "bob", at(2), up="p1"), said("c2", "reply", "amira", at(3), up="c1")]
    desk.file(posts=posts, post_counts=[counts("p1", comments=2)],
              people=[{"platform_author_id": "amira", "person": "amira", "roles": ["staff"]}])  # fmt: skip
    (reading,) = ask(KPIS["conversation_rate"], desk.derived(), **SLACK)
    assert reading["value"] == 1


def test_11_one_name_on_two_platforms_is_two_people(desk, ask):
    for platform in ("blogs", "forum"):
        person = f"ana-{platform}"
        desk.file(
            platform=platform,
            posts=[said("p", "post", person, at(1), text="x")],
            people=[{"platform_author_id": "1", "person": person, "handle": "ana"}],
        )
    (reading,) = ask("distinct(posts.person)", desk.derived())
    assert reading["value"] == 2


def test_12_below_a_lost_post_the_depth_is_a_lower_bound(desk, ask):
    posts = [
        said("p1", "post", "ana", at(1)),
        said("c2", "reply", "bob", at(2), up="gone"),
        said("c3", "reply", "ana", at(3), up="c2"),
    ]
    desk.file(posts=posts)
    (depth,) = ask(KPIS["conversation_depth"], desk.derived(), **SLACK)
    assert depth["value"] == 2
    (marked,) = ask("share(threads, depth_is_lower_bound)", desk.derived(), **SLACK)
    assert (marked["numerator"], marked["denominator"]) == (1, 1)


def test_13_somebody_who_left_is_staff_until_then(desk, ask):
    """Amira speaks for us in March only: her reply of April is another person's."""
    april = {"created_at": datetime(2024, 4, 3, tzinfo=UTC)}
    posts = [
        said("p1", "post", "amira", at(2)),
        said("p2", "reply", "amira", at(9)),
        said("p3", "reply", "amira", at(1)) | april,
    ]
    desk.file(posts=posts, people=[{"platform_author_id": "1", "person": "amira", "handle": "amira"}])
    spoke = Handle(platform="blogs", handle="amira", person="amira", until=date(2024, 4, 1))
    found = ask(KPIS["reply_share"], desk.derived(Scope(staff=(spoke,))), grain="month", **SLACK)
    assert [(one["numerator"], one["denominator"]) for one in found] == [(1, 2), (None, None)]


def test_13_a_unit_that_a_file_dates_holds_for_that_time_only(desk, ask):
    """Bob, of sales until April, answers Cleo of care in March and in April; in April nobody knows his unit."""
    april = {"created_at": datetime(2024, 4, 3, tzinfo=UTC)}
    people = [
        {
            "platform_author_id": "1",
            "person": "bob",
            "unit": "sales",
            "role_from": date(2024, 1, 1),
            "role_to": date(2024, 4, 1),
        },
        {"platform_author_id": "2", "person": "cleo", "unit": "care"},
    ]
    posts = [
        said("p1", "post", "cleo", at(1)),
        said("r1", "reply", "bob", at(2), up="p1"),
        said("r2", "reply", "bob", at(3), up="p1") | april,
    ]
    desk.file(posts=posts, people=people)
    found = ask(KPIS["cross_unit_reply_share"], desk.derived(), grain="month", **SLACK)
    assert [(one["numerator"], one["denominator"]) for one in found] == [(1, 1), (0, 0)]


@pytest.mark.parametrize(("n", "state"), [(0, "zero_activity"), (1, "too_few"), (9, "too_few"), (10, "value")])
def test_14_below_ten_there_is_no_percentage(desk, ask, n, state):
    desk.file(cases=[case(i, at(4), at(5)) for i in range(n)])
    (reading,) = ask(KPIS["response_rate"], desk.derived(), params={"answer_days": 7})
    assert (reading["state"], reading["value"]) == (state, 1 if state == "value" else None)
    assert (reading["low"], reading["interval_method"]) == (
        (None, "") if n < 10 else (pytest.approx(0.722467, abs=1e-6), "wilson")
    )
    assert (reading["numerator"] or 0, reading["denominator"] or 0) == (n, n)


def test_15_posts_that_are_too_young_leave_a_comparison_and_are_counted(desk, ask):
    """On 1 May all of March's ten posts are old enough, and of April's ten seven: three are two days old."""
    seen = datetime(2024, 5, 1, tzinfo=UTC)
    march = [ours(f"m{n}", 13) for n in range(10)]
    april = [ours(f"a{n}", 1) | {"created_at": seen - timedelta(days=2 if n < 3 else 8)} for n in range(10)]
    desk.file(posts=march + april, observed=seen, post_counts=[
        *(counts(one["post_id"], seen, likes=10) for one in march),
        *(counts(one["post_id"], seen, likes=1 if n < 3 else 20) for n, one in enumerate(april)),
    ])  # fmt: skip
    before, now = ask(KPIS["applause_rate"], desk.derived(), grain="month", as_of=seen, maturity=7)
    assert (before["value"], now["value"]) == (10, (3 * 1 + 7 * 20) / 10)
    assert (now["previous"], now["change"], now["age_basis"]) == (10, 10, "matured")
    assert now["reason"] == "posts.young: 3"


def test_16_office_hours_across_a_change_of_clocks(desk, ask):
    """In Berlin the night to Sunday, 31 March 2024, has 23 hours: Saturday 12:00 to Sunday 12:00 are 4 + 3 hours of work."""
    office = Office(frozenset(range(7)), time(9), time(16))
    desk.file(
        cases=[case(n, datetime(2024, 3, 30, 11, tzinfo=UTC), datetime(2024, 3, 31, 10, tzinfo=UTC)) for n in range(6)]
    )
    clocks = {"zone": "Europe/Berlin", "offices": {"business": office}}
    (worked,) = ask(KPIS["first_response_time_business"], desk.derived(Scope(zone="Europe/Berlin")), **clocks, **SLACK)
    (passed,) = ask(KPIS["first_response_time"], desk.derived(Scope(zone="Europe/Berlin")), **clocks, **SLACK)
    assert (worked["value"], passed["value"]) == (7, 23)


def test_17_channels_without_a_purpose_are_refused(tmp_path):
    (tmp_path / "strategy.toml").write_text('[channels.b]\nplatform = "blogs"\n', encoding="utf-8")
    codes = {finding.code for finding in review(read(tmp_path / "strategy.toml"), build(FakeRegistry()))}
    assert {"SMM-S001", "SMM-S008"} <= codes


def words(name, formula, **more):
    told = {"unit": "count", "version": "1.0.0", "title": name, "question": "Q?", "better": "higher", "level": "output"}
    return Metric(id=f"communicating.{name}", formula=formula, **{**told, **more})


def site(name):
    can = "posts.account_id posts.person posts.created_at posts.kind posts.text posts.in_reply_to post_counts.comments"
    gap = Gap(fact="post_counts.reach", why="Nobody counts people here.", reason="platform.closed")
    return Source(kind="all", platform=name, table="posts", title=name, container="csv", how_to_get="ask", takes="rows",
                  load="a:b", can=tuple(Capability(fact=fact, native=fact) for fact in can.split()), cannot=(gap,))  # fmt: skip


def test_18_a_number_no_channel_counts_cannot_be_measured_and_the_nearest_is_named():
    nearest = (("communicating.conversation_rate", "needs replies, not reach"),)
    metrics = (
        words("er_by_reach", "ratio(posts, engagements, reach, ours)", unit="ratio", nearest=nearest),
        words("conversation_rate", KPIS["conversation_rate"]),
    )
    places = [Platform(id=name, title=name, access="export_only") for name in ("fedi", "sky")]
    known = build(FakeRegistry(metrics=answers("communicating", *metrics),
                               sources=answers("all", *places, site("fedi"), site("sky"))))  # fmt: skip
    channels = tuple(ChannelRef(name=name, platform=name) for name in ("fedi", "sky"))

    def bound(metric):
        asked = QuestionRef(goal="g", ask="Who sees it?", lead=(f"communicating.{metric}",))
        return [(one.status, one.reason) for one in bind((asked,), channels, known, ())]

    assert bound("er_by_reach") == [("not_measurable", "platform.closed")] * 2
    assert known.metrics["communicating.er_by_reach"].nearest == nearest
    assert bound("conversation_rate") == [("measurable", "")] * 2
