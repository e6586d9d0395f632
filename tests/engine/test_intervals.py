"""Intervals: the numbers of the statistics page, agreement with scipy, and coverage by simulation."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from scipy import stats

from smmetrics.contracts.formula import parse
from smmetrics.engine import compile as compiling
from smmetrics.engine import rates
from smmetrics.engine.intervals import garwood, quantile_ranks, survival_band, t_quantile, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 10, 0, 0.277533),
        (1, 10, 0.017876, 0.404150),
        (5, 10, 0.236593, 0.763407),
        (10, 10, 0.722467, 1),
        (3, 50, 0.020615, 0.162171),
        (47, 1000, 0.035527, 0.061940),
        (120, 4800, 0.020949, 0.029811),
    ],
)
def test_wilson(k, n, low, high):
    assert wilson(k, n) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@pytest.mark.parametrize(
    ("k", "low", "high"),
    [
        (0, 0, 3.688879),
        (1, 0.025318, 5.571643),
        (5, 1.623486, 11.668332),
        (10, 4.795389, 18.390356),
        (100, 81.363991, 121.626794),
    ],
)
def test_garwood(k, low, high):
    assert garwood(k) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


def test_wilson_agrees_with_scipy():
    rng = random.Random(1)
    for _ in range(200):
        n = rng.randint(1, 10_000)
        k = rng.randint(0, n)
        expected = stats.binomtest(k, n).proportion_ci(method="wilson")
        assert wilson(k, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_t_quantiles_agree_with_scipy():
    degrees = np.array([0.4, 1, 3.7, 20, 500])
    assert t_quantile(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=1e-9)
    assert np.isnan(t_quantile([0.0, -1.0])).all()


@pytest.mark.parametrize("q", [0.1, 0.5, 0.9])
def test_order_statistics_cover_by_the_binomial(q):
    for n in (6, 20, 37, 100, 1_000):
        low, high = quantile_ranks([n], q)
        if np.isnan(low[0]):
            assert n * min(q, 1 - q) < 4
            continue
        inside = stats.binom.cdf(high[0] - 1, n, q) - stats.binom.cdf(low[0] - 1, n, q)
        narrower = stats.binom.cdf(high[0] - 2, n, q) - stats.binom.cdf(low[0] - 1, n, q)
        assert inside >= 0.95
        assert narrower < inside


def test_few_values_have_no_interval_of_their_median():
    assert np.isnan(quantile_ranks([5], 0.5)[0]).all()
    assert quantile_ranks([6], 0.5) == (pytest.approx(1), pytest.approx(6))


def test_survival_band_agrees_with_scipy():
    ended, waiting = [3.0, 5, 8, 13, 21, 34], [4.0, 9, 30]
    found = stats.ecdf(stats.CensoredData(uncensored=ended, right=waiting)).sf
    with pytest.warns(RuntimeWarning, match="undefined"):  # before the first end
        expected = found.confidence_interval(method="log-log")
    ended = ended[:-1]  # after the last end there is no band
    at = np.array([(9, 1), (7, 1), (6, 1), (4, 1), (3, 1)], dtype=float)
    survival = np.cumprod(1 - at[:, 1] / at[:, 0])
    greenwood = np.cumsum(at[:, 1] / (at[:, 0] * (at[:, 0] - at[:, 1])))
    low, high = survival_band(survival, greenwood)
    assert survival == pytest.approx(found.evaluate(ended), rel=1e-9)
    assert low == pytest.approx(expected.low.evaluate(ended), rel=1e-9)
    assert high == pytest.approx(expected.high.evaluate(ended), rel=1e-9)


def limits(text, views, a, b):
    """Intervals of many cells at once, each a row of posts, by the engine's own second pass."""
    aggregate = parse(text, views=views).root
    cells, posts = a.shape
    frame = pl.DataFrame({"k": np.repeat(np.arange(cells), posts), "likes": a.ravel(), "impressions": b.ravel()})
    if "shares" in text:
        frame = frame.with_columns(pl.col("likes") + 5, shares=5)
    a, b = a.astype(float), b.astype(float) if aggregate.name == "ratio" else np.ones(a.shape)
    states = {"a": a, "b": b, "aa": a * a, "bb": b * b, "ab": a * b, "over": a > b, "below": (a < 0) | (b < 0)}
    table = pl.DataFrame({"k": np.arange(cells), "n": np.full(cells, posts)} | {n: s.sum(1) for n, s in states.items()})
    table = rates.effective(table, aggregate)
    few = rates.small(table, aggregate).select("k", pl.col("a", "b", "tight").name.prefix("j."))
    row, variance = rates.left_out(aggregate, compiling.Scope(views), "j.")
    errors = frame.join(few, on="k").select("k", *row).group_by("k").agg(variance)
    return rates.limits(table.join(errors, on="k", how="left"), aggregate, "j.")


CELLS = [("beta 30, 8 posts", 8, 30, 1.0), ("beta 300, 40 posts", 40, 300, 1.0), ("none, 200 posts", 200, None, 0.5)]


