"""How often intervals hold the truth, by simulation, whole readings of many cells at once: every method that is used.

Nominal is 95 %. Allowed is what the statistics page allows: 93 to 98 % from twenty units up, 90 to 98 below; where a
method is exact by its making (order statistics) it may cover more.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from scipy import stats

from smmetrics.engine.intervals import quantile_ranks, wilson
from tests.engine.test_intervals import limits

FIRST, SECOND, LAST = (date(2026, month, 1) for month in (1, 2, 3))
START = datetime(2026, 1, 1, tzinfo=UTC)


def held_share(low, high, truth):
    """How many of the intervals hold the truth; one without an upper end goes on for ever."""
    low, high = (np.asarray(side, dtype=float) for side in (low, high))
    return float(np.mean((low <= truth) & (np.isnan(high) | (truth <= high))))


@pytest.mark.parametrize("n", [10, 20, 50, 200])
def test_true_proportions_by_counting_every_outcome(n):
    """No simulation: the chance of each number of answers, for rates from one in twenty to nineteen."""
    low, high = wilson(np.arange(n + 1), np.full(n + 1, n))
    rates = np.linspace(0.05, 0.95, 181)
    held = [stats.binom.pmf(np.arange(n + 1), n, rate)[(low <= rate) & (rate <= high)].sum() for rate in rates]
    assert 0.94 <= np.mean(held) <= 0.97
    assert min(held) >= 0.83


@pytest.mark.parametrize(("n", "q"), [(20, 0.5), (100, 0.5), (60, 0.9)])
@pytest.mark.parametrize("kind", ["smooth", "counts"])
def test_medians_and_quantiles(n, q, kind):
    rng = np.random.default_rng([n, int(q * 10)])
    made = rng.lognormal(2, 1, (4_000, n)) if kind == "smooth" else rng.geometric(0.15, (4_000, n)).astype(float)
    truth = np.exp(2 + stats.norm.ppf(q)) if kind == "smooth" else stats.geom.ppf(q, 0.15)
    made.sort(axis=1)
    low, high = (int(rank[0]) for rank in quantile_ranks([n], q))
    held = held_share(made[:, low - 1], made[:, high - 1], truth)
    assert held >= 0.94
    assert held <= (0.99 if kind == "smooth" else 1)  # with ties both ends are often the truth itself


@pytest.fixture
def cells(held, rows, ask):
    """Readings of many cells, each an account with rows of its own; ``columns``: cells by rows."""

    def made(view, formula, columns, at, **more):
        many, each = next(iter(columns.values())).shape
        names = [f"c{number:04}" for number in range(many)]
        flat = {name: list(values.ravel()) for name, values in columns.items()}
        table = rows(view, None, platform=["m"] * (many * each), account=np.repeat(names, each).tolist(), **flat, **at)
        covered = [("m", name, FIRST, LAST) for name in names]
        return ask(formula, held({view: table}, covered), by=("account",), min_units=0, min_denominator=0, **more)

    return made


def bounds(readings, prefix=""):
    told = [(row[f"{prefix}low"], row[f"{prefix}high"]) for row in readings]
    return np.array([(np.nan if low is None else low, np.nan if high is None else high) for low, high in told]).T


@pytest.mark.parametrize(("n", "patience"), [(25, 4.0), (60, 2.0)])
def test_waits_of_which_some_have_not_ended(cells, n, patience):
    """Answers take an hour at the median, log-normal; who has not been answered after a while never is."""
    rng = np.random.default_rng(n)
    took = rng.lognormal(0, 1, (500, n))
    shape = took.shape
    answered = [START + timedelta(hours=float(h)) if h <= patience else None for h in took.ravel()]
    at = {"opened_at": [START] * took.size, "created_on": [FIRST] * took.size, "first_response_at": answered}
    made = cells("cases", "wait(cases, opened_at, first_response_at)", {"staff_replies": np.zeros(shape, int)}, at,
                 as_of=START + timedelta(hours=patience))  # fmt: skip
    assert {row["interval_method"] for row in made} == {"kaplan_meier"}
    held = held_share(*bounds(made), 1.0)
    assert 0.92 <= held <= 0.99


def dated(shape):
    """The first half of each cell's posts are of January, the others of February."""
    half = shape[1] // 2
    days = np.tile(np.r_[np.arange(half) % 28, 31 + np.arange(shape[1] - half) % 28], (shape[0], 1)).ravel()
    moments = [START + timedelta(days=int(day)) for day in days]
    return {"created_at": moments, "created_on": [moment.date() for moment in moments]}


def test_changes_of_proportions(cells):
    rng = np.random.default_rng(11)
    asked = rng.random((600, 80)) < np.r_[np.full(40, 0.3), np.full(40, 0.5)]
    made = cells("posts", "share(posts, is_reply)", {"is_reply": asked}, dated(asked.shape), grain="month")
    found = [row for row in made if row["period_start"] == SECOND]
    assert len(found) == 600
    assert 0.93 <= held_share(*bounds(found, "change_"), 0.2) <= 0.98


