from __future__ import annotations

import pytest

from smmetrics.contracts.formula import FormulaError, nearest, parse_condition
from smmetrics.contracts.formula.nodes import Column

from .conftest import VIEWS

# formula, the piece of it that the error points at, a word of the message or hint
REFUSED = [
    ("sum(posts.reach, ours)", "posts.reach", "different people"),
    ("sum(visits.visits)", "visits.visits", "count(visits)"),
    ("sum(posts.reach + likes)", "posts.reach", "different people"),
    ("sum(account_counts.followers)", "account_counts.followers", "last("),
    ("sum(posts.age_days)", "posts.age_days", "nothing says"),
    ("sum(min_of(posts.toxicity, 1))", "posts.toxicity", "mean(posts.toxicity)"),
    ("sum(max(posts.reach), by=account)", "posts.reach", "each of the account"),
    ("sum(distinct(posts.person), by=day)", "posts.person", "each of the day"),
    ("hhi(max(posts.reach), by=account)", "posts.reach", "each of the account"),
    ("max(last(posts.reach), by=account)", "last(posts.reach)", "by=post_id"),
    ("mean(last(account_counts.reach), by=day)", "last(account_counts.reach)", "by=account"),
    ("1 + (max(posts.reach, ours) + max(posts.reach, theirs))", "max(posts.reach, ours)", "both"),
    ("last(account_counts.reach) + previous(last(account_counts.reach))", "last(account_counts.reach)", "both"),
    ("mean(posts.reach + followers_at_post)", "posts.reach", "both"),
    ("mean(captured(posts.reach, posts.followers_at_post))", "captured", "both"),
    ("count(posts) * mean(posts.reach)", "count(posts)", "nobody can know"),
    ("mean(posts.likes / impressions)", "posts.likes / impressions", "mean_of"),
    ("__import__('os')", "__import__", "no function"),
    ("(lambda: 1)()", "(lambda", "functions of the formula language"),
    ("count(posts, likes.__class__ == 1)", "likes.__class__", "column"),
    ("count(posts, turns > 1)", "turns", "column of threads"),
    ("sum(posts.likes + threads.turns)", "threads.turns", "two"),
    ("[x for x in posts]", "[x", "not part"),
    ("share(likes > 3)", "likes > 3", "names no table"),
    ("count(posts, not likes)", "likes", "condition"),
    ("mean(posts.likes ** 2)", "posts.likes ** 2", "no operator"),
    ("count(posts, '3' < likes)", "likes", "text"),
    ("sum(likes)", "likes", "sum(posts.likes)"),
    ("likes", "likes", "no table"),
    ("posts.likes", "posts.likes", "sum(posts.likes)"),
    ("3 + 4", "3 + 4", "no table"),
    ("count(post)", "post)", "'posts'"),
    ("coutn(posts)", "coutn", "'count'"),
    ("count(posts, our)", "our", "'ours'"),
    ("count(posts, ours, theirs)", "theirs", "too many"),
    ("count(posts, whre=ours)", "ours", "'where'"),
    ("count(posts, threads.ours)", "threads.ours", "call of its own"),
    ("count(posts, count(threads) > 3)", "count(threads)", "by="),
    ("count(count(posts) > 3)", "count(count", "by="),
    ("count(count(posts) > 1, by=persn)", "persn", "'person'"),
    ("count(count(posts) > 1, by=hashtags)", "hashtags", "list"),
    ("count(count(posts) > 1, by=(people, person))", "(people", "stands alone"),
    ("count(count(posts) > 1 and ours, by=person)", "ours", "each person"),
    ("gini(acts.weight, by=person)", "acts.weight", "each entity"),
    ("gini(count(acts))", "gini", "by="),
    ("count(posts, likes == None)", "None", "is None"),
    ("count(posts, likes is 3)", "3", "missing"),
    ("count(posts, kind in 'post')", "'post'", "comma"),
    ("count(posts, kind in ('post', 3))", "('post'", "mixes"),
    ("count(posts, likes in ('a', 'b'))", "('a'", "never"),
    ("count(posts, kind in ())", "()", "empty"),
    ("count(posts, 'a' < kind in ('b',))", "'a'", "alone"),
    ("count(posts, hashtags == hashtags)", "hashtags", "not compared"),
    ("count(posts, ours < theirs)", "ours", "more nor less"),
    ("count(posts, created_at - created_at > 3)", "created_at", "hours(from, to)"),
    ("count(posts, hours(created_at, answered_at) > likes)", "hours", "units"),
    ("count(posts) + wait(threads, created_at, replied_at)", "count(posts)", "units"),
    ("sum(effort.minutes) + wait(threads, created_at, replied_at)", "sum", "units"),
    ("mean(hours(posts.created_at, answered_at))", "hours", "endless"),
    ("count(effort, day < period_start)", "period_start", "day"),
    ("wait(effort, day, day)", "day", "clock"),
    ("count(effort, hours(day, period_end) > 3)", "day", "clock"),
    ("sum(posts.likes, on=likes)", "likes)", "time of posts"),
    ("quantile(posts.likes)", "quantile", "q="),
    ("quantile(posts.likes, 1.2)", "1.2", "between"),
    ("share(posts, ours, theirs)", "theirs", "of="),
    ("share(posts, ours, where=theirs)", "theirs", "of="),
    ("median(posts.text)", "posts.text", "a text"),
    ("distinct(posts.hashtags)", "posts.hashtags", "list"),
    ("sum(posts.is_reply)", "posts.is_reply", "number"),
    ("hours(1, 2)", "1", "time"),
    ("captured()", "captured", "arguments"),
    ("log(count(posts), base=2)", "2", "no keywords"),
    ("total(count(posts), over=goal)", "goal", "never add up"),
    ("total(count(posts), over=moon)", "moon", "no dimension"),
    ("previous(3)", "3", "rows"),
    ("trailing(count(posts), days=0)", "0", "above 0"),
    ("count(*posts)", "*posts", "not part"),
    ("count(posts, **kind)", "**kind", "not part"),
    ("count(posts, x:=3)", "x", "not part"),
    ("f'{1}'", "f'", "not part"),
    ("count(posts, likes > 1e999)", "1e999", "too large"),
    ("count(posts, likes > 10000000000000000)", "10000000000000000", "too large"),
    ("count(posts, likes in (1, 1e999))", "1e999", "list"),
    ("count(posts, likes > 2j)", "2j", "not part"),
    ("count(posts, (1, 2) == 3)", "(1, 2)", "'in'"),
    ("count(posts, +likes > 2)", "+likes", "operator"),
    ("count(posts, created_at.hour > 3)", "created_at", "column"),
    ("count(posts, ours if theirs else bot)", "ours", "not part"),
    ("care.csat", "care.csat", "no metric"),
    ("sum", "sum", "brackets"),
    ("posts", "posts", "count(posts)"),
    ("count(posts, period_days)", "period_days", "condition"),
    ("count('posts')", "'posts'", "names no table"),
    ("count()", "count", "names no table"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "piece", "word"), REFUSED, ids=lambda value: value[:50])
