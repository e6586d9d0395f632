"""The numbers of the statistics page beyond intervals: families, mix and rate, two rates, held rates, shifts."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from smmetrics.engine.counted import dispersion, p_of_counts, two_rates
from smmetrics.engine.many import adjusted, p_of_change
from smmetrics.engine.mixing import split
from smmetrics.engine.shifts import LEAST, shifts

FIVE = [0.01, 0.02, 0.03, 0.04, 0.05]


def test_families_of_the_page():
    assert adjusted(FIVE) == pytest.approx([0.05] * 5, abs=1e-12)
    assert adjusted(FIVE, "holm") == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09], abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("method", ["bh", "by"])
def test_false_discovery_agrees_with_scipy_in_any_order(seed, method):
    draw = random.Random(seed)
    p = [draw.random() ** draw.choice([1, 3]) for _ in range(draw.randint(1, 40))]
    assert adjusted(p, method) == pytest.approx(stats.false_discovery_control(p, method=method), rel=1e-12)


def test_holm_is_what_steps_down_by_hand():
    draw = random.Random(9)
    p = [draw.random() for _ in range(12)]
    expected, worst = {}, 0.0
    for step, at in enumerate(sorted(range(12), key=p.__getitem__)):
        worst = max(worst, (12 - step) * p[at])
        expected[at] = min(1.0, worst)
    assert adjusted(p, "holm") == pytest.approx([expected[at] for at in range(12)], rel=1e-12)


@pytest.mark.parametrize("change", [0.3, -0.3])
def test_a_change_whose_interval_ends_at_nothing_has_a_p_of_one_in_twenty(change):
    assert p_of_change(change, min(0, 2 * change), max(0, 2 * change)) == pytest.approx(0.05, rel=1e-9)
    assert p_of_change(change, change - 1, change + 1) == pytest.approx(
        2 * stats.norm.sf(0.3 * 1.959963984540054), rel=1e-9
    )


def test_mix_and_rate_of_the_page():
    found = split({"A": (100, 1000), "B": (180, 9000)}, {"A": (450, 5000), "B": (90, 5000)})
    assert (found.before, found.after) == (pytest.approx(0.028), pytest.approx(0.054))
    assert (found.mix, found.rate) == (pytest.approx(0.0304), pytest.approx(-0.0044))
    assert found.opposed


@pytest.mark.parametrize("seed", range(20))
def test_mix_and_rate_add_up_to_the_change_exactly(seed):
    draw = random.Random(seed)
    sides = [
        {part: (draw.randint(0, 50), draw.randint(1, 90)) for part in "abcde" if draw.random() < 0.8} or {"a": (1, 2)}
        for _ in range(2)
    ]
    found = split(*sides)
    wholes = [Fraction(sum(a for a, _ in side.values()), sum(of for _, of in side.values())) for side in sides]
    assert found.mix + found.rate == pytest.approx(float(wholes[1] - wholes[0]), abs=1e-12)
    same = {part: (3 * of, 5 * of) for part, (_, of) in sides[0].items()}
    assert split(same, {part: (3 * of, 5 * of) for part, (_, of) in sides[1].items()}).rate == pytest.approx(
        0, abs=1e-12
    )


def test_without_anything_below_the_line_there_is_nothing_to_split():
    assert split({"a": (0, 0)}, {"a": (1, 2)}) is None


def test_two_rates_of_the_page():
    found = two_rates((60, 30), (51477.5, 54308.7))
    assert found.p == pytest.approx(0.00067518, abs=1e-8)
    assert (found.low, found.high) == (pytest.approx(1.36596, abs=1e-5), pytest.approx(3.25931, abs=1e-5))
    assert found.ratio == pytest.approx(60 / 51477.5 / (30 / 54308.7))


@pytest.mark.parametrize("seed", range(10))
def test_the_exact_test_agrees_with_scipy(seed):
    draw = random.Random(seed)
    counts, exposures = (draw.randint(0, 60), draw.randint(1, 60)), (draw.uniform(1, 9), draw.uniform(1, 9))
    expected = stats.binomtest(counts[0], sum(counts), exposures[0] / sum(exposures))
    assert two_rates(counts, exposures).p == pytest.approx(expected.pvalue, rel=1e-9)


def test_counts_that_differ_by_more_than_chance_say_less():
    assert dispersion([4, 4, 4, 4]) == 0
    assert dispersion([1, 7]) == pytest.approx(18 / 4)
    assert dispersion([5]) == dispersion([0, 0]) == 1
    calm = p_of_counts((60, 30), (7, 7), [30, 31, 29, 30])
    assert calm == two_rates((60, 30), (7, 7)).p
    assert p_of_counts((60, 30), (7, 7), [10, 60, 5, 45]) > 20 * calm
    assert p_of_counts((31, 28), (31, 28), []) == pytest.approx(1)


@pytest.mark.parametrize("burst", [0.5, 2, 8])
def test_counts_without_a_change_seldom_seem_to_have_one(burst):
    """Weeks of posts that come in bursts, eight of them before: one in twenty has a p of one in twenty."""
    rng = np.random.default_rng(int(10 * burst))
    weeks = rng.negative_binomial(burst * 10, burst / (burst + 4), (1_500, 14))
    p = [p_of_counts((row[-1], row[-2]), (7, 7), [float(each) for each in row[:-1]]) for row in weeks]
    assert np.mean(np.array(p) <= 0.05) <= 0.06


def remembering(rng, n, memory, kind="normal"):
    """A series without any shift that remembers yesterday."""
    noise = {
        "normal": rng.normal,
        "wild": lambda size: rng.standard_t(4, size),
        "skew": lambda size: rng.exponential(1, size),
    }
    told = noise[kind](size=n + 60)
    y = np.zeros(n + 60)
    for i in range(1, n + 60):
        y[i] = memory * y[i - 1] + told[i]
    return y[60:] + 20


def test_series_without_a_shift_have_none_though_they_remember_yesterday():
    rng = np.random.default_rng(5)
    flagged = [bool(shifts(remembering(rng, 52, 0.6))) for _ in range(150)]
    assert np.mean(flagged) <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["normal", "wild", "skew"])
@pytest.mark.parametrize("memory", [0, 0.3, 0.6])
@pytest.mark.parametrize(("n", "times"), [(40, 600), (52, 600), (104, 400), (365, 120)])
def test_at_most_one_year_in_twenty_has_a_false_shift(n, times, memory, kind):
    rng = np.random.default_rng([n, int(memory * 10)])
    flagged = np.mean([bool(shifts(remembering(rng, n, memory, kind))) for _ in range(times)])
    # A simulation of so many series can be off by two of its own standard errors.
    assert flagged <= 0.05 + 2 * (0.05 * 0.95 / times) ** 0.5


def test_a_level_that_changed_is_found_where_it_changed():
    rng = np.random.default_rng(6)
    found = [shifts(remembering(rng, 52, 0.3) + 4 * (np.arange(52) >= 30)) for _ in range(40)]
    there = [one for one in found if one]
    assert len(there) >= 32
    assert np.mean([any(abs(shift.at - 30) <= 2 for shift in one) for one in there]) >= 0.9
    assert all(one[0].after > one[0].before for one in there)


def test_one_wild_week_is_no_new_level():
    y = np.random.default_rng(7).normal(10, 1, 60)
    y[25] = 80
    assert shifts(y) == ()


def test_a_weekly_pattern_is_no_shift_and_needs_eight_weeks():
    rng = np.random.default_rng(8)
    week = np.array([5, 5, 5, 5, 5, 0, 0])
    days = np.resize(week, 140) + rng.normal(0, 1, 140)
    assert shifts(days, daily=True) == ()
    moved = days + 4 * (np.arange(140) >= 70)
    assert [shift.at for shift in shifts(moved, daily=True)] == [pytest.approx(70, abs=2)]
    assert shifts(moved[40:90], daily=True) == ()


def test_too_short_flat_or_broken_series_say_nothing():
    assert shifts([1.0, 9.0] * (LEAST // 2 - 1)) == ()
    assert shifts([3.0] * 60) == ()
    assert shifts([1.0] * 30 + [float("nan")] * 30) == ()
