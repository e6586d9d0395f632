"""Sums of numbers with fractions: the same to the last bit in every order, division and thread, and the right ones."""

from __future__ import annotations

import math
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

import polars as pl
import pytest

from smmetrics.engine import exact

TINY = 2.0**-66


def summed(numbers):
    first, second, third = exact.parts(pl.col("x"))
    whole = pl.DataFrame({"x": numbers}).select(a=first.sum(), b=second.sum(), c=third.sum())
    return whole.select(exact.together(pl.col("a"), pl.col("b"), pl.col("c"))).item()


@pytest.mark.parametrize("size", [1e9, 1e3, 1.0, 1e-3, 1e-6])
def test_a_sum_is_the_right_one_whatever_the_order(size):
    draw = random.Random(size)
    numbers = [draw.uniform(-0.2, 1) * size * 10 ** draw.uniform(-3, 0) for _ in range(5000)]
    right = sum(Fraction(number) for number in numbers)
    found = summed(numbers)
    assert abs(Fraction(found) - right) <= abs(right) * Fraction(2) ** -52 + len(numbers) * Fraction(TINY)
    for _ in range(5):
        draw.shuffle(numbers)
        assert summed(numbers) == found


@pytest.mark.parametrize("numbers", [[0.1] * 10, [1e15, 0.3, -1e15], [2.0**60, 1.0], [], [None, 0.5], [-0.1, 0.1]])
def test_few_numbers_add_up_as_they_should(numbers):
    right = math.fsum(number for number in numbers if number is not None)
    assert summed(pl.Series(numbers, dtype=pl.Float64)) == pytest.approx(right, rel=1e-15, abs=TINY)


def test_what_is_no_number_and_what_is_endless_stays_so():
    assert math.isnan(summed([1.0, math.nan]))
    assert not math.isfinite(summed([1.0, math.inf]))


FORMULAS = (
    "mean(posts.score)", "sum(posts.score)", "mean_of(posts.likes / impressions)", "ratio(posts, watch_seconds, score)",
    "mean(hours(posts.created_at, answered_at), answered_at is not None)", "sum(posts.score) / period_days",
)  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_reading_has_the_same_digits_however_its_rows_come(formula, ask, held, rows):
    """Three thousand rows are enough for threads to differ otherwise. (Intervals add up row by row, in their order.)"""
    draw = random.Random(formula)
    made = [_post(draw, number) for number in range(3000)]
    told = set()
    for _ in range(4):
        draw.shuffle(made)
        tables = held({"posts": rows("posts", made)}, [("m", "a", date(2026, 1, 1), date(2026, 3, 1))])
        (found,) = ask(formula, tables, since=date(2026, 1, 1), until=date(2026, 3, 1))
        weekly = ask(formula, tables, grain="week", since=date(2026, 1, 1), until=date(2026, 3, 1))
        told.add(tuple((each["value"], each["numerator"], each["denominator"]) for each in (found, *weekly)))
    assert len(told) == 1
    assert all(value is not None for value, *_ in told.pop())


def _post(draw, number):
    asked = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(58 * 1440))
    return {
        "platform": "m", "account": "a", "post_id": f"p{number}", "created_at": asked, "created_on": asked.date(),
        "answered_at": asked + timedelta(minutes=draw.randrange(1, 999)), "score": draw.uniform(0, 9), "ours": True,
        "likes": draw.randrange(40), "impressions": draw.randrange(1, 4000), "watch_seconds": draw.uniform(0, 900),
        "scope": "total",
    }  # fmt: skip


LARGE = {
    "a little apart": [10**9 + n % 7 for n in range(300)],
    "past floats": [2**60 + n % 11 for n in range(300)],
    "as large as can be": [random.Random(n).randrange(2**62) for n in range(300)],
    "with fractions": [1e9 + n % 5 / 8 for n in range(300)],
    "below nothing": [-(10**12) + n % 3 for n in range(300)],
}


@pytest.mark.parametrize("name", LARGE)
def test_the_squares_of_large_numbers_lose_no_digit_that_counts(name, ask, held, rows):
    """Held to decimals of sixty digits: squares of these are past what floats can count."""
    numbers = [Decimal(number) for number in LARGE[name]]
    column = "likes" if isinstance(LARGE[name][0], int) else "score"
    made = [{**_post(random.Random(n), n), column: number, "person": f"p{n}"} for n, number in enumerate(LARGE[name])]
    tables = held({"posts": rows("posts", made)}, [("m", "a", date(2026, 1, 1), date(2026, 3, 1))])
    with localcontext(prec=60):
        total = sum(numbers)
        mean = total / len(numbers)
        expected = {
            f"sd(posts.{column})": (sum((one - mean) ** 2 for one in numbers) / (len(numbers) - 1)).sqrt(),
            f"mean(posts.{column})": mean,
        }
        if min(numbers) >= 0:
            expected[f"hhi(sum(posts.{column}), by=person)"] = sum((one / total) ** 2 for one in numbers)
        for formula, right in expected.items():
            (reading,) = ask(formula, tables, since=date(2026, 1, 1), until=date(2026, 3, 1))
            assert abs(Decimal(reading["value"]) / right - 1) < Decimal("1e-12"), formula
