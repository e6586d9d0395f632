from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from smmetrics.api import (
    Capability,
    Column,
    Dimension,
    Fact,
    Gap,
    GoalType,
    Metric,
    Parameter,
    Platform,
    Question,
    Sample,
    Source,
    Table,
    UserMistake,
)
from smmetrics.contracts.catalogue import build
from smmetrics.contracts.formula import FormulaError, parse

from .conftest import FakeRegistry, answers


def metric(id_, formula="count(posts, ours)", **more):
    words = {"version": "1.0.0", "title": "T", "question": "Q?", "unit": "count", "better": "none", "level": "output"}
    return Metric(id=id_, formula=formula, **{**words, **more})


def source(platform="garden", kind="posts", **more):
    words = {"table": "posts", "title": "S", "container": "csv", "how_to_get": "ask", "takes": "posts"}
    return Source(kind=kind, platform=platform, load="a:b", **{**words, **more})


def stated(name, formula, **more):
    words = {
        "title": name,
        "better": "higher",
        "caveat": "Mind the gap.",
        "pairing": "",
        "unit": "",
        "parameters": {},
        "line": 7,
    }
    return SimpleNamespace(name=name, formula=formula, **{**words, **more})


def metrics(*records):
    return build(FakeRegistry(metrics=answers("pack", *records)))


def test_an_empty_installation_still_has_the_cores_tables():
    catalogue = build(FakeRegistry())
    assert {"posts", "effort", "post_counts"} <= set(catalogue.tables)
    assert {"posts", "threads", "plan"} <= set(catalogue.views)
    assert catalogue.facts["post_counts.likes"].unit == "count"
    assert (dict(catalogue.metrics), catalogue.faults, catalogue.packs) == ({}, (), frozenset())


def test_everything_plugins_define_is_found_by_its_id():
    catalogue = build(
        FakeRegistry(
            metrics=answers("pack", metric("pack.voices")),
            goal_types=answers(
                "pack",
                GoalType(
                    id="pack.talk", title="Talk", activities=(), questions=(Question(text="?", lead=("pack.voices",)),)
                ),
            ),
            sources=answers(
                "garden", Platform(id="garden", title="Garden", access="live", aliases=("plot",)), source()
            ),
            samples=answers("garden", Sample(name="garden", title="A garden", load="a:b")),
            facts=answers("garden", Dimension(name="bed", title="Bed")),
        )
    )
    compiled = catalogue.metrics["pack.voices"]
    assert (compiled.id, compiled.plugin, compiled.distribution, compiled.version) == (
        "pack.voices",
        "pack",
        "smmetrics-pack",
        "1.0",
    )
    assert compiled.hash == compiled.formula.hash()
    assert list(catalogue.goal_types) == ["pack.talk"]
    assert list(catalogue.sources) == ["garden.posts"]
    assert catalogue.platform("Plot") is catalogue.platforms["garden"] is catalogue.platform("garden")
    assert catalogue.platform("meadow") is None
    assert [sample.name for sample in catalogue.samples] == ["garden"]
    assert list(catalogue.dimensions) == ["bed"]
    assert catalogue.faults == ()
    assert catalogue.packs == {"pack"}


def test_two_distributions_with_one_metric_id_lose_both_and_are_both_named():
    one = answers("pack", metric("pack.voices"), metric("pack.other"), distribution="dist-one")
    two = answers("pack", metric("pack.voices", "count(threads)"), distribution="dist-two")
    catalogue = build(FakeRegistry(metrics=(*one, *two)))
    assert set(catalogue.metrics) == {"pack.other"}
    (fault,) = catalogue.faults
    assert (fault.code, fault.subject) == ("clash", "pack.voices")
    assert "dist-one" in fault.message
    assert "dist-two" in fault.message


def test_a_metric_defined_twice_by_one_distribution_is_not_used():
    catalogue = metrics(metric("pack.voices"), metric("pack.voices", "count(threads)"))
    assert dict(catalogue.metrics) == {}
    assert "twice" in catalogue.faults[0].message


def test_a_plugin_cannot_take_or_switch_off_a_metric_of_another():
    rightful = answers("communicating", metric("communicating.reply_share", "count(threads)"))
    taker = answers("garden", metric("communicating.reply_share"), metric("garden.voices"))
    goals = answers("garden", GoalType(id="communicating.talk", title="T", activities=(), questions=()))
    catalogue = build(FakeRegistry(metrics=(*rightful, *taker), goal_types=goals))
    assert {id_: each.plugin for id_, each in catalogue.metrics.items()} == {
        "communicating.reply_share": "communicating",
        "garden.voices": "garden",
    }
    assert dict(catalogue.goal_types) == {}
    assert [(fault.code, fault.plugin, fault.subject) for fault in catalogue.faults] == [
        ("id.foreign", "garden", "communicating.reply_share"),
        ("id.foreign", "garden", "communicating.talk"),
    ]
    assert catalogue.faults[0].message.startswith("Plugin garden (smmetrics-garden): the metric communicating.reply_")


