from __future__ import annotations

import pytest

from smmetrics.contracts.formula import FormulaError

UNPAIRED = [
    ("sum(posts.likes) / sum(posts.impressions)", "ratio("),
    ("sum(posts.likes) / count(posts)", "mean("),
    ("1000 * sum(posts.likes, ours) / (count(posts, ours) + 1)", "mean("),
    ("sum(effort.minutes, task in ('reply', 'meet')) / sum(effort.minutes)", "ratio("),
    ("log(sum(posts.likes) / count(posts))", "mean("),
]


@pytest.mark.parametrize(("text", "better"), UNPAIRED)
def test_a_quotient_of_unpaired_sums_of_one_table_is_refused_and_a_better_way_named(read, text, better):
    with pytest.raises(FormulaError) as caught:
        read(text)
    assert caught.value.code == "formula.pairing"
    assert better in caught.value.hint


@pytest.mark.parametrize(("text", "_better"), UNPAIRED)
def test_a_metric_that_says_why_may_divide_unpaired_sums(read, text, _better):
    assert read(text, pairing="every entry states both").notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "sum(effort.cost) / count(posts, ours)",
        "sum(posts.likes) / total(sum(posts.likes), over=brand)",
        "sum(posts.likes) / previous(sum(posts.likes))",
        "mean(posts.likes) / mean(posts.comments)",
        "sum(distinct(ends.other), by=person) / count(ends)",
    ],
)
def test_quotients_of_different_things_pass(read, text):
    assert read(text).notes == ()


def test_a_count_by_a_count_of_one_table_is_only_noted(read):
    (note,) = read("count(posts, theirs) / count(posts)").notes
    assert (note.code, note.position) == ("quotient.count", 0)
    assert "share(posts" in note.message


def test_pairs_counted_from_both_ends_are_noted_and_ordered_pairs_are_not(read):
    both = read("share(count(ends, direction == 'in') > 0, of=count(ends) > 0, by=(person, other))")
    once = read("share(count(ends, direction == 'in') > 0, of=person < other and count(ends) > 0, by=(person, other))")
    assert [note.code for note in both.notes] == ["pairs.twice"]
    assert once.notes == ()


def test_a_wait_that_has_ended_may_be_averaged(read):
    assert read("mean(hours(cases.opened_at, resolved_at), resolved_at is not None and satisfied)").unit == "duration"
    with pytest.raises(FormulaError, match="endless"):
        read("mean(hours(cases.opened_at, resolved_at), resolved_at is not None or satisfied)")