def test_what_cannot_be_meant_is_refused_at_its_place_with_a_reason(read, text, piece, word):
    with pytest.raises(FormulaError) as caught:
        read(text)
    error = caught.value
    assert text[error.position :].startswith(piece)
    assert word in f"{error.message} {error.hint}"
    assert error.exit_code == 2


@pytest.mark.parametrize(
    "text",
    [
        "sum(posts.score)",
        "last(account_counts.reach) - previous(last(account_counts.reach))",
        "last(account_counts.active_people, ours) / last(account_counts.licensed_people, ours)",
        "ratio(posts, engagements, reach, ours)",
        "1.5 * mean(posts.reach)",
        "max(last(account_counts.reach), by=account)",
        "max(last(account_counts.reach), by=accounts)",
        "max(last(posts.reach), by=post_id)",
        "sum(distinct(ends.other), by=person)",
        "max(distinct(posts.person), by=day)",
        "sum(max(account_counts.followers), by=account)",
    ],
)
def test_numbers_of_people_are_compared_divided_and_averaged(read, text):
    assert read(text).type == "number"


@pytest.mark.parametrize(
    "text",
    ["count(posts", "1 +", "count(posts))", ")(", "count(posts, 1or ours)", "'", "a b", "x = 3", "lambda", "\x00"],
)
def test_what_python_cannot_read_is_refused_in_our_words(read, text):
    with pytest.raises(FormulaError, match="cannot be read"):
        read(text)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_formula_is_refused(read, text):
    with pytest.raises(FormulaError, match="empty"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "count(posts, " + " and ".join(["ours"] * 130) + ")",
        "count(posts, " + "not " * 20 + "ours)",
        "-" * 3500 + "1",
        "(" * 300 + "1" + ")" * 300,
        "count(posts) + " * 400 + "1",
    ],
    ids=["wide", "deep", "minus", "brackets", "long"],
)
def test_formulas_beyond_the_limits_are_refused_and_harm_nothing(read, text):
    with pytest.raises(FormulaError) as caught:
        read(text)
    assert 0 <= caught.value.position <= len(text)


