"""Whatever a formula may ask of a file is claimed or explained, so that coverage never shrugs."""

from __future__ import annotations

import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics_youtube import smmetrics_facts, smmetrics_sources

SOURCES = [each for each in smmetrics_sources() if hasattr(each, "kind") and not each.refuses]
VIEWS = {view.name: view for view in CORE_VIEWS}


@pytest.mark.parametrize(
    "source", [each for each in SOURCES if each.table in {"posts", "account_counts"}], ids=lambda source: source.id
)
def test_every_fact_a_formula_may_ask_for_is_claimed_or_explained(source):
    known = {each.fact for each in source.can} | {each.fact for each in source.cannot}
    asked = {
        fact for column in VIEWS[source.table].columns if column.computed for fact in (*column.needs, *column.any_of)
    }
    assert asked - known == set()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_every_gap_says_why(source):
    assert all(len(gap.why.split()) >= 3 for gap in source.cannot)


def test_plugin_facts_carry_the_platforms_name():
    assert all(fact.name.startswith("youtube__") for fact in smmetrics_facts())
