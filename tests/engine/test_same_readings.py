"""The sample workspaces' readings: the same for any order of imports, from cold and warm kept tables, on any executor."""

from __future__ import annotations

import random
import shutil
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from smmetrics.engine import executing, kept
from smmetrics.workspace import Workspace
from smmetrics_samples.garden import write

ORDERS = [1, pytest.param(9, marks=pytest.mark.slow)]
"""Times six parts: six orders of the garden's files, and a hundred of both samples' in ``make test-all``."""
PARTS = range(6)
FORMULAS = (
    "count(threads, ours)", "mean(threads.turns)", "wait(threads, created_at, first_staff_reply_at, theirs)",
    "share(posts, is_first, of=theirs)", "share(posts, replied_at is not None, of=ours)", "count(acts, other_ours)",
    "count(acts, tenure_days > 3)", "count(ends, direction == 'in')", "count(people)", "sum(posts.likes, ours)",
)  # fmt: skip


def readings(root):
    """Every metric and formula, whole and cut."""
    kept.forget_all()
    workspace = Workspace(root)
    asked = [*sorted(workspace.catalogue.metrics), *FORMULAS]
    frames = [workspace.measure(*asked).frame, workspace.measure(*asked, by=["platform"], grain="quarter").frame]
    return pl.concat(frames, how="diagonal_relaxed")


def exported(root):
    """What goals export, by months: whether a number was another before the newest import is a matter of order."""
    kept.forget_all()
    return Workspace(root).export(grain="month").frame.drop("restated")


def close(one, other):
    """Hold every cell to its twin, numbers to nine digits."""
    assert_frame_equal(one, other, check_exact=False, rel_tol=1e-9, abs_tol=1e-12)


def made(root, strategy, batches, *, warm):
    """A workspace of files taken in one batch after the other; ``warm``: read in between, as people do."""
    root.mkdir()
    shutil.copyfile(strategy, root / "strategy.toml")
    workspace = Workspace(root)
    for number, batch in enumerate(batches):
        if warm and number:
            kept.forget_all()
            Workspace(root).measure(*FORMULAS)
        workspace.import_(*batch)
    return root


@pytest.fixture(scope="module", params=["garden", pytest.param("samples of the plugins", marks=pytest.mark.slow)])
def sample(request, tmp_path_factory):
    """A strategy, files, and the readings of all of them taken in at once."""
    folder = tmp_path_factory.mktemp("sample")
    strategy, *files = write(folder / "files", seed=5, start=date(2026, 2, 1), months=2)
    if request.param != "garden":
        workspace, inbox = Workspace(folder), folder / "inbox"
        inbox.mkdir()
        for each in workspace.installed.samples:
            workspace.registry.use(each.load)(inbox, seed=5, start=date(2026, 2, 1), months=1)
        files = [path for path in inbox.rglob("*") if path.is_file()]
    files = sorted(files)
    assert len(files) > 5
    root = made(folder / "work", strategy, [files], warm=False)
    return strategy, files, readings(root), exported(root)


def shuffled(files, seed):
    """Files in an order of their own, in a few batches, some of them twice."""
    dice = random.Random(seed)
    order = [*files, *dice.sample(files, 2)]
    dice.shuffle(order)
    cuts = sorted(dice.sample(range(1, len(order)), 2))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]


def test_the_readings_are_no_empty_words(sample):
    _, _, expected, _ = sample
    known = expected.filter(pl.col("state") == "value")
    assert known.height > 40
    assert known.filter(pl.col("version") == "own").get_column("metric").n_unique() > 5


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("orders", ORDERS)
def test_any_order_of_imports_gives_the_same_readings(sample, tmp_path, orders, part):
    strategy, files, expected, sent = sample
    for number in range(orders):
        root, batches = tmp_path / f"work{number}", shuffled(files, (orders, part, number).__hash__())
        close(readings(made(root, strategy, batches, warm=(part + number) % 2 == 0)), expected)
        if number == 0 and part % 5 == 0:
            close(exported(root), sent)
        shutil.rmtree(root)


def test_cold_and_warm_tables_and_processes_give_the_same_readings(sample, tmp_path, monkeypatch):
    strategy, files, expected, sent = sample
    root = made(tmp_path / "work", strategy, shuffled(files, 1), warm=True)
    close(readings(root), expected)
    close(readings(root), expected)
    close(exported(root), sent)
    shutil.rmtree(root / "cache")
    monkeypatch.setenv("POLARS_MAX_THREADS", "3")  # in those it starts: this one has begun with as many as it has
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool, executing.on(pool):
        close(readings(root), expected)
    shutil.rmtree(root / "cache")
    close(readings(root), expected)