def test_the_place_is_counted_in_characters_not_bytes(read):
    text = "count(posts, 'äöü€𝄞' == kind and lkes > 3)"
    with pytest.raises(FormulaError) as caught:
        read(text)
    assert caught.value.position == text.index("lkes")
    assert caught.value.pointer.splitlines()[1] == " " * text.index("lkes") + "^"


def test_the_place_is_found_over_several_lines(read):
    text = "\n  count(posts)\n  + sum(posts.lks)"
    with pytest.raises(FormulaError) as caught:
        read(text)
    assert text[caught.value.position :].startswith("posts.lks")
    assert len(caught.value.pointer.splitlines()) == 2


def test_an_error_names_file_and_character(read):
    with pytest.raises(FormulaError) as caught:
        read("count(post)", where="strategy.toml line 4")
    assert str(caught.value) == "strategy.toml line 4: There is no table 'post' (character 7) Did you mean 'posts'?"


def test_a_name_that_is_column_and_parameter_at_once_is_refused(read):
    from smmetrics.api.metrics import Parameter

    with pytest.raises(FormulaError, match="both a column"):
        read("count(posts, likes > 3)", parameters={"likes": Parameter(name="likes", type="number", default=1)})


def test_an_unknown_lower_case_name_is_a_parameter_only_in_an_ad_hoc_formula(read):
    formula = read("count(posts, likes > few and kind in chosen)", adhoc=True)
    assert formula.assumed == ("few", "chosen")
    assert [note.code for note in formula.notes] == ["parameter.assumed", "parameter.assumed"]
    with pytest.raises(FormulaError, match="no column 'few'"):
        read("count(posts, likes > few)")


def test_an_assumed_parameter_names_the_column_that_may_have_been_meant(read):
    (note,) = read("count(posts, our)", adhoc=True).notes
    assert "Did you mean 'ours'?" in note.message
    assert note.position == len("count(posts, ")


@pytest.mark.parametrize("text", ["count(posts, turns > 1)", "count(posts, Few > 1)", "sum(likes)"])
def test_an_ad_hoc_formula_takes_no_column_of_another_table_and_no_capital_for_a_parameter(read, text):
    with pytest.raises(FormulaError):
        read(text, adhoc=True)


def test_the_nearest_word_is_named_only_if_it_is_near():
    assert nearest("Postz", ["posts", "threads"]) == "posts"
    assert nearest("moon", ["posts", "threads"]) == ""


def test_a_number_of_four_thousand_digits_is_refused_like_any_other(read):
    with pytest.raises(FormulaError, match="too large"):
        read(f"count(posts, likes > {'9' * 3900})")


def test_lone_surrogates_do_no_harm(read):
    assert len(read(r"count(posts, kind == '\ud800')").hash()) == 64
    with pytest.raises(FormulaError):
        read("count(posts, kind == '\ud800')")


def test_a_filter_is_a_condition_on_the_rows_of_one_table():
    condition = parse_condition("kind == 'post' and ours", "posts", views=VIEWS)
    assert condition.args[1] == Column("posts", "ours")
    with pytest.raises(FormulaError, match="needs a condition"):
        parse_condition("likes", "posts", views=VIEWS)
