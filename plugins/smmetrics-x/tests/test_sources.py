import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics_x import smmetrics_facts, smmetrics_sources
from smmetrics_x.legacy import LEGACY_POSTS

SOURCES = [each for each in smmetrics_sources() if hasattr(each, "kind")]
COUNTING = [each for each in SOURCES if each.table in {"posts", "account_counts"} and not each.refuses]
VIEWS = {view.name: view for view in CORE_VIEWS}


@pytest.mark.parametrize("source", COUNTING, ids=lambda source: source.id)
def test_every_fact_a_formula_may_ask_for_is_claimed_or_explained(source):
    known = {each.fact for each in source.can} | {each.fact for each in source.cannot}
    view = VIEWS["posts" if source.table == "posts" else "account_counts"]
    asked = {fact for column in view.columns if column.computed for fact in (*column.needs, *column.any_of)}
    assert asked - known == set()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_every_gap_says_why(source):
    assert all(len(gap.why.split()) >= 3 for gap in source.cannot)


def test_plugin_facts_carry_the_platforms_name():
    assert all(fact.name.startswith("x__") for fact in smmetrics_facts())


def test_every_formula_of_the_platform_says_how_it_is_known():
    stated = [can for source in SOURCES for can in source.can if can.native_formula]

    assert {can.native for can in stated} == {"engagements", "engagement rate"}
    assert all(can.evidence for can in stated)


def test_the_parts_of_the_platforms_engagements_are_columns_of_the_same_file():
    (total,) = [can for can in LEGACY_POSTS.can if can.native == "engagements"]
    columns = {name for column in LEGACY_POSTS.columns for name in column.names}

    assert set(total.native_formula.split(" + ")) <= columns