@pytest.mark.parametrize(("posts", "dispersion", "spread"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_ratios_of_posts_cover_their_rate(posts, dispersion, spread, views):
    rng, rate = np.random.default_rng(posts), 0.05
    shown = np.exp(rng.normal(6, spread, (2_000, posts))).astype(np.int64) + 1
    own = rate if dispersion is None else rng.beta(rate * dispersion, (1 - rate) * dispersion, shown.shape)
    made = limits("ratio(posts, likes, impressions)", views, rng.binomial(shown, own), shown)
    covered = made.select(((pl.col("low") <= rate) & (rate <= pl.col("high"))).mean()).item()
    assert (0.93 if posts >= 20 else 0.90) <= covered <= 0.98


@pytest.mark.slow
@pytest.mark.parametrize("posts", [5, 10, 20, 50, 100, 200])
@pytest.mark.parametrize("dispersion", [30, 300, None])
def test_ratios_cover_in_every_cell_of_the_table(posts, dispersion, views):
    rng, rate = np.random.default_rng([posts, dispersion or 0]), 0.05
    shown = np.exp(rng.normal(6, 1.0, (3_000, posts))).astype(np.int64) + 1
    own = rate if dispersion is None else rng.beta(rate * dispersion, (1 - rate) * dispersion, shown.shape)
    made = limits("ratio(posts, likes, impressions)", views, rng.binomial(shown, own), shown)
    covered = made.select(((pl.col("low") <= rate) & (rate <= pl.col("high"))).mean()).item()
    small = made["n_eff"].mean() < 20
    assert (0.90 if small else 0.93) <= covered <= 0.98


def test_the_delta_method_covers_where_it_is_used(views):
    rng, rate = np.random.default_rng(7), 0.02
    shown = np.exp(rng.normal(6, 0.7, (1_000, 900))).astype(np.int64) + 1
    likes = rng.binomial(shown, rng.beta(rate * 30, (1 - rate) * 30, shown.shape))
    made = limits("ratio(posts, likes, impressions)", views, likes, shown)
    assert set(made["method"]) == {"delta_logit"}
    covered = made.select(((pl.col("low") <= rate) & (rate <= pl.col("high"))).mean()).item()
    assert 0.93 <= covered <= 0.98


def test_means_of_posts_cover_their_mean(views):
    rng = np.random.default_rng(3)
    likes = rng.negative_binomial(1, 1 / 21, (2_000, 30))
    made = limits("mean(posts.likes)", views, likes, likes)
    covered = made.select(((pl.col("low") <= 20) & (pl.col("high") >= 20)).mean()).item()
    assert 0.93 <= covered <= 0.98


LESS = "mean(posts.likes - shares)"


@pytest.mark.parametrize(("posts", "shape", "mean"), [(30, 1, 20), (40, 0.5, 2), (120, 0.2, 0.7)])
def test_a_difference_that_is_never_negative_covers_on_the_log_scale(posts, shape, mean, views):
    rng = np.random.default_rng(posts)
    more = rng.negative_binomial(shape, shape / (shape + mean), (2_000, posts))
    made = limits(LESS, views, more, more)
    assert set(made["method"]) == {"jackknife_log"}
    assert made["low"].min() > 0
    covered = made.select(((pl.col("low") <= mean) & (pl.col("high") >= mean)).mean()).item()
    assert 0.93 <= covered <= 0.98


def test_a_difference_that_was_negative_once_is_not_bent(views):
    more = np.array([[4, 0, 9, -1, 2, 3, 0, 1]])
    made = limits(LESS, views, more, more)
    assert made["method"].item() == "jackknife_plain"
    mean, error = more.mean(), more.std(ddof=1) / np.sqrt(8)
    reach = stats.t.ppf(0.975, 7) * error
    assert [made["low"].item(), made["high"].item()] == pytest.approx([mean - reach, mean + reach], rel=1e-9)


def test_a_numerator_of_zero_falls_back_to_wilson_and_says_so(views):
    shown = np.array([[100, 200, 300, 400, 500]])
    made = limits("ratio(posts, likes, impressions)", views, shown * 0, shown)
    low, high = wilson(0, made["n_eff"].item())
    assert made.select("low", "high", "method").row(0) == (low, pytest.approx(high), "wilson_n_eff")


def test_a_rate_that_can_pass_one_uses_the_log_scale(views):
    likes, shown = np.array([[30, 5, 9, 12, 40, 8]]), np.array([[20, 10, 30, 20, 50, 40]])
    made = limits("ratio(posts, likes, impressions)", views, likes, shown)
    assert made["method"].item() == "jackknife_log"
    assert 0 < made["low"].item() < likes.sum() / shown.sum() < made["high"].item()


def test_the_jackknife_is_what_leaving_each_post_out_gives(views):
    rng = np.random.default_rng(5)
    shown = rng.integers(50, 500, (1, 12))
    likes = rng.binomial(shown, 0.1)
    made = limits("ratio(posts, likes, impressions)", views, likes, shown)
    a, b = likes[0], shown[0]
    left = [(a.sum() - x) / (b.sum() - y) for x, y in zip(a, b, strict=True)]
    logits = np.log(left) - np.log1p(-np.array(left))
    error = np.sqrt((len(a) - 1) / len(a) * ((logits - logits.mean()) ** 2).sum())
    rate = a.sum() / b.sum()
    reach = stats.t.ppf(0.975, b.sum() ** 2 / (b**2).sum() - 1) * error
    centre = np.log(rate / (1 - rate))
    expected = [1 / (1 + np.exp(-(centre + side * reach))) for side in (-1, 1)]
    assert [made["low"].item(), made["high"].item()] == pytest.approx(expected, rel=1e-9)
