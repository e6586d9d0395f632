"""From an edit in the planner to new findings: 20 goals, 10 channels, all that is installed, without a page."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.dashboard.planner.board import WAIT
from smmetrics.workspace import Workspace
from smmetrics.workspace.planning import planner

if TYPE_CHECKING:
    from collections.abc import Callable

    from smmetrics.dashboard.planner import Planner

GOALS, CHANNELS = 20, 10
EDITS = 40
WARM = 3
AIM = 100


def run() -> None:
    """Print medians and ranges, step by step: typing a word, changing a goal's type, supposing a channel gone."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        (Path(folder) / "strategy.toml").write_text(_plan(workspace), encoding="utf-8")
        start = time.perf_counter()
        plan = planner(workspace)
        print(f"  {'open':34} {1e3 * (time.perf_counter() - start):6.0f} ms, plugins loaded and compiled")
        kinds = sorted(plan._source.kinds)
        _measure("type in the purpose", plan, "purpose", lambda n: _put(plan, "purpose", f"word {n}"))
        _measure("type why a goal matters", plan, "goals", lambda n: _put(plan, "goals/g7/why", f"word {n}"))
        _measure(
            "give a goal another type", plan, "goals", lambda n: _put(plan, "goals/g7/type", kinds[n % len(kinds)])
        )
        _measure("leave a number out", plan, "questions", lambda n: _drop(plan, n))
        _measure(
            "say how far a target goes", plan, "targets", lambda n: _put(plan, "goals/g7/targets/0/value", f">= {n} %")
        )
        _measure("suppose a channel gone", plan, "channels", lambda n: _put(plan, "suppose/c3", n % 2 == 1))
        _measure("give a channel another platform", plan, "channels", lambda n: _platform(plan, n))
    print(f"  aim: {AIM} ms, of which a burst of keys is waited for {1e3 * WAIT:.0f} ms in a notebook")


def _measure(name: str, plan: Planner, step: str, edit: Callable[[int], None]) -> None:
    plan._heard(plan, {"does": "go", "step": step, "n": 0}, [])
    took, worked = [], []
    for number in range(EDITS):
        start, busy = time.perf_counter(), time.process_time()
        edit(number)
        took.append(1e3 * (time.perf_counter() - start))
        worked.append(1e3 * (time.process_time() - busy))
    kept = took[WARM:]
    print(
        f"  {name:34} {statistics.median(kept):6.1f} ms median, {min(kept):.1f} to {max(kept):.1f} ({len(kept)} edits);"
        f" {statistics.median(worked[WARM:]):.1f} ms of it work"
    )


def _put(plan: Planner, key: str, value: object) -> None:
    assert key in plan.shown["values"], key
    plan._heard(plan, {"does": "put", "key": key, "value": value, "n": 0}, [])


def _drop(plan: Planner, number: int) -> None:
    key = next(key for key in plan.shown["values"] if key.startswith("goals/g7/drop/"))
    _put(plan, key, number % 2 == 1)


def _platform(plan: Planner, number: int) -> None:
    known = sorted(plan._source.platforms)
    _put(plan, "channels/c3/platform", known[number % len(known)])


def _plan(workspace: Workspace) -> str:
    """A strategy that lacks nothing much, as large as the largest that people write."""
    kinds, platforms = sorted(workspace.installed.goal_types), sorted(workspace.installed.platforms)
    parts = ['purpose = "p"\n[backing]\nwho = "w"\n[audiences.a]\nwho = "b"\nshares = "c"\n']
    parts += [f"[people.p{n}]\nhours_per_week = 40\n" for n in range(5)]
    for n in range(GOALS):
        metric = workspace.installed.goal_types[kinds[n % len(kinds)]].questions[0].lead[0]
        parts.append(
            f'[goals.g{n}]\ntype = "{kinds[n % len(kinds)]}"\nwhy = "w"\nfor_them = "f"\naudience = "a"\n'
            f'people = ["p{n % 5}"]\nhours = {{ p{n % 5} = 2 }}\nconsulted = ["c"]\n'
            f'[[goals.g{n}.targets]]\nmetric = "{metric}"\nvalue = ">= 50 %"\nbaseline = "40 %"\n'
        )
    for n in range(CHANNELS):
        parts.append(f'[channels.c{n}]\nplatform = "{platforms[n % len(platforms)]}"\nbecause = "b"\n')
    return "\n".join(parts)
