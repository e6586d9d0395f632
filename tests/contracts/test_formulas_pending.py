from __future__ import annotations

from dataclasses import replace

import pytest

from smmetrics.api.views import CORE_VIEWS

PENDING = [
    ("count(threads, resolved_at is not None)", "resolved_at", "table.not_computed"),
    ("count(outreach, shared_at is not None)", "shared_at", "table.not_computed"),
    ("share(posts, promo, of=ours)", "promo", "labels.absent"),
    ("share(posts, sentiment == 'positive')", "sentiment", "labels.absent"),
]


@pytest.mark.parametrize(("text", "word", "code"), PENDING)
def test_a_known_word_that_is_not_computed_yet_loads_and_is_said_to_be_so(read, text, word, code):
    formula = read(text)
    assert formula.pending[0].code == code
    assert word in formula.not_computed[0]


@pytest.mark.parametrize(
    "text",
    [
        "count(posts, ours)",
        "wait(threads, created_at, replied_at, theirs, q=0.9, clock='all')",
        "mean(captured(posts.shares, quotes), ours, on=created_at)",
        "last(account_counts.followers, ours) / period_days",
        "median(hours(threads.created_at, replied_at), hours(created_at, as_of) > 24, on=None)",
        "sum(effort.minutes) / sum(plan.minutes)",
        "distinct(acts.person, act in qualifying)",
        "distinct(acts.person, approximate=True)",
        "max(posts.likes) - min(posts.likes)",
        "count(count(posts, staff) >= k, by=person)",
        "trailing(count(posts), days=28)",
        "previous(count(posts))",
        "count(posts) / total(count(posts), over=brand)",
        "sd(posts.likes)",
        "wait(threads, created_at, replied_at, clock='shop')",
        "share(posts, has(hashtags, 'a'))",
        "share(posts, contains(text, 'a'))",
        "mean(size(posts.links))",
        "share(posts, during('spring'))",
        "share(posts, business_hours(created_at, answered_at, 'shop') <= 8)",
        "log(abs(max_of(count(posts), count(threads)))) + 0 * quantile(posts.score, 0.1)",
    ],
)
def test_what_this_release_computes_has_nothing_pending(read, text):
    assert read(text).not_computed == ()


def test_a_table_that_nothing_fills_is_said_to_be_so(read):
    views = {view.name: replace(view, computed=view.name != "credits") for view in CORE_VIEWS}
    formula = read("count(credits)", views=views)
    assert formula.pending[0].code == "table.not_computed"
    assert "table credits" in formula.not_computed[0]


def test_each_thing_is_said_once(read):
    formula = read("share(posts, promo, of=promo) + share(posts, promo)")
    assert len(formula.not_computed) == 1