@pytest.mark.parametrize("hook", ["sources", "goal_types", "samples", "facts"])
def test_records_of_other_kinds_clash_the_same_way(hook):
    record = {
        "sources": Platform(id="garden", title="Garden", access="live"),
        "goal_types": GoalType(id="pack.talk", title="T", activities=(), questions=()),
        "samples": Sample(name="garden", title="G", load="a:b"),
        "facts": Dimension(name="bed", title="Bed"),
    }[hook]
    both = (*answers("pack", record, distribution="dist-one"), *answers("pack", record, distribution="dist-two"))
    (fault,) = build(FakeRegistry(**{hook: both})).faults
    assert "dist-one" in fault.message
    assert "dist-two" in fault.message


def test_a_formula_that_does_not_read_harms_no_other_metric():
    catalogue = metrics(metric("pack.bad", "count(postz)"), metric("pack.good"))
    assert set(catalogue.metrics) == {"pack.good"}
    (fault,) = catalogue.faults
    assert "pack.bad" in fault.message
    assert "smmetrics-pack" in fault.message
    assert "character 7" in fault.message
    assert fault.hint == "Did you mean 'posts'?"
    assert catalogue.defined == {"pack.bad", "pack.good"}


def test_a_unit_the_formula_cannot_have_is_a_fault():
    catalogue = metrics(metric("pack.time", "sum(effort.minutes)", unit="duration"))
    (fault,) = catalogue.faults
    assert fault.code == "metric.unit"
    assert "minutes" in fault.message
    assert "hours" in fault.message
    assert dict(catalogue.metrics) == {}


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("sum(posts.reach, ours)", "reach is not summed"),
        ("sum(account_counts.followers)", "followers is not summed"),
        ("1 + trailing(sum(posts.reach), days=7)", "reach is not summed"),
        ("sum(max(posts.reach), by=account)", "reach is not summed"),
        ("sum(garden_beds.visitors)", "visitors is not summed"),
        ("sum(posts.likes) / sum(posts.impressions)", "not paired"),
        ("mean(posts.likes / impressions)", "mean of quotients"),
    ],
)
def test_a_plugins_metric_of_a_sum_that_must_not_be_is_a_fault(formula, why):
    beds = Table(
        name="garden_beds",
        title="Beds",
        one_row_is="a bed",
        key=("bed",),
        columns=(
            Fact(table="garden_beds", name="bed"),
            Fact(table="garden_beds", name="visitors", type="int", additivity="non_additive"),
        ),
    )
    registry = FakeRegistry(metrics=answers("garden", metric("garden.sum", formula)), tables=answers("garden", beds))
    catalogue = build(registry)
    assert dict(catalogue.metrics) == {}
    (fault,) = catalogue.faults
    assert why in fault.message


def test_a_condition_is_no_metric():
    (fault,) = metrics(metric("pack.yes", "count(posts) > 3")).faults
    assert "a condition" in fault.message


def test_a_metric_may_refer_to_another_that_stands_later():
    catalogue = metrics(metric("pack.a", "count(posts) / pack.b"), metric("pack.b"))
    assert set(catalogue.metrics) == {"pack.a", "pack.b"}


def test_references_within_a_pack_must_resolve():
    catalogue = metrics(metric("pack.voices", guards=("pack.voicez",)), metric("pack.near"))
    (fault,) = catalogue.faults
    assert (fault.code, fault.hint) == ("reference.unknown", "Did you mean 'pack.voices'?")
    assert "'pack.voicez'" in fault.message
    assert catalogue.metrics["pack.voices"].guards == ()


def test_references_to_a_pack_that_is_not_installed_are_left_out_with_a_note():
    near = (("care.csat", "asks people"), ("pack.near", "counts"))
    catalogue = metrics(metric("pack.voices", guards=("care.csat", "pack.near"), nearest=near), metric("pack.near"))
    voices = catalogue.metrics["pack.voices"]
    assert catalogue.faults == ()
    assert voices.guards == ("pack.near",)
    assert voices.nearest == (("pack.near", "counts"),)
    assert voices.notes == ("care.csat is left out: its pack is not installed",)


