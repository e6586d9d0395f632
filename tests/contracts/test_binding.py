from __future__ import annotations

import pytest

from smmetrics.api import Capability, ChannelRef, Gap, Metric, Platform, QuestionRef, Source
from smmetrics.contracts.binding import Limits, bind, bind_sources, feed
from smmetrics.contracts.catalogue import build

from .conftest import FakeRegistry, answers

KIND = Capability(fact="posts.kind", native="text", partly="basis.text", meaning="read from the text")


def metric(name, formula, unit="count", **more):
    words = {"version": "1.0.0", "title": "T", "question": "Q?", "better": "none", "level": "output"}
    return Metric(id=f"pack.{name}", formula=formula, unit=unit, **{**words, **more})


def source(id_, table, facts="", *, can=(), cannot=(), covers=()):
    platform, _, kind = id_.partition(".")
    return Source(
        kind=kind,
        platform=platform,
        table=table,
        title=f"File {kind}",
        container="csv",
        how_to_get="ask",
        takes="rows",
        load="a:b",
        covers=covers,
        can=(*(Capability(fact=fact, native=fact) for fact in facts.split()), *can),
        cannot=cannot,
    )


SOURCES = (
    source(
        "bird.posts",
        "posts",
        "posts.account_id posts.created_at posts.text post_counts.likes post_counts.shares post_counts.impressions",
        can=(KIND,),
        cannot=(
            Gap(fact="post_counts.reach", why="Bird counts no people.", reason="platform.closed", would_do="Impressions."),
            Gap(fact="post_counts.saves", why="Bookmarks are not in it."),
            Gap(fact="posts.person", why="Only your own posts.", reason="access.own_only"),
        ),
    ),
    source("bird.days", "account_counts", "account_counts.likes account_counts.followers", cannot=(
        Gap(fact="posts.kind", why="A file by day holds no posts.", reason="grain.too_coarse", would_do="The file by post."),
    )),
    source(
        "blog.all",
        "posts",
        "posts.account_id posts.person posts.created_at posts.kind posts.text posts.in_reply_to post_counts.comments",
    ),
    source("desk.effort", "effort", "effort.person effort.day effort.task effort.minutes effort.cost"),
)  # fmt: skip
METRICS = (
    metric("cadence", "count(posts, ours)"),
    metric("engagement", "ratio(posts, engagements, impressions, ours)", "ratio"),
    metric("reply_share", "share(posts, is_reply, of=ours)", "percent"),
    metric("amplification", "mean(captured(posts.shares, quotes), ours)"),
    metric("save_rate", "ratio(posts, saves, reach, ours)", "percent"),
    metric("promo_share", "share(posts, promo, of=ours)", "percent"),
    metric("settled", "count(threads, resolved_at is not None)"),
    metric("voices", "distinct(posts.person, theirs)"),
    metric("staff_share", "share(posts, staff, of=ours)", "percent", needs_roles=True),
    metric("follow_up", "share(threads, first_followup_at is not None, of=ours)", "percent"),
    metric("per_1k", "1000 * mean(posts.likes, ours) / last(account_counts.followers, ours)", "ratio"),
    metric("hours", "sum(effort.minutes) / 60", "duration"),
    metric("per_reply", "sum(effort.minutes) / 60 / count(posts, ours and is_reply)", "duration"),
    metric("plan", "sum(plan.minutes) / 60", "duration"),
    metric("planned", "sum(effort.minutes) / sum(plan.minutes)", "ratio"),
    metric("bad", "count("),
)
PLATFORMS = tuple(Platform(id=name, title=name.title(), access="export_only") for name in ("bird", "blog", "desk"))
CATALOGUE = build(FakeRegistry(metrics=answers("pack", *METRICS), sources=answers("all", *PLATFORMS, *SOURCES)))


def cell(name, channel="bird", imported=()):
    id_ = name if "." in name else f"pack.{name}"
    question = QuestionRef(goal="g", ask="Well?", lead=(id_,))
    (found,) = bind((question,), (ChannelRef(name="here", platform=channel),), CATALOGUE, imported)
    return found


def said(found):
    return found.status, found.reason


def test_the_test_sources_are_sound():
    assert [fault.subject for fault in CATALOGUE.faults] == ["pack.bad"]


def test_a_metric_is_measurable_where_one_source_reports_all_it_reads():
    found = cell("engagement")
    assert said(found) == ("measurable", "")
    assert (found.goal, found.question, found.metric, found.role) == ("g", "Well?", "pack.engagement", "lead")
    assert (found.channel, found.platform, found.source) == ("here", "bird", "bird.posts")


