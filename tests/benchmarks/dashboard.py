"""From ``import smmetrics`` in a kernel that runs to a dashboard in sight, and a click in one of its charts.

“After import” is told in both readings: from the first line of a cell, with the libraries that are loaded when they are
first needed; and from ``ws.dashboard()`` where they are loaded and the strategy is read. In sight is the first goal:
the others follow by themselves.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3
KEEPS = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
"""An interpreter that keeps what it compiled, as everybody's does."""
BAR = 3.0
"""Seconds until the first dashboard is in sight."""
IN_SIGHT = "in sight, with imports", "in sight, libraries loaded"


def run() -> None:
    """Print medians over kernels of their own: what passes on the clock, and what all cores spend."""
    from smmetrics.workspace.demo import make_demo

    with tempfile.TemporaryDirectory() as folder:
        root = make_demo(Path(folder) / "garden").workspace.root
        taken = [_alone(root) for _ in range(RUNS)]
    for name in taken[0]:
        wall, cores = (statistics.median(each[name][part] for each in taken) for part in (0, 1))
        bar = f"   (bar {BAR:g} s)" if name in IN_SIGHT else ""
        print(f"  {name:34} {wall:6.2f} s   all cores {cores:6.2f} s{bar}")


def _alone(root: Path) -> dict[str, tuple[float, float]]:
    command = [sys.executable, "-m", "tests.benchmarks.dashboard", str(root)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, env=KEEPS).stdout.splitlines()
    told = (line.rsplit("\t", 2) for line in lines if "\t" in line)
    return {name: (float(wall), float(cores)) for name, wall, cores in told}


async def _kernel(root: str) -> None:
    """What a cell does that opens a dashboard, in a loop as cells run. A kernel has loaded these before any of them."""
    import ipykernel.ipkernel  # noqa: F401 (see above)
    import IPython.core.interactiveshell  # noqa: F401 (see above)

    begun, spent, measured = time.perf_counter(), time.process_time(), [0.0, 0.0]
    took("imports and the strategy", lambda: _opened(root))
    workspace = _opened(root)
    _count_measuring(measured)
    whole = time.perf_counter(), time.process_time()
    board = workspace.dashboard()
    shown = board._repr_mimebundle_()
    made = time.perf_counter() - whole[0] - measured[0], time.process_time() - whole[1] - measured[1]
    now = time.perf_counter(), time.process_time()
    print("measuring", *measured, sep="\t")
    print("panels, charts and widgets", *made, sep="\t")
    for name, since in zip(IN_SIGHT, ((begun, spent), whole), strict=True):
        print(name, now[0] - since[0], now[1] - since[1], sep="\t")
    took("the other goals, behind it", board.settle)
    assert shown
    assert board.results[-1].panel != "later"
    from smmetrics.dashboard import static

    took("what the review finds", board._reviewed.now)
    took("the copy without a kernel, behind it", lambda: static.bundle(board._header(), board.results, of="a"))
    platforms = list(board.controls.platforms.options)
    for again in ("", ", seen before"):
        for _, platform in platforms[:1]:
            took(f"a click in a chart{again}", lambda chosen=platform: _click(board, chosen))
            _click(board, "")


def _opened(root: str) -> Any:
    import smmetrics as smm
    import smmetrics.dashboard.board

    workspace = smm.open(root)
    assert workspace.strategy
    return workspace


def _click(board: Any, platform: str) -> None:
    board.state.change(selected={"platform": (platform,)} if platform else {})
    board.settle()


def _count_measuring(measured: list[float]) -> None:
    """Have the time that readings take counted apart."""
    from smmetrics.workspace.seeing import Seeing

    readings = Seeing.readings

    def counted(self: Any, *given: Any, **named: Any) -> Any:
        wall, cores = time.perf_counter(), time.process_time()
        try:
            return readings(self, *given, **named)
        finally:
            measured[0] += time.perf_counter() - wall
            measured[1] += time.process_time() - cores

    Seeing.readings = counted  # type: ignore[method-assign]


def took(name: str, what: Callable[[], object]) -> None:
    """Do it and print its seconds."""
    wall, cores = time.perf_counter(), time.process_time()
    what()
    print(name, time.perf_counter() - wall, time.process_time() - cores, sep="\t")


if __name__ == "__main__":
    asyncio.run(_kernel(sys.argv[1]))