def test_a_reference_to_a_faulty_metric_is_no_second_fault():
    catalogue = metrics(metric("pack.voices", guards=("pack.bad",)), metric("pack.bad", "count("))
    assert [fault.subject for fault in catalogue.faults] == ["pack.bad"]


def test_a_goal_type_that_names_no_metric_of_its_pack_is_a_fault():
    kind = GoalType(
        id="pack.talk",
        title="T",
        activities=(),
        questions=(Question(text="?", lead=("pack.nothing",), guard=("care.csat",)),),
    )
    catalogue = build(FakeRegistry(metrics=answers("pack", metric("pack.voices")), goal_types=answers("pack", kind)))
    (fault,) = catalogue.faults
    assert fault.subject == "pack.talk"
    assert "'pack.nothing'" in fault.message
    assert list(catalogue.goal_types) == ["pack.talk"]


def test_a_pack_with_a_tables_name_is_a_fault():
    (fault,) = build(FakeRegistry(metrics=answers("posts", metric("posts.voices")))).faults
    assert fault.code == "pack.name"


def test_a_plugins_fact_becomes_a_column_of_its_table_and_of_every_view_over_it():
    fact = Fact(table="post_counts", name="garden__waterings", type="int", unit="count", additivity="additive")
    catalogue = build(FakeRegistry(facts=answers("garden", fact)))
    assert catalogue.facts["post_counts.garden__waterings"] == fact
    assert fact in catalogue.tables["post_counts"].columns
    for view in ("posts", "threads", "posts_by_topic"):
        assert catalogue.views[view].column("garden__waterings").needs == ("post_counts.garden__waterings",)
    assert catalogue.views["account_counts"].column("garden__waterings") is None
    assert parse("sum(threads.garden__waterings)", views=catalogue.views).unit == "count"


def test_a_fact_of_an_account_joins_that_view_alone():
    fact = Fact(table="account_counts", name="garden__beds", type="int", additivity="semi_additive")
    catalogue = build(FakeRegistry(facts=answers("garden", fact)))
    assert catalogue.views["account_counts"].column("garden__beds").additivity == "semi_additive"
    assert catalogue.views["posts"].column("garden__beds") is None


@pytest.mark.parametrize(
    ("fact", "word"),
    [
        (Fact(table="posts", name="waterings"), "garden__waterings"),
        (Fact(table="posts", name="other__waterings"), "garden__"),
        (Fact(table="beds", name="garden__waterings"), "no table 'beds'"),
    ],
)
def test_a_fact_with_a_foreign_name_or_table_is_left_out(fact, word):
    catalogue = build(FakeRegistry(facts=answers("garden", fact)))
    (reported,) = catalogue.faults
    assert word in f"{reported.message} {reported.hint}"
    assert fact.id not in catalogue.facts


def test_a_plugins_table_is_stored_and_may_not_replace_the_cores():
    beds = Table(
        name="garden_beds",
        title="Beds",
        one_row_is="a bed",
        key=("bed",),
        columns=(Fact(table="garden_beds", name="bed"),),
    )
    posts = replace(beds, name="posts")
    catalogue = build(FakeRegistry(tables=answers("garden", beds, posts)))
    assert catalogue.tables["garden_beds"] is beds
    assert catalogue.tables["posts"] is not posts
    assert "the core keeps it" in catalogue.faults[0].message


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"can": (Capability(fact="post_counts.lykes", native="Likes"),)}, "'post_counts.lykes'"),
        (
            {
                "can": (Capability(fact="post_counts.likes", native="Likes"),),
                "cannot": (Gap(fact="post_counts.likes", why="no"),),
            },
            "both",
        ),
    ],
)
def test_a_source_that_claims_what_cannot_be_is_a_fault(more, word):
    platform = Platform(id="garden", title="Garden", access="live")
    (fault,) = build(FakeRegistry(sources=answers("garden", platform, source(**more)))).faults
    assert fault.subject == "garden.posts"
    assert word in fault.message


@pytest.mark.parametrize(
    ("fact", "parse", "hint"),
    [
        ("posts.created_at", "text", "instant %Y"),
        ("posts.created_at", "date %d.%m.%Y", "instant %Y"),
        ("posts.created_on", "instant %Y", "date %Y"),
        ("posts.text", "int", "'text'"),
        ("post_counts.likes", "text", "'int'"),
    ],
)
def test_a_column_whose_words_cannot_make_its_fact_is_a_fault_before_any_file_is_read(fact, parse, hint):
    platform = Platform(id="garden", title="Garden", access="live")
    made = replace(source(), load="", columns=(Column(names=("A",), fact=fact, parse=parse),))
    made = replace(made, can=(Capability(fact=fact, native="A"),))
    (fault,) = build(FakeRegistry(sources=answers("garden", platform, made))).faults
    assert f"reads {fact} with parse={parse!r}" in fault.message
    assert hint in fault.hint


