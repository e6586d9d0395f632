from __future__ import annotations

import pytest

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Op, Param, Row

ACCEPTED = {
    "ratio(posts, engagements, impressions, ours)": "ratio",
    "ratio(posts, captured(engagements, clicks), impressions, ours)": "ratio",
    "ratio(posts, watch_seconds, views * duration_seconds, ours)": "ratio",
    "ratio(posts, saves, reach, ours)": "ratio",
    "mean_of(posts.engagements / impressions, ours)": "ratio",
    "median(posts.engagements / impressions, ours)": "ratio",
    "mean(posts.engagements, ours and not is_reply)": "count",
    "mean(threads.comments - staff_replies, ours)": "count",
    "mean(captured(posts.shares, quotes), ours and not is_reply)": "count",
    "1000 * mean(posts.likes, ours and not is_reply) / last(account_counts.followers, ours)": "ratio",
    "count(posts, ours and not is_reply) / period_days * 7": "",
    "sum(account_counts.gained - lost, ours)": "count",
    "share(posts, promo, of=ours and not is_reply)": "percent",
    "share(posts, topics in goal_topics, of=ours)": "percent",
    "share(posts, other_mentions > 0 or other_links > 0 or kind in ('share', 'quote'), of=ours)": "percent",
    "share(threads, hours(created_at, first_audience_reply_at) <= answer_days * 24, of=ours and is_question)": "percent",
    "share(cases, hours(opened_at, first_response_at) <= within, of=needs_reply and by_customer)": "percent",
    "2 * share(posts_by_subject, sentiment == 'positive', of=theirs) - 1": "index",
    "100 * (share(ratings, score >= 9, of=kind == 'nps') - share(ratings, score <= 6, of=kind == 'nps'))": "index",
    "wait(threads, created_at, replied_at, theirs)": "duration",
    "wait(cases, opened_at, first_response_at, needs_reply and by_customer, q=0.9)": "duration",
    "wait(cases, opened_at, first_response_at, clock='business')": "duration",
    "mean(hours(cases.opened_at, resolved_at), resolved_at is not None, on=resolved_at)": "duration",
    "median(hours(cases.opened_at, period_end), opened_at < period_end and hours(period_end, resolved_at) > 0, on=None)": "duration",
    "quantile(posts.likes, 0.9, ours)": "count",
    "distinct(acts.person, act in qualifying, on=first_at)": "count",
    "count(count(posts, staff and visibility == 'public') >= k, by=person)": "count",
    "count(acts) / 0": "",
    "share(visits, converted, of='advocate' in via_roles)": "percent",
    "sum(effort.minutes) / 60": "duration",
    "sum(effort.minutes, task == 'reply') / 60 / count(posts, ours and is_reply)": "duration",
    "sum(effort.minutes) / sum(plan.minutes)": "ratio",
    "sum(effort.cost) / count(posts, ours and is_reply)": "money",
    "sum(effort.minutes)": "",
    "count(posts, ours or rival) / total(count(posts, ours or rival), over=brand)": "ratio",
    "sum(posts_by_topic.weight, theirs) / total(sum(posts_by_topic.weight, theirs), over=topic)": "ratio",
    "log((sum(posts_by_topic.weight, theirs) + 0.5) / (total(sum(posts_by_topic.weight, theirs), over=topic) + 1)) "
    "- previous(log((sum(posts_by_topic.weight, theirs) + 0.5) / (total(sum(posts_by_topic.weight, theirs), over=topic) + 1)))": "index",
    "trailing(share(max(count(cases, by_customer), by=topic) >= 2, by=person), days=30)": "percent",
    "trailing(mean(count(count(ends, direction == 'out') > 0 and count(ends) >= ties, by=other), where=staff, by=people), days=90)": "count",
    "share(count(count(ends, direction == 'out') > 0, by=other) > 0, of=count(acts, act in qualifying) > 0, by=person)": "percent",
    "share(count(ends) > 0, of=person < other and previous(count(ends)) >= ties, by=(person, other))": "percent",
    "share(count(acts, act == 'share') > 0, where='ambassador' in roles, by=people)": "percent",
    "share(sum(account_counts.posts_published) > 0, where=kind == 'group', by=accounts)": "percent",
    "(distinct(ends.person) * max(distinct(ends.other), by=person) - sum(distinct(ends.other), by=person)) "
    "/ ((distinct(ends.person) - 1) * (distinct(ends.person) - 2))": "ratio",
    "2 * share(max(ends.unit != other_unit), of=person < other, by=(person, other)) - 1": "index",
    "mean(distinct(acts.person), by=day) / distinct(acts.person)": "ratio",
    "gini(count(acts, act in contributing), by=person)": "index",
    "top_share(count(acts), by=person, k=0.01)": "percent",
    "top_count(count(acts), by=person, part=0.5)": "count",
    "median(hours(min(posts_by_story.created_at, theirs), median(posts_by_story.created_at, theirs)), "
    "hours(max(posts_by_story.created_at, theirs), as_of) >= quiet_days * 24, by=story, on=first_at)": "duration",
    "wait(min(posts_by_story.created_at, theirs), min(posts_by_story.answered_at, theirs), by=story, on=first_at)": "duration",
    "count(posts_by_topic, 0 < hours(created_at, fixed_at) <= 2160, on=fixed_at)": "count",
    "distinct(roster_hours.hour, staff) / (period_days * 24)": "",
    "sum(outcomes.amount, kind == 'gift')": "money",
    "count(posts, theirs) / count(posts)": "ratio",
    "count(posts,\n    ours\n    and is_reply)": "count",
}  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), ACCEPTED.items(), ids=lambda value: value[:60])
def test_the_catalogues_ways_of_saying_things_are_read_and_have_a_unit(read, text, unit):
    formula = read(text)
    assert (formula.type, formula.unit) == ("number", unit)


