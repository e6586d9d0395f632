"""Any split of the rows into pieces gives what the whole gives, and both what plain loops give."""

from __future__ import annotations

import math
import random
import statistics
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

import polars as pl
import pytest

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
COVERED = [("m", "a1", date(2026, 1, 1), date(2026, 3, 1)), ("n", "b1", date(2026, 1, 1), date(2026, 3, 1))]


def made(rng, size):
    """Posts of two accounts with everything missing now and then."""

    def maybe(value, often=0.15):
        return None if rng.random() < often else value

    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = []
    for number in range(size):
        at = start + timedelta(seconds=rng.randrange(59 * 86_400))
        platform = rng.choice("mn")
        rows.append(
            {
                "platform": platform,
                "post_id": f"p{number}",
                "account": "a1" if platform == "m" else "b1",
                "created_at": at,
                "created_on": at.date(),
                "person": maybe(f"who{rng.randrange(9)}"),
                "ours": maybe(rng.random() < 0.6, 0.05),
                "is_reply": rng.random() < 0.4,
                "promo": maybe(rng.random() < 0.3),
                "kind": rng.choice(("post", "reply", "quote")),
                "likes": maybe(rng.randrange(50)),
                "impressions": maybe(rng.randrange(2_000)),
                "toxicity": maybe(rng.random()),
                "score": number % 7 / 3 if number % 5 else None,
                "answered_at": maybe(at + timedelta(seconds=rng.randrange(-3_600, 400_000)), 0.3),
            }
        )
    return rows


def is_true(value):
    return value is True


def known(rows, name):
    return [row[name] for row in rows if row[name] is not None]


def interpolated(values, q):
    ordered = sorted(values)
    at = (len(ordered) - 1) * q
    low, high = ordered[math.floor(at)], ordered[math.ceil(at)]
    return low + (high - low) * (at - math.floor(at))


def kaplan_meier(rows, q):
    """First time at which no more than 1 - q still wait; negative waits left out."""
    waits = [((row["answered_at"] or AS_OF) - row["created_at"], row["answered_at"] is not None) for row in rows]
    waits = sorted((wait / timedelta(hours=1), ended) for wait, ended in waits if wait >= timedelta(0))
    still, survival = len(waits), 1.0
    for time, group in groupby(waits, key=lambda pair: pair[0]):
        ends = [ended for _, ended in group]
        survival *= 1 - sum(ends) / still
        still -= len(ends)
        if survival <= 1 - q + 1e-12:
            return time
    return None


def division(top, bottom):
    return top / bottom if bottom else None


def pairs(rows):
    both = [(r["likes"], r["impressions"]) for r in rows if None not in (r["likes"], r["impressions"])]
    return sum(a for a, _ in both), sum(b for _, b in both)


def ours(rows):
    return [row for row in rows if is_true(row["ours"])]


def own(rows):
    return [row for row in ours(rows) if not row["is_reply"]]


def quotients(rows):
    values = [(r["likes"], r["impressions"]) for r in rows]
    return [a / b for a, b in values if a is not None and b]


