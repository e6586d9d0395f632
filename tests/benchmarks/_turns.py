"""Runs that take turns, each in a process of its own: seconds on the clock, seconds of all cores, peak of memory."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock, seconds of all cores, peak memory (MiB), records."""

    wall: float
    cpu: float
    peak: int
    records: int


def take_turns(module: str, names: tuple[str, ...], path: Path, runs: int) -> dict[str, Run]:
    """Run ``python -m module NAME PATH`` for each name in turn; medians of the seconds, and the highest peak."""
    taken: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(runs):
        for name, done in taken.items():
            done.append(_alone(module, name, path))
    return {name: _middle(done) for name, done in taken.items()}


def show(middle: Mapping[str, Run], allowed: float) -> None:
    """Print each run and, where there are two, how the second compares with the first."""
    for name, run in middle.items():
        print(
            f"  {name:8} {run.wall:6.2f} s   all cores {run.cpu:6.2f} s   peak {run.peak} MiB   {run.records:,} records"
        )
    plain, ours = middle.values()
    print(
        f"  ratio    {ours.wall / plain.wall:6.2f}     all cores {ours.cpu / plain.cpu:6.2f}"
        f"     (allowed {allowed}; load {os.getloadavg()[0]:.1f})"
    )


def measured(what: Callable[[Path], int], path: Path) -> None:
    """One run in this process; prints its `Run`."""
    began, before = time.perf_counter(), spent()
    records = what(path)
    wall, cpu = time.perf_counter() - began, spent() - before
    print(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, records)


def _alone(module: str, name: str, path: Path) -> Run:
    command = [sys.executable, "-m", module, name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, cpu, peak, records = done.stdout.split()
    return Run(float(wall), float(cpu), int(peak), int(records))


def _middle(runs: list[Run]) -> Run:
    wall, cpu = (statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu"))
    return Run(wall, cpu, max(run.peak for run in runs), runs[0].records)


def spent() -> float:
    """Seconds of all cores that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
