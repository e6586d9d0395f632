"""Periods are compared at one age of posts: the whole way from stored observations, against loops over the same rows."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, measure
from tests.derive.conftest import Desk, said

MATURITY = 7
SEEN = datetime(2024, 5, 1, tzinfo=UTC)
MONDAY = datetime(2024, 3, 4, tzinfo=UTC)
WEEKS = 4


def counted(post, seen, likes, impressions=None):
    return {"post_id": post, "scope": "total", "window": "lifetime", "observed_at": seen, "likes": likes,
            "impressions": impressions, "account_id": "b"}  # fmt: skip


def world(root, posts, observations):
    """Our posts (id to the time they were made) and what was seen of each: (id, time, likes, impressions)."""
    desk = Desk(root)
    rows = [said(post, "post", None, made, account_id="b", text="x") for post, made in posts.items()]
    span = {"account_id": "b", "grain": "event", "start": MONDAY.date(), "end": (MONDAY + timedelta(weeks=WEEKS)).date(),
            "facts": "posts, post_counts", "complete": True}  # fmt: skip
    desk.file(posts=rows, accounts=[{"account_id": "b", "kind": "ours"}], spans=[span])
    desk.file(post_counts=[counted(*row) for row in observations])
    return desk.derived()


def readings(tables, text, *, as_of=SEEN, alone=False, **more):
    request = Request(
        metric="m", formula=parse(text, views=tables.views, pairing="a test"), maturity=MATURITY, min_units=0,
        min_denominator=0, **more,
    )  # fmt: skip
    window = Window(as_of=as_of, grain="week", since=MONDAY.date(), until=(MONDAY + timedelta(weeks=WEEKS)).date())
    return measure([request], tables, window, alone=alone).to_dicts()


def by_hand(posts, observations, number):
    """For each week: the newest number; and for each pair of weeks its basis, both numbers and the posts left out."""
    seen = {post: sorted((when, row) for p, when, *row in observations if p == post) for post in posts}
    weeks = [[p for p, made in posts.items() if MONDAY + timedelta(weeks=w) <= made < MONDAY + timedelta(weeks=w + 1)]
             for w in range(WEEKS)]  # fmt: skip

    def age(post, when):
        return (when - posts[post]) / timedelta(days=1)

    def newest(week):
        return [seen[p][-1][1] for p in week if seen[p]]

    def matured(week):
        return [seen[p][-1][1] for p in week if seen[p] and age(p, seen[p][-1][0]) >= MATURITY]

    def equal(week):
        found = []
        for p in week:
            rows = [row for when, row in seen[p] if MATURITY <= age(p, when) <= MATURITY + max(1, MATURITY / 4)]
            found += rows[:1]
        return found

    told = []
    for then, now in zip([None, *weeks], weeks, strict=False):
        if then is None:
            told.append((number(newest(now)), "", None, None, 0))
            continue
        pair = (then, now)
        basis, taken = "matured", [matured(week) for week in pair]
        if all(matured(week) and Fraction(len(equal(week)), len(matured(week))) >= Fraction(4, 5) for week in pair):
            basis, taken = "equal", [equal(week) for week in pair]
        if any(number(rows) is None for rows in taken):
            told.append((number(newest(now)), "", None, None, 0))
            continue
        left = sum(len(newest(week)) for week in pair) - sum(len(rows) for rows in taken)
        told.append((number(newest(now)), basis, number(taken[0]), number(taken[1]) - number(taken[0]), left))
    return told


def mean_likes(rows):
    return Fraction(sum(likes for likes, _ in rows), len(rows)) if rows else None


def per_impression(rows):
    below = sum(shown for _, shown in rows)
    return Fraction(sum(likes for likes, _ in rows), below) if below else None


def drawn(seed, snapshots):
    """Random posts of four weeks; ``snapshots`` draws the ages in days at which each was seen."""
    draw = random.Random(seed)
    posts = {f"p{n}": MONDAY + timedelta(minutes=draw.randrange(WEEKS * 7 * 24 * 60)) for n in range(60)}
    rows = []
    for post, made in posts.items():
        ages = sorted(set(snapshots(draw)))
        likes, shown = 0, draw.randint(50, 90)
        for each in ages:
            likes, shown = likes + draw.randint(0, 9), shown + draw.randint(1, 40)
            rows.append((post, made + timedelta(days=each), likes, shown))
    return posts, rows


def daily(draw):
    return [day + draw.random() * 0.5 for day in range(1, 12)]


def now_and_then(draw):
    return [draw.uniform(0.5, 25) for _ in range(draw.randint(0, 4))]


def mostly_at_a_week(draw):
    return [2.0, *([draw.uniform(7, 8.7)] if draw.random() < 0.85 else []), *([15.0] if draw.random() < 0.9 else [])]


@pytest.fixture(
    scope="module",
    params=[(how, seed) for how in (daily, now_and_then, mostly_at_a_week) for seed in (1, 2, 3)],
    ids=lambda each: f"{each[0].__name__}-{each[1]}",
)
def counted_again(request, tmp_path_factory):
    """How posts are seen again, posts, what was seen of each, and the tables of them: made once for all formulas."""
    snapshots, seed = request.param
    posts, rows = drawn(seed, snapshots)
    return snapshots, posts, rows, world(tmp_path_factory.mktemp("ages") / "work", posts, rows)


@pytest.mark.parametrize(
    ("text", "number"),
    [("mean(posts.likes, ours)", mean_likes), ("ratio(posts, likes, impressions, ours)", per_impression)],
)
def test_both_sides_of_a_comparison_are_of_one_age_and_younger_posts_leave(counted_again, text, number):
    snapshots, posts, rows, tables = counted_again
    found = readings(tables, text)
    expected = by_hand(posts, rows, number)
    assert len(found) == WEEKS
    for reading, (value, basis, previous, change, left) in zip(found, expected, strict=True):
        assert reading["value"] == pytest.approx(float(value), rel=1e-9)
        assert reading["age_basis"] == basis
        assert reading["previous"] == (None if previous is None else pytest.approx(float(previous), rel=1e-9))
        assert reading["change"] == (None if change is None else pytest.approx(float(change), rel=1e-9, abs=1e-12))
        assert reading["reason"] == (f"posts.young: {left}" if left else "")
    if snapshots is daily:
        assert {reading["age_basis"] for reading in found[1:]} == {"equal"}


def test_a_count_that_still_grows_does_not_seem_to_fall(tmp_path):
    """Every post gets ten likes in its first week and ten more in its second; the export was made on one day."""
    posts = {f"p{day}": MONDAY + timedelta(days=day, hours=1) for day in range(28)}
    made = MONDAY + timedelta(weeks=4)
    rows = [(post, made, 10 if made - at < timedelta(days=7) else 20, 100) for post, at in posts.items()]
    tables = world(tmp_path, posts, rows)
    found = readings(tables, "mean(posts.likes, ours)", as_of=made)
    assert [r["value"] for r in found] == [20, 20, 20, 10]
    assert [(r["previous"], r["change"], r["age_basis"]) for r in found[1:]] == [
        (20, 0, "matured"), (20, 0, "matured"), (None, None, ""),
    ]  # fmt: skip
    total = readings(tables, "sum(posts.likes, ours)", as_of=made)
    assert [r["change"] for r in total] == [None, 0, 0, None]


def test_readings_that_stand_alone_have_the_same_values_and_are_compared_with_nothing(tmp_path):
    made = {f"p{n}": MONDAY + timedelta(days=n) for n in range(7 * WEEKS)}
    tables = world(tmp_path, made, [(post, when + timedelta(days=20), 3, 10) for post, when in made.items()])
    beside, alone = (readings(tables, "mean(posts.likes)", alone=each) for each in (False, True))
    said = ("previous", "change", "change_low", "change_high")
    assert [row["previous"] for row in beside] == [None, *[3.0] * (WEEKS - 1)]
    assert [{**row, **dict.fromkeys(said), "age_basis": "", "reason": ""} for row in beside] == alone


def test_a_sum_from_which_a_young_post_is_missing_is_not_compared(tmp_path):
    posts = {f"p{day}": MONDAY + timedelta(days=day, hours=1) for day in range(14)}
    rows = [(post, at + timedelta(days=20), 5, 100) for post, at in posts.items() if post != "p3"]
    rows.append(("p3", posts["p3"] + timedelta(days=2), 1, 40))
    tables = world(tmp_path, posts, rows)
    assert [r["change"] for r in readings(tables, "sum(posts.likes, ours)")[:2]] == [None, None]
    mean = readings(tables, "mean(posts.likes, ours)")[1]
    assert (mean["previous"], mean["change"], mean["reason"]) == (5, 0, "posts.young: 1")


def test_a_metric_that_counts_at_maturity_leaves_young_posts_out_of_the_number_itself(tmp_path):
    posts = {f"p{day}": MONDAY + timedelta(days=day, hours=1) for day in range(28)}
    made = MONDAY + timedelta(days=24)
    rows = [(post, made, day, 100) for day, (post, at) in enumerate(posts.items()) if at < made]
    tables = world(tmp_path, posts, rows)
    found = readings(tables, "mean(posts.likes, ours)", as_of=made, counts_at="maturity")
    assert [r["value"] for r in found[:3]] == [3, 10, pytest.approx(sum(range(14, 17)) / 3)]
    assert (found[3]["state"], found[3]["value"], found[3]["reason"]) == ("immature", None, "posts.young: 3")
    newest = readings(tables, "mean(posts.likes, ours)", as_of=made)
    assert newest[3]["value"] == pytest.approx((21 + 22 + 23) / 3)


def test_without_counts_the_age_is_that_of_the_day_of_the_reading(tmp_path):
    """Eight of ten questions are answered within two days; the newest had no time to be."""
    posts = {f"p{n}": MONDAY + timedelta(days=n % 14, hours=n) for n in range(20)}
    desk = Desk(tmp_path)
    rows = [said(post, "post", None, at, account_id="b", text="What?") for post, at in posts.items()]
    for n, (post, at) in enumerate(posts.items()):
        if n % 5:
            reply = said(f"r{n}", "reply", "bob", at + timedelta(days=2), text="That.", up=post)
            rows.append({**reply, "root_id": post})
    span = {"account_id": "b", "grain": "event", "start": MONDAY.date(), "end": date(2024, 4, 1), "facts": "posts",
            "complete": True}  # fmt: skip
    desk.file(posts=rows, accounts=[{"account_id": "b", "kind": "ours"}], spans=[span])
    tables = desk.derived()
    as_of = MONDAY + timedelta(days=18)
    text = "share(posts, hours(created_at, replied_at) <= 168, of=ours)"
    now = readings(tables, text, as_of=as_of)[1]
    old = [p for p, at in posts.items() if at + timedelta(days=7) <= as_of]
    second = [p for p in old if posts[p] >= MONDAY + timedelta(days=7)]
    answered = [p for p in second if int(p[1:]) % 5]
    assert now["age_basis"] == "matured"
    assert now["previous"] + now["change"] == pytest.approx(len(answered) / len(second))
    assert now["reason"] == f"posts.young: {len(posts) - len(old)}"