ORACLES = {
    "count(posts)": len,
    "count(posts, ours and not is_reply)": lambda rows: len(own(rows)),
    "count(posts, ours or promo)": lambda rows: sum(is_true(r["ours"]) or is_true(r["promo"]) for r in rows),
    "sum(posts.likes, ours)": lambda rows: sum(known(ours(rows), "likes")),
    "sum(posts.score)": lambda rows: math.fsum(known(rows, "score")),
    "mean(posts.likes, ours and not is_reply)": lambda rows: statistics.fmean(known(own(rows), "likes")),
    "mean_of(posts.likes / impressions)": lambda rows: statistics.fmean(quotients(rows)),
    "ratio(posts, likes, impressions, ours)": lambda rows: division(*pairs(ours(rows))),
    "share(posts, promo, of=ours)": lambda rows: statistics.fmean(known(ours(rows), "promo")),
    "wait(posts, created_at, answered_at, ours)": lambda rows: kaplan_meier(ours(rows), 0.5),
    "wait(posts, created_at, answered_at, q=0.25)": lambda rows: kaplan_meier(rows, 0.25),
    "distinct(posts.person, ours)": lambda rows: len(set(known(ours(rows), "person"))),
    "median(posts.likes)": lambda rows: statistics.median(known(rows, "likes")),
    "quantile(posts.toxicity, ours, q=0.9)": lambda rows: interpolated(known(ours(rows), "toxicity"), 0.9),
    "min(posts.likes, ours)": lambda rows: min(known(ours(rows), "likes")),
    "max(posts.toxicity)": lambda rows: max(known(rows, "toxicity")),
    "max(posts.promo)": lambda rows: float(max(known(rows, "promo"))),
    "count(posts, hours(created_at, answered_at) > 24)": lambda rows: sum(
        row["answered_at"] is None or row["answered_at"] - row["created_at"] > timedelta(hours=24) for row in rows
    ),
    "count(posts, ours) / count(posts, kind in ('reply', 'quote')) + 1": lambda rows: (
        len(ours(rows)) / sum(row["kind"] != "post" for row in rows) + 1
    ),
}


def in_pieces(rng, pieces):
    """A way to run passes over random pieces, some of them empty, and merge what they give."""

    def collect(plans, passes, setting):
        merged = {}
        for number, plan in plans.items():
            whole = plan.rows(setting).collect()
            place = pl.Series([rng.randrange(pieces) for _ in range(whole.height)], dtype=pl.Int64)
            parts = [passes[number].run(whole.filter(place == piece).lazy()) for piece in range(pieces + 1)]
            merged[number] = passes[number].merge(parts)
        return merged

    return collect


@pytest.mark.parametrize("pieces", range(1, 8))
def test_pieces_give_what_the_whole_and_plain_loops_give(pieces, held, rows, request_of, monkeypatch):
    from smmetrics.engine import Window, measure

    rng = random.Random(pieces)
    data = made(rng, 300)
    tables = held({"posts": rows("posts", data)}, COVERED)
    window = Window(as_of=AS_OF, grain="month")
    asked = [request_of(text, min_units=0, min_denominator=0) for text in ORACLES]
    whole = measure(asked, tables, window, ("platform",))
    monkeypatch.setattr("smmetrics.engine.cells.collect", in_pieces(rng, pieces))
    split = measure(asked, tables, window, ("platform",))
    numbers = ["value", "low", "high", "n_eff", "numerator", "denominator", "reported_share"]
    numbers += ["previous", "change", "change_low", "change_high"]
    for name in numbers:
        expected = pytest.approx(whole[name].fill_null(math.nan).to_list(), rel=1e-9, abs=1e-12, nan_ok=True)
        assert split[name].fill_null(math.nan).to_list() == expected, name
    others = [name for name in whole.columns if name not in numbers]
    assert split.select(others).equals(whole.select(others))
    for reading in split.to_dicts():
        month = reading["period_start"].month
        mine = [r for r in data if r["platform"] == reading["platform"] and r["created_at"].month == month]
        assert reading["value"] == pytest.approx(ORACLES[reading["metric"]](mine), rel=1e-9), reading["metric"]


@pytest.mark.parametrize("seed", range(2))
def test_days_keep_their_numbers_in_pieces_too(seed, held, rows, request_of, monkeypatch):
    from smmetrics.engine import Window, measure

    rng = random.Random(seed)
    data = made(rng, 400)
    tables = held({"posts": rows("posts", data)}, COVERED)
    window = Window(as_of=AS_OF, grain="day")
    texts = ("median(posts.likes)", "quantile(posts.toxicity, q=0.9)", "distinct(posts.person, ours)")
    asked = [request_of(text, min_units=0, min_denominator=0) for text in texts]
    whole = measure(asked, tables, window, ("platform",))
    monkeypatch.setattr("smmetrics.engine.cells.collect", in_pieces(rng, 4))
    split = measure(asked, tables, window, ("platform",))
    for name in ("value", "low", "high", "n", "state"):
        assert split[name].to_list() == whole[name].to_list(), name
    checked = 0
    for reading in split.filter(pl.col("state") == "value").to_dicts():
        mine = [
            row
            for row in data
            if (row["platform"], row["created_on"]) == (reading["platform"], reading["period_start"])
        ]
        values = known(mine, "likes") if reading["metric"] == texts[0] else known(mine, "toxicity")
        if reading["metric"] == texts[2]:
            assert reading["value"] == len(set(known(ours(mine), "person")))
        else:
            expected = interpolated(values, 0.5 if reading["metric"] == texts[0] else 0.9)
            assert reading["value"] == pytest.approx(expected, rel=1e-12)
        checked += 1
    assert checked > 100