def test_names_are_resolved_to_columns_parameters_and_constants(read):
    formula = read("count(posts, likes >= k and created_at < period_end)")
    (count,) = formula.aggregates
    assert count.table == "posts"
    left, right = count.where.args
    assert left == Op(">=", (Column("posts", "likes"), Param("k")))
    assert right.args[0] == Column("posts", "created_at")
    assert [parameter.name for parameter in formula.parameters] == ["k"]
    assert formula.tables == {"posts"}


def test_a_chain_of_comparisons_is_a_conjunction_of_pairs(read):
    (count,) = read("count(posts, 0 < likes <= 9)").aggregates
    likes = Column("posts", "likes")
    assert count.where == Op("and", (Op("<", (Const(0), likes)), Op("<=", (likes, Const(9)))))


def test_where_may_be_said_by_position_or_by_name(read):
    assert (
        read("count(posts, ours)").root
        == read("count(posts, where=ours)").root
        == read("count(posts, posts.ours)").root
    )


def test_defaults_of_options_stand_in_the_tree(read):
    (wait,) = read("wait(threads, created_at, replied_at)").aggregates
    assert wait.options == (("clock", Const("all")), ("q", Const(0.5)))
    (quantile,) = read("quantile(posts.likes, 0.9)").aggregates
    assert quantile.option("q") == Const(0.9)


def test_on_none_and_a_default_event_time_are_told_apart(read):
    assert read("count(cases)").aggregates[0].on == "default"
    assert read("count(cases, on=None)").aggregates[0].on is None
    dated = read("count(cases, on=resolved_at)")
    assert dated.aggregates[0].on == "resolved_at"
    assert Column("cases", "resolved_at") in dated.columns


def test_a_negative_number_is_a_constant(read):
    assert read("count(posts, score > -3)").aggregates[0].where == Op(">", (Column("posts", "score"), Const(-3)))


def test_a_stock_table_lends_its_columns_to_conditions_on_its_rows(read):
    (share, _) = read("share(count(acts) > 0, where='advocate' in roles, by=people)").aggregates
    assert share.where == Op("in", (Const("advocate"), Column("people", "roles")))
    assert (share.table, share.by) == ("acts", ("people",))


def test_a_pair_lends_both_ends_to_conditions(read):
    share = read("share(count(ends) > 0, of=person < other, by=(person, other))").root
    assert share.of == Op("<", (Column("ends", "person"), Column("ends", "other")))


def test_roles_are_needed_where_staff_is_read_and_not_where_ours_is(read):
    assert read("share(posts, staff, of=ours)").needs_roles
    assert not read("share(posts, is_reply, of=ours)").needs_roles


def test_another_metrics_id_stands_for_its_number(read):
    formula = read("sum(effort.cost) / connecting.conversation_count", metrics={"connecting.conversation_count"})
    assert "connecting.conversation_count" in formula.not_computed[0]


def test_captured_keeps_its_parts(read):
    (mean,) = read("mean(captured(posts.shares, quotes))").aggregates
    assert mean.args == (Row("captured", (Column("posts", "shares"), Column("posts", "quotes"))),)


def test_aggregates_are_listed_once_each(read):
    formula = read("count(posts, ours) / (count(posts, ours) + count(threads))")
    assert [node.table for node in formula.aggregates] == ["posts", "threads"]
    assert all(isinstance(node, Aggregate) for node in formula.aggregates)