def test_a_capability_that_is_partly_meant_makes_the_metric_partly_measurable():
    found = cell("reply_share")
    assert said(found) == ("partly", "basis.text")
    assert found.note == "is_reply: read from the text"
    assert said(cell("reply_share", "blog")) == ("measurable", "")


@pytest.mark.parametrize("how", ["rounded", "estimated", "sampled"])
def test_a_number_that_is_not_exact_is_partly_measurable_and_says_so(how):
    likes = Capability(fact="post_counts.likes", native="hearts", exactness=how, meaning="to three figures")
    files = (source("bird.posts", "posts", "posts.account_id posts.created_at", can=(likes,)),)
    registry = FakeRegistry(metrics=answers("pack", metric("a", "sum(posts.likes)")), sources=answers("all", *files))
    catalogue = build(registry)
    verdict = feed(catalogue.metrics["pack.a"].formula, files, catalogue)
    assert (verdict.status, verdict.reason, verdict.note) == ("partly", f"number.{how}", "likes: to three figures")


def test_a_gap_gives_its_own_reason_words_and_way_out():
    found = cell("save_rate")
    assert found.status == "not_measurable"
    assert found.reason in {"platform.closed", "field.missing"}
    assert found.note in {"reach: Bird counts no people.", "saves: Bookmarks are not in it."}


def test_a_fact_nobody_speaks_of_is_missing():
    assert said(cell("engagement", "blog")) == ("not_measurable", "field.missing")


def test_a_label_of_a_weak_labeller_is_partly_measurable_and_says_whose_it_is():
    found = cell("promo_share")
    assert said(found) == ("partly", "labels.weak")
    assert found.note.startswith("promo: by the labeller offers, version 1")
    assert said(cell("promo_share", "desk")) == ("not_measurable", "field.missing")


def test_a_column_no_release_fills_is_said_to_be_so():
    assert said(cell("settled")) == ("not_measurable", "table.not_computed")


def test_a_role_without_authors_is_partly_known_and_an_author_is_not():
    assert said(cell("staff_share")) == ("partly", "roles.unknown")
    assert said(cell("voices")) == ("not_measurable", "access.own_only")


def test_a_captured_sum_goes_on_without_the_parts_nobody_reports_and_says_so():
    found = cell("amplification")
    assert said(found) == ("partly", "field.missing")
    assert "quotes" in found.note
    assert said(cell("amplification", "blog")) == ("not_measurable", "field.missing")


def test_conversations_need_replies_to_be_linked():
    assert said(cell("follow_up", "blog")) == ("measurable", "")
    assert cell("follow_up", "bird").status == "not_measurable"


def test_two_tables_may_come_from_two_sources_of_one_platform():
    found = cell("per_1k")
    assert said(found) == ("measurable", "")
    assert set(found.source.split(" + ")) == {"bird.posts", "bird.days"}


def test_time_people_gave_serves_every_channel():
    for channel in ("bird", "blog", "desk"):
        found = cell("hours", channel)
        assert (found.status, found.source) == ("measurable", "desk.effort")
    assert said(cell("per_reply", "blog")) == ("measurable", "")
    assert said(cell("per_reply", "bird")) == ("partly", "basis.text")
    assert said(cell("per_reply", "desk")) == ("not_measurable", "field.missing")


def test_the_strategys_own_hours_need_no_source():
    assert said(cell("plan")) == ("measurable", "")
    assert cell("plan").source == ""
    assert cell("planned").source == "desk.effort"


def test_a_pack_that_is_not_installed_leaves_the_metric_unknown_and_is_named():
    found = cell("care.csat")
    assert said(found) == ("unknown", "plugin.missing")
    assert found.note == "the pack care is not installed"


@pytest.mark.parametrize(("name", "word"), [("pack.nothing", "has no metric"), ("pack.bad", "at fault")])
def test_a_metric_that_an_installed_pack_lacks_or_spoils_is_unknown_too(name, word):
    found = cell(name)
    assert said(found) == ("unknown", "plugin.missing")
    assert word in found.note


def test_a_platform_without_plugin_is_unknown_and_others_that_would_do_are_named():
    found = cell("engagement", "meadow")
    assert said(found) == ("unknown", "plugin.missing")
    assert found.note == "no plugin for meadow is installed"
    assert found.would_do == ("bird.posts",)


