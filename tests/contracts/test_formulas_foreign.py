"""What people write who know another language is answered in an analyst's words, with what to say here."""

from __future__ import annotations

import re

import pytest

from smmetrics.contracts.formula import FormulaError

COMPILER = re.compile(r"[a-z][A-Z]|literal|token|syntax|unterminated|unmatched|expression|parenthes|Lambda|Ellipsis")
"""Words of programmers."""

FOREIGN = [  # the formula, the piece the mark stands at, a word of what is wrong, a word of what to do
    ("sum(posts.likes) if ours else 0", "sum", "'x if a else b' is not part", "filter"),
    ("lambda x: 1", "lambda", "function of one's own", "metric of your own"),
    ("count(posts, kind in [1, 2])", "[1", "round brackets", "in (1, 2)."),
    ("count(posts, kind in {'reply'})", "{", "round brackets", "in ('reply',)."),
    ("sum(posts.likes) ** 2", "sum", "'**' is no operator", "x * x"),
    ("posts.likes[0]", "posts", "'x[…]'", "dot"),
    ("count(posts, kind == 'reply' && ours)", "&&", "'&&' is no sign", "Say 'and'."),
    ("count(posts, !ours)", "!ours", "'!' is no sign", "Say 'not'."),
    ("count(posts, likes ≥ 3)", "≥", "'≥' is no sign", "Say '>='."),
    ("count(posts, likes <> 3)", "<>", "'<>' is no sign", "Say '!='."),
    ("count(posts, kind == “reply”)", "“", "'“' is no sign", "straight quotation marks"),
    ("count(posts, ours AND theirs)", "AND", "small letters", "Say 'and'."),
    ("count(posts where likes > 3)", "where", "inside the call", "count(posts, likes > 3)"),
    ("count(posts, text like 'a')", "like", "'like' is not part", "contains("),
    ("count(posts; ours)", ";", "';' parts nothing", "commas"),
    ("=count(posts)", "=", "does not begin with '='", "Leave it out"),
    ("count(posts) * 5%", "%", "no percent sign", "0.05"),
    ("count(posts, likes > 1 000)", "1 000", "number", "Write 1000"),
    ("count(posts", "(", "'(' is never closed", "where the call ends"),
    ("count(posts))", ")", "')' too many", "Take it out"),
    ("count(posts, kind == 'reply)", "'reply", "no closing quotation mark", "same mark"),
    ("count(posts, ours and)", ")", "something is missing before ')'", "condition"),
    ("count(posts) +", "", "ends before it is whole", "missing at the end"),
    ("count(posts, ours theirs)", "ours", "two words", "comma"),
    ("count(where=ours, posts)", ")", "no name", "last"),
    ("avg(posts.likes)", "avg", "no function 'avg'", "mean(posts.likes)"),
    ("percent(posts, is_question)", "percent", "no function", "share(posts, is_question"),
    ("growth(count(posts))", "growth", "no function", "previous(x)"),
    ("countd(posts.person)", "countd", "no function", "distinct(posts.person)"),
    ("count(posts, weekday(created_at) == 1)", "weekday", "no function", "--since"),
    ("count(posts, created_on.weekday() > 4)", "created_on", "Only the functions", "--grain"),
    ("sumif(posts.likes, ours)", "sumif", "no function", "sum(posts.likes, is_reply)"),
    ("count(posts, created_at > '2026-06-01')", "'2026", "cannot be compared", "--since"),
    ("count(threads, first_staff_reply_at < 24)", "24", "cannot be compared", "hours(created_at"),
    (
        "median(hours(created_at, answered_at))",
        "hours",
        "names no table",
        "median(hours(posts.created_at, answered_at))",
    ),
    ("distinct(posts.hashtags)", "posts.hashtags", "list of texts", "count(posts, 'x' in hashtags)"),
    ("sum(likes)", "likes", "names no table", "sum(posts.likes)"),
    ("sum(posts.likes) per post", "per", "no part of a formula", "mean(posts.likes, ours)"),
    ("1,5 * count(posts)", "1,5", "list", "Decimals have a point"),
]


@pytest.mark.parametrize(("text", "piece", "wrong", "instead"), FOREIGN, ids=[each[0][:40] for each in FOREIGN])
def test_another_languages_words_are_answered_at_their_place(read, text, piece, wrong, instead):
    with pytest.raises(FormulaError) as caught:
        read(text)
    error = caught.value
    assert text[error.position :].startswith(piece)
    assert wrong in error.message
    assert instead in error.hint
    assert not COMPILER.search(error.message)


def test_signs_inside_a_text_are_no_fault(read):
    assert read("count(posts, 'a && b; “c” != d' == text)").type == "number"
    with pytest.raises(FormulaError) as caught:
        read("count(posts, 'a && b' == text and)")
    assert "missing before ')'" in caught.value.message
