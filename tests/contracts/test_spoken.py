"""A formula in words: the same sentence every time, a word for every column, no code in it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.spoken import in_words
from smmetrics.words import section

CATALOGUE = Path(__file__).parents[3] / "shared" / "design" / "kpi-formulas.tsv"
INTERACTIONS = "interactions (likes, comments, shares, quotes and saves, as far as reported)"
COLUMNS = [column for view in CORE_VIEWS if view.computed for column in view.columns if column.computed]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("count(posts)", "The number of all posts."),
        ("count(posts, ours and not is_reply)", "The number of our posts that are no replies."),
        ("count(posts, not ours)", "The number of posts that are not ours."),
        ("sum(effort.minutes) / 60", "The sum of the minutes of all time entries, divided by 60."),
        ("mean(posts.likes, ours)", "The likes of our posts, divided by the number of those that report them."),
        ("ratio(posts, engagements, impressions, ours)", f"The {INTERACTIONS} of our posts, divided by their impressions, over those that report both."),
        ("share(posts, is_reply, of=ours)", "Of our posts, the share that are replies."),
        ("share(threads, staff_replies == 0, of=ours and audience_replies > 0)", "Of the conversations we began with one or more replies of others, the share with no replies of our team."),
        ("share(posts, hours(created_at, replied_at) <= 72, of=theirs)", "Of the posts of others, the share that got a reply within 3 days."),
        ("share(threads, hours(created_at, replied_at) > answer_days * 24)", "Of all conversations, the share where it took longer than 3 days (answer_days) from when they began until they first got a reply, or has not come yet."),
        ("share(posts, kind in ('share', 'quote'), of=ours)", "Of our posts, the share whose kind is “share” or “quote”."),
        ("count(posts, text == 'yes' or not (likes > 3))", "The number of posts whose text is “yes” or for which it is not so: “with more than 3 likes”."),
        ("count(posts, 'tulips' in hashtags)", "The number of posts whose hashtags include “tulips”."),
        ("median(posts.likes + shares)", "The middle value of likes plus shares, over those of all posts that report both."),
        ("wait(threads, created_at, replied_at, theirs, q=0.9)", "How long 90 % of the conversations others began take at most from when they began until they first got a reply; what is still open counts as longer than it has waited."),
        ("distinct(acts.person, act == 'reply')", "How many different people there are among the acts whose act is “reply”."),
        ("count(count(posts, ours) >= k, by=person)", "The number of the people for whom the number of our posts is at least 3 (k)."),
        ("last(account_counts.followers, ours)", "The newest followers of each account, added up over the counts reported of our accounts."),
        ("count(posts, ours) / period_days * 7", "The number of our posts, divided by the days of the period that files cover, times 7."),
        ("previous(count(posts))", "The number of all posts, one period earlier."),
        ("count(posts, replied_at is None and created_at < period_end)", "The number of posts that got no reply yet and where they were written before the period ends."),
    ],
)  # fmt: skip
def test_a_formula_is_said_in_words(read, text, said):
    assert in_words(read(text)) == said


@pytest.mark.parametrize(
    "text",
    [
        "sd(posts.likes)", "gini(count(posts), by=person)", "hhi(count(posts), by=person)", "top_share(count(posts), by=person, k=3)",
        "top_count(count(posts), by=person, part=0.5)", "quantile(posts.likes, 0.9)", "min(posts.likes)", "max(posts.likes)",
        "distinct(posts.person, approximate=True)", "count(posts, days(created_at, replied_at) <= 3)",
        "count(posts, business_hours(created_at, replied_at, 'shop') <= 3)", "count(posts, captured(likes, shares) > 3)",
        "count(posts, log(likes) > abs(3))", "count(posts, min_of(likes, shares) < max_of(likes, 3))", "count(posts, has(hashtags, 'soil'))",
        "count(posts, contains(text, 'soil'))", "count(posts, size(links) > 1)", "count(posts, during('spring'))",
        "wait(posts, created_at, replied_at, clock='shop')", "trailing(count(posts), days=28)", "total(count(posts), over=platform)",
        "mean_of(posts.likes / shares)", "last(account_counts.followers)", "mean(distinct(acts.person), by=day)", "count(posts, on=None)",
        "count(posts, on=in_reply_to_at)", "-count(posts)", "count(posts, likes != shares)",
    ],
)  # fmt: skip
def test_every_word_of_the_language_can_be_said(read, text):
    said = in_words(read(text))

    assert said.endswith(".")
    assert "_" not in said


def test_a_value_given_is_said_in_place_of_the_default(read):
    formula = read("share(threads, hours(created_at, replied_at) <= answer_days * 24)")

    assert "within 3 days (answer_days)" in in_words(formula)
    assert "within 2 days (answer_days)" in in_words(formula, {"answer_days": 2.0})


def test_two_spellings_that_mean_different_things_are_said_differently(read):
    assert in_words(read("mean(posts.likes)")) != in_words(read("median(posts.likes)"))
    assert in_words(read("count(posts, likes >= 2)")) != in_words(read("count(posts, likes > 2)"))


def test_a_column_of_a_plugin_is_called_as_it_is_spelled(read):
    from dataclasses import replace

    from smmetrics.api.facts import ViewColumn

    views = {view.name: view for view in CORE_VIEWS}
    moon = ViewColumn(name="moon__full_phases", type="int", unit="count", additivity="additive")
    views["posts"] = replace(views["posts"], columns=(*views["posts"].columns, moon))

    assert "The moon full phases of our posts" in in_words(read("mean(posts.moon__full_phases, ours)", views=views))


def test_every_condition_that_is_a_column_has_words_for_yes_and_no():
    asked = {column.name for column in COLUMNS if column.type == "bool"}

    assert asked - set(section("formulas.so")) == set()
    assert asked - set(section("formulas.so_not")) == set()
    assert asked - set(section("formulas.whether")) == set()


def test_every_time_that_may_not_have_come_has_words_for_both():
    asked = {column.name for column in COLUMNS if column.open}

    assert asked - set(section("formulas.got")) == set()
    assert asked - set(section("formulas.waits")) == set()
    assert asked - set(section("formulas.moment")) == set()


def test_every_table_has_a_name():
    assert {view.name for view in CORE_VIEWS} == set(section("formulas.many"))


@pytest.mark.parametrize("part", ["column", "so", "so_not", "whether", "got", "waits", "different"])
def test_no_word_is_there_for_a_column_that_is_not(part):
    known = {column.name for view in CORE_VIEWS for column in view.columns}

    assert set(section(f"formulas.{part}")) - known == set()


@pytest.mark.skipif(not CATALOGUE.is_file(), reason="the shared catalogue is not on this machine")
def test_every_formula_of_the_catalogue_can_be_said_without_a_word_of_code(read):
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["kind"] == "formula"]

    said = {row["id"]: in_words(read(row["formula_or_calculator"], pairing="meant")) for row in rows}

    assert len(said) == 162
    for name, words in said.items():
        outside = re.sub(r"“[^”]*”|\([a-z_]+\)", "", words)
        assert not re.search(r"_|==|\bNone\b", outside), f"{name}: {words}"