def test_what_came_in_is_told_from_what_would_do():
    nothing = cell("per_1k")
    assert (nothing.have, set(nothing.would_do)) == ("", {"bird.posts", "bird.days"})
    half = cell("per_1k", imported={"bird.posts"})
    assert (half.have, half.would_do) == ("", ("bird.days",))
    whole = cell("per_1k", imported={"bird.posts", "bird.days"})
    assert (set(whole.have.split(", ")), whole.would_do) == ({"bird.posts", "bird.days"}, ())


def test_where_a_channel_cannot_answer_the_sources_that_could_are_named():
    found = cell("follow_up", "bird")
    assert found.would_do[0] == "blog.all"


def test_a_file_of_the_wrong_kind_says_why_it_does_not_do():
    formula = CATALOGUE.metrics["pack.cadence"].formula
    verdict = feed(formula, [CATALOGUE.sources["bird.days"]], CATALOGUE)
    assert (verdict.status, verdict.reason) == ("not_measurable", "grain.too_coarse")
    assert verdict.would_do == ("The file by post.",)


def test_sources_together_feed_what_none_feeds_alone():
    formula = CATALOGUE.metrics["pack.per_reply"].formula
    blog, desk = CATALOGUE.sources["blog.all"], CATALOGUE.sources["desk.effort"]
    assert feed(formula, [blog], CATALOGUE).status == "not_measurable"
    assert feed(formula, [desk], CATALOGUE).status == "not_measurable"
    verdict = feed(formula, [blog, desk], CATALOGUE)
    assert (verdict.status, set(verdict.sources)) == ("measurable", {"blog.all", "desk.effort"})
    assert feed(formula, [], CATALOGUE).status == "not_measurable"


def test_one_table_is_never_put_together_from_two_sources():
    halves = [
        source("bird.one", "posts", "posts.account_id post_counts.likes"),
        source("bird.two", "posts", "posts.account_id post_counts.impressions"),
    ]
    formula = (
        build(FakeRegistry(metrics=answers("pack", metric("e", "ratio(posts, likes, impressions, ours)", "ratio"))))
        .metrics["pack.e"]
        .formula
    )
    assert feed(formula, halves, CATALOGUE).status == "not_measurable"


def test_only_channels_that_serve_a_goal_are_bound_and_guards_come_after_leads():
    question = QuestionRef(goal="g", ask="?", lead=("pack.cadence",), guard=("pack.hours", "pack.cadence"))
    channels = (
        ChannelRef(name="a", platform="bird", serves=("g",)),
        ChannelRef(name="b", platform="bird", serves=("other",)),
        ChannelRef(name="c", platform="blog"),
    )
    cells = bind((question,), channels, CATALOGUE)
    assert [(each.metric, each.role, each.channel) for each in cells] == [
        ("pack.cadence", "lead", "a"),
        ("pack.cadence", "lead", "c"),
        ("pack.hours", "guard", "a"),
        ("pack.hours", "guard", "c"),
    ]


def test_only_what_came_in_is_looked_at_where_that_is_asked():
    question = QuestionRef(goal="g", ask="Well?", lead=("pack.cadence",))
    channels = (ChannelRef(name="here", platform="bird"),)
    (nothing,) = bind((question,), channels, CATALOGUE, (), Limits(files=True))
    assert (nothing.status, nothing.note) == ("not_measurable", "no file of this channel came in yet")
    assert nothing.would_do == ("bird.posts",)
    (wrong,) = bind((question,), channels, CATALOGUE, {"bird.days"}, Limits(files=True))
    assert (wrong.status, wrong.reason, wrong.came_in) == ("not_measurable", "grain.too_coarse", ("bird.days",))
    (right,) = bind((question,), channels, CATALOGUE, {"bird.posts"}, Limits(files=True))
    assert (right.status, right.have) == ("measurable", "bird.posts")


def test_every_source_of_a_channel_can_be_judged_by_itself():
    question = QuestionRef(goal="g", ask="Well?", lead=("pack.cadence", "pack.hours", "care.csat"))
    cells = bind_sources((question,), (ChannelRef(name="here", platform="bird"),), CATALOGUE, {"bird.posts"})
    assert [(each.metric, each.source, each.status, each.have) for each in cells] == [
        ("pack.cadence", "bird.posts", "measurable", "bird.posts"),
        ("pack.cadence", "bird.days", "not_measurable", ""),
        ("pack.hours", "desk.effort", "measurable", ""),
        ("care.csat", "", "unknown", ""),
    ]


def test_what_the_plan_alone_answers_says_that_it_needs_no_file():
    assert cell("plan").note == "read from your strategy: no file is needed"