def test_changes_of_rates_of_posts(cells):
    rng = np.random.default_rng(12)
    shown = np.exp(rng.normal(6, 0.8, (600, 80))).astype(np.int64) + 1
    rate = np.r_[np.full(40, 0.05), np.full(40, 0.08)]
    likes = rng.binomial(shown, rng.beta(rate * 100, (1 - rate) * 100, shown.shape))
    made = cells("posts", "ratio(posts, likes, impressions)", {"likes": likes, "impressions": shown}, dated(shown.shape), grain="month")  # fmt: skip
    found = [row for row in made if row["period_start"] == SECOND]
    assert {row["interval_method"] for row in found} == {"jackknife_logit"}
    assert 0.93 <= held_share(*bounds(found, "change_"), 0.03) <= 0.98


SCALES = {
    "delta_log": ("ratio(posts, likes, impressions)", 500, 1.4),
    "jackknife_log": ("ratio(posts, likes, impressions)", 30, 1.4),
    "delta_logit": ("ratio(posts, likes, impressions)", 400, 0.05),
}


@pytest.mark.parametrize("method", SCALES)
def test_rates_on_each_scale(views, method):
    formula, posts, rate = SCALES[method]
    rng = np.random.default_rng(posts)
    shown = np.exp(rng.normal(5, 0.6, (1_000, posts))).astype(np.int64) + 1
    likes = rng.poisson(shown * rng.gamma(20, rate / 20, shown.shape))
    likes = np.minimum(likes, shown) if rate < 1 else likes
    made = limits(formula, views, likes, shown)
    assert set(made["method"]) == {method}
    assert 0.93 <= held_share(made["low"], made["high"], rate) <= 0.98


@pytest.mark.parametrize(("posts", "method"), [(30, "jackknife_plain"), (300, "delta_plain")])
@pytest.mark.parametrize("mean", [0, 2])
def test_differences_that_may_be_negative(views, posts, method, mean):
    rng = np.random.default_rng(posts)
    less = rng.poisson(7 + mean, (2_000, posts)) - rng.poisson(7, (2_000, posts))
    made = limits("mean(posts.likes - shares)", views, less, less)
    assert set(made["method"]) <= {method, "jackknife_log"}  # where by chance none was negative, the log holds
    assert 0.93 <= held_share(made["low"], made["high"], mean) <= 0.98


def test_a_difference_of_just_nothing_has_an_interval(views):
    made = limits("mean(posts.likes - shares)", views, *[np.array([[3, -3, 1, -1, 0, 0, 2, -2]])] * 2)
    assert made["method"].item() == "jackknife_plain"
    assert made["low"].item() == -made["high"].item() < 0


def test_rare_events_whichever_method_their_cell_takes(views):
    """One in a thousand: some cells have none and fall back to Wilson over the effective number; together they hold."""
    rng = np.random.default_rng(17)
    shown = np.exp(rng.normal(5, 0.4, (3_000, 25))).astype(np.int64) + 1
    made = limits("ratio(posts, likes, impressions)", views, rng.binomial(shown, 0.001), shown)
    assert {"wilson_n_eff", "jackknife_logit"} <= set(made["method"])
    assert held_share(made["low"], made["high"], 0.001) >= 0.93


@pytest.mark.slow
@pytest.mark.parametrize("posts", [6, 12, 25, 60, 190])
@pytest.mark.parametrize("shape", [0.3, 1, 5])
def test_means_in_every_cell_of_the_table(posts, shape, views):
    """Counts of posts are skewed: a few bring most."""
    rng = np.random.default_rng([posts, int(10 * shape)])
    likes = rng.negative_binomial(shape, shape / (shape + 20), (3_000, posts))
    made = limits("mean(posts.likes)", views, likes, likes)
    held = held_share(made["low"].fill_null(np.nan), made["high"].fill_null(np.nan), 20)
    assert (0.85 if posts < 20 or shape < 1 else 0.92) <= held <= 0.99


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30, 120])
@pytest.mark.parametrize("q", [0.25, 0.5, 0.75])
@pytest.mark.parametrize("patience", [1.5, 8.0])
def test_waits_in_every_cell_of_the_table(cells, n, q, patience):
    rng = np.random.default_rng([n, int(100 * q)])
    took = rng.exponential(1, (400, n))
    truth = -np.log(1 - q)
    answered = [START + timedelta(hours=float(h)) if h <= patience else None for h in took.ravel()]
    at = {"opened_at": [START] * took.size, "created_on": [FIRST] * took.size, "first_response_at": answered}
    made = cells("cases", f"wait(cases, opened_at, first_response_at, q={q})", {"staff_replies": np.zeros(took.shape, int)}, at,
                 as_of=START + timedelta(hours=patience))  # fmt: skip
    told = [row for row in made if row["low"] is not None]
    assert held_share(*bounds(told), truth) >= (0.85 if n < 20 else 0.91)
