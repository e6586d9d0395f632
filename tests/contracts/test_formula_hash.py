from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.api.metrics import Parameter
from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import FormulaError, parse

VIEWS = {view.name: view for view in CORE_VIEWS}

SAME = [
    ("count(posts, ours and is_reply)", "count( posts,is_reply and ours )"),
    ("count(posts, likes > 3)", "count(posts, 3.0 < likes)"),
    ("count(posts, 0 <= likes < 9)", "count(posts, likes < 9 and 0 <= likes)"),
    ("count(posts, kind in ('a', 'b'))", 'count(posts, kind in ("b", "a"))'),
    ("count(posts, ours)", "count(posts, where=posts.ours)"),
    ("count(posts) + count(threads)", "count(threads) + count(posts)"),
    ("mean(captured(posts.shares, quotes))", "mean(captured(quotes, posts.shares))"),
    ("wait(threads, created_at, replied_at)", "wait(threads, created_at, replied_at, q=0.5, clock='all')"),
    ("count(posts, (ours or bot) or theirs)", "count(posts, theirs or (bot or ours))"),
    ("count(posts, kind == 'a')", "count(posts, 'a' == kind)"),
]
DIFFERENT = [
    ("count(posts, likes > 3)", "count(posts, likes >= 3)"),
    ("count(posts, likes > 3)", "count(posts, likes > 4)"),
    ("count(posts, likes > views)", "count(posts, views > likes)"),
    ("count(posts) - count(threads)", "count(threads) - count(posts)"),
    ("count(posts)", "count(posts, ours)"),
    ("count(posts)", "count(threads)"),
    ("count(cases)", "count(cases, on=resolved_at)"),
    ("count(cases)", "count(cases, on=None)"),
    ("ratio(posts, likes, views)", "ratio(posts, views, likes)"),
    ("share(posts, ours)", "share(posts, ours, of=bot)"),
    ("wait(threads, created_at, replied_at)", "wait(threads, created_at, replied_at, q=0.9)"),
    ("count(posts, kind == '3')", "count(posts, kind == 'three')"),
    ("trailing(count(posts), days=7)", "trailing(count(posts), days=28)"),
    ("count(count(posts) > 1, by=person)", "count(count(posts) > 1, by=platform)"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_definition_in_two_spellings_has_one_hash(read, one, two):
    assert read(one).canonical == read(two).canonical
    assert read(one).hash() == read(two).hash()


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_two_definitions_have_two_hashes(read, one, two):
    assert read(one).hash() != read(two).hash()


def test_the_hash_is_sha256_of_the_expression_its_parameters_and_the_grammar(read):
    expression = "(count posts (:where (< 3 (col posts likes))))"
    formula = read("count(posts, likes > 3)")
    assert formula.canonical == expression
    text = f"(definition {expression} (parameters) (grammar 1))"
    assert formula.hash() == hashlib.sha256(text.encode()).hexdigest()


def test_values_of_parameters_are_part_of_the_definition(read):
    formula = read("count(posts, likes > k)", parameters={"k": Parameter(name="k", type="number", default=3)})
    assert formula.hash() == formula.hash({"k": 3}) == formula.hash({"k": 3.0})
    assert formula.hash() != formula.hash({"k": 4})
    assert formula.hash() != formula.hash({"hours": "shop"})


def test_the_text_three_and_the_number_three_differ(read):
    formula = read("count(posts, likes > 1)")
    assert formula.hash({"k": 3}) != formula.hash({"k": "3"})


CONDITIONS = st.recursive(
    st.sampled_from(["ours", "is_reply", "likes > 3", "kind == 'a'", "views is None", "'x' in hashtags"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"(not {part})"),
    ),
    max_leaves=8,
)


def outcome(text, **more):
    """The formula, or the error that refused the text."""
    try:
        return parse(text, views=VIEWS, **more)
    except FormulaError as error:
        return error


def is_sound(text, found):
    """An error stands inside the text and says something; a formula counts something."""
    if isinstance(found, FormulaError):
        return 0 <= found.position <= len(text) and bool(found.message)
    return bool(found.aggregates) and found.hash() == parse(text, views=VIEWS, adhoc=True).hash()


@given(CONDITIONS, CONDITIONS)
def test_interchanged_conditions_and_extra_spaces_never_change_a_hash(one, two):
    first = outcome(f"count(posts, {one} and {two})")
    second = outcome(f"  count( posts ,\n {two}  and  {one} )")
    if isinstance(first, FormulaError):
        assert first.code == "formula.limit"
    else:
        assert first.hash() == second.hash()
        assert first.root == parse(first.text, views=VIEWS).root


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text):
    assert is_sound(text, outcome(text, adhoc=True))


PIECES = [*"(),.<>+-*/", "=", "==", "and", "or", "not", "in", "'a'", "3", "None", "by"]
WORDS = ["count", "sum", "mean", "share", "hours", "posts", "threads", "likes", "ours", "turns", "person"]


@given(st.lists(st.sampled_from([*PIECES, *WORDS]), max_size=14).map(" ".join))
def test_no_arrangement_of_our_own_words_does_more_than_be_refused(text):
    assert is_sound(text, outcome(text))


CALLS = st.sampled_from(
    ["count(posts, {})", "share(posts, {}, of=ours)", "sum(posts.likes, {})", "max({}, posts.ours)"]
)


@given(CALLS, CONDITIONS)
def test_every_condition_may_stand_in_every_call(call, condition):
    assert is_sound(call.format(condition), outcome(call.format(condition)))