def test_what_only_counts_other_rows_is_read_apart(held, rows, request_of, monkeypatch):
    from smmetrics.engine import Window, cells, measure

    seen = []
    whole = cells.collect

    def watched(plans, passes, setting):
        seen.extend(sorted(part.where.name if part.where else "" for part in plan.measures) for plan in plans.values())
        return whole(plans, passes, setting)

    monkeypatch.setattr("smmetrics.engine.cells.collect", watched)
    data = made(random.Random(8), 200)
    texts = ("sum(posts.likes, ours)", "count(posts, ours)", "count(posts, promo)", "distinct(posts.person, promo)")
    tables = held({"posts": rows("posts", data)}, COVERED)
    asked = [request_of(text) for text in texts]
    readings = measure(asked, tables, Window(as_of=AS_OF), ())
    assert sorted(seen) == [["ours", "ours"], ["promo", "promo"]]
    promo = [row for row in data if is_true(row["promo"])]
    expected = [sum(known(ours(data), "likes")), len(ours(data)), len(promo), len(set(known(promo, "person")))]
    values = dict(zip(readings["metric"], readings["value"], strict=True))
    assert [values[text] for text in texts] == expected
    unknown = sum(row["promo"] is None for row in data)
    shares = dict(zip(readings["metric"], readings["reported_share"], strict=True))
    assert shares[texts[2]] == pytest.approx(len(promo) / (len(promo) + unknown))


@pytest.mark.parametrize("seed", range(3))
def test_the_newest_of_each_account_is_summed(seed, held, rows, ask, monkeypatch):
    rng = random.Random(seed)
    data = []
    for account, day in ((a, d) for a in ("a1", "a2", "b1") for d in range(59)):
        since = date(2026, 1, 1) + timedelta(days=day)
        followers = None if rng.random() < 0.2 else rng.randrange(10_000)
        data.append(
            {
                "platform": "m",
                "account": account,
                "scope": "total",
                "window": "day",
                "window_start": since,
                "followers": followers,
            }
        )
    rng.shuffle(data)
    tables = held({"account_counts": rows("account_counts", data)}, COVERED)
    newest = {}
    for row in sorted((r for r in data if r["followers"] is not None), key=lambda r: r["window_start"]):
        newest[row["account"]] = row["followers"]
    assert [r["value"] for r in ask("last(account_counts.followers)", tables)] == [sum(newest.values())]
    monkeypatch.setattr("smmetrics.engine.cells.collect", in_pieces(rng, 5))
    assert [r["value"] for r in ask("last(account_counts.followers)", tables)] == [sum(newest.values())]


def test_very_many_numbers_are_kept_in_buckets_and_say_so(held, rows, ask, monkeypatch):
    rng = random.Random(4)
    data = made(rng, 400)
    tables = held({"posts": rows("posts", data)}, COVERED)
    texts = ("quantile(posts.toxicity, q=0.7)", "median(posts.likes)")
    exact = [ask(text, tables)[0] for text in texts]
    monkeypatch.setattr("smmetrics.engine.partials.MOST_VALUES", 100)
    coarse = [ask(text, tables)[0] for text in texts]
    assert [reading["exact"] for reading in exact + coarse] == [True, True, False, True]
    assert coarse[0]["value"] == pytest.approx(exact[0]["value"], rel=0.005)
    assert coarse[1]["value"] == exact[1]["value"]