@pytest.mark.parametrize(
    ("constant", "said"),
    [
        (("posts.platform", 7), "'posts.platform' = 7, which is no text"),
        (("platform", "meadow"), "'platform' = 'meadow', and belongs to 'garden'"),
        (("post_counts.likes", "many"), "post_counts.likes is of the type 'int'"),
        (("created_on", "2026-11-03"), "posts.created_on is of the type 'date'"),
        (("scope", "unpaid"), "'scope' = 'unpaid', which is no scope"),
    ],
)
def test_a_constant_that_fills_nothing_is_a_fault_before_any_file_is_read(constant, said):
    platform = Platform(id="garden", title="Garden", access="live")
    column = Column(names=("A",), fact="post_counts.likes", parse="int")
    well = (("kind", "post"), ("platform", "garden"))
    made = replace(source(), load="", columns=(column,), constants=(*well, constant))
    (fault,) = build(FakeRegistry(sources=answers("garden", platform, made))).faults
    assert said in fault.message
    assert fault.hint


def test_a_source_of_a_platform_nobody_defines_is_a_fault():
    (fault,) = build(FakeRegistry(sources=answers("garden", source()))).faults
    assert "'garden'" in fault.message


def test_an_own_metric_has_no_pack_and_keeps_its_words():
    own = build(FakeRegistry()).own_metric(
        "kind_words",
        title="Kind words per reply",
        formula="count(posts, theirs and sentiment == 'positive') / count(posts, ours and is_reply)",
        better="higher",
        unit="posts per reply",
        pairing="different posts",
    )
    assert (own.id, own.unit, own.metric.noun) == ("kind_words", "ratio", "posts per reply")
    assert (own.plugin, own.distribution, own.metric.maturity) == ("", "", 0.0)


def test_an_own_metric_whose_unit_cannot_be_is_refused():
    with pytest.raises(FormulaError, match="unit 'money'"):
        build(FakeRegistry()).own_metric("own", title="t", formula="count(posts)", unit="money")


def test_parameters_of_an_own_metric_are_records_or_bare_defaults():
    catalogue = build(FakeRegistry())
    formula = "count(posts, likes > few and kind in chosen and campaign == one)"
    bare = catalogue.own_metric("own", title="t", formula=formula, parameters={"few": 3, "chosen": ["a"], "one": "x"})
    assert [(p.name, p.type, p.default) for p in bare.formula.parameters] == [
        ("few", "number", 3),
        ("chosen", "texts", ("a",)),
        ("one", "text", "x"),
    ]
    said = catalogue.own_metric(
        "own",
        title="t",
        formula="count(posts, likes > few)",
        parameters=[Parameter(name="few", type="number", default=3)],
    )
    assert said.formula.parameters[0].default == 3


def test_an_ad_hoc_formula_takes_unknown_names_for_parameters():
    catalogue = build(FakeRegistry())
    assert catalogue.own_metric("f", title="f", formula="count(posts, likes > few)", adhoc=True).formula.assumed == (
        "few",
    )
    with pytest.raises(FormulaError):
        catalogue.own_metric("f", title="f", formula="count(posts, likes > few)")


def test_a_parameter_with_an_impossible_name_is_the_users_mistake():
    with pytest.raises(UserMistake, match="no name of a parameter"):
        build(FakeRegistry()).own_metric("own", title="t", formula="count(posts)", parameters={"Few!": 3})


def test_with_own_adds_good_metrics_and_reports_bad_ones_without_changing_the_first_catalogue():
    first = metrics(metric("pack.voices"))
    second = first.with_own([stated("good", "count(posts, ours)"), stated("bad", "count(postz)")])
    assert second.metrics["good"].metric.caveat == "Mind the gap."
    assert set(second.metrics) == {"pack.voices", "good"}
    assert set(first.metrics) == {"pack.voices"}
    (fault,) = second.faults
    assert fault.subject == "bad"
    assert "strategy.toml line 7" in fault.message
    assert first.faults == ()


def test_the_hash_does_not_change_with_words_but_with_the_formula():
    one, two, three = (
        metrics(metric("pack.a", formula, title=title)).metrics["pack.a"].hash
        for formula, title in (("count(posts, ours)", "A"), ("count( posts, ours )", "B"), ("count(posts)", "A"))
    )
    assert one == two
    assert one != three
