"""A formula written down again is the same formula: it parses to the same definition."""

from __future__ import annotations

import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.contracts.formula.written import written

VIEWS = {view.name: view for view in CORE_VIEWS}
FORMULAS = [
    "count(posts)",
    "count(posts, ours and not is_reply)",
    "ratio(posts, captured(likes, comments), impressions, ours)",
    "share(posts, is_reply, of=ours)",
    "sum(posts.likes - posts.comments, ours or theirs and is_reply)",
    "1 - (count(posts, ours) - count(posts, theirs)) / count(posts)",
    "count(posts) / (count(threads) / 2)",
    "wait(posts, created_at, replied_at, theirs and is_question, q=0.9)",
    "quantile(threads.turns, q=0.75)",
    "previous(count(posts)) + trailing(mean(posts.likes), days=28)",
    "count(posts, kind in ('post', 'reply') and text is not None)",
    "count(posts, hours(created_at, replied_at) <= 48 and not (ours or is_reply))",
    "log(max_of(count(posts), 1)) * -2",
    "count(count(posts, ours) >= 3, by=person)",
    "sum(posts.likes, (likes + comments) * 2 > 3)",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_it_parses_to_what_it_was(text: str) -> None:
    formula = parse(text, views=VIEWS)
    again = parse(written(formula.root), views=VIEWS)
    assert again.root == formula.root


def test_numbers_stand_in_the_place_of_what_was_counted() -> None:
    formula = parse("1 - count(posts, ours) / count(posts)", views=VIEWS)
    known = dict(zip(formula.aggregates, ("30", "1,204"), strict=True))
    assert written(formula.root, known) == "1 - 30 / 1,204"
