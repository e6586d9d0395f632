"""How long review and coverage of 20 goals on 10 channels take from a cold start, with every plugin installed.

Processor time of whole processes, the least of several, in seconds and in bare interpreters of the same run: what the
machine does besides is somebody else's. The workspace holds imports, as most do.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.workspace import Workspace, init
from tests.benchmarks.startup import BARE, PYTHON, SMMETRICS, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

GOALS, CHANNELS, LEADS = 20, 10, 6
ROUNDS = 7
LIMIT = 1.0
"""Seconds that review and coverage may take together."""
BOTH = """
import sys
from smmetrics.workspace import open_workspace
workspace = open_workspace(sys.argv[1])
found, cells = workspace.review(), workspace.coverage()
assert len(cells) >= 20 * 10, len(cells)
"""


def strategy(workspace: Workspace) -> str:
    """A strategy of many goals, each with numbers of the installed packs, on channels of every platform."""
    metrics, platforms = sorted(workspace.installed.metrics), sorted(workspace.installed.platforms)
    return "\n".join((*_ground(), *_goals(metrics), *_channels(platforms)))


def _ground() -> Iterator[str]:
    yield 'title = "Many goals"\npurpose = "People get help"\ntimezone = "UTC"'
    yield '[audiences.people]\nwho = "people"\n[people.ana]\nrole = "helper"\nhours_per_week = 40'


def _goals(metrics: list[str]) -> Iterator[str]:
    for number in range(GOALS):
        leads = [metrics[(number * LEADS + place) % len(metrics)] for place in range(LEADS)]
        yield f'[goals.goal-{number}]\nwhy = "w"\naudience = "people"\npeople = ["ana"]\nhours = {{ ana = 1 }}'
        for place in range(0, LEADS, 2):
            first, beside = leads[place], leads[place + 1]
            yield f'[[goals.goal-{number}.questions]]\nask = "Question {place}?"\nlead = ["{first}"]\nbeside = ["{beside}"]'
        yield f'[[goals.goal-{number}.targets]]\nmetric = "{leads[0]}"\nvalue = ">= 1"'


def _channels(platforms: list[str]) -> Iterator[str]:
    for number in range(CHANNELS):
        platform = [*platforms, "meadow"][number % (len(platforms) + 1)]
        yield f'[channels.channel-{number}]\nplatform = "{platform}"\naccount = "a{number}"\nbecause = "b"'


def prepare(folder: Path) -> Path:
    """A workspace with that strategy and the samples of every plugin taken in."""
    root = init(folder / "work", zone="UTC").root
    workspace = Workspace(root)
    (root / "strategy.toml").write_text(strategy(workspace), encoding="utf-8")
    for sample in workspace.installed.samples:
        workspace.registry.use(sample.load)(root / "inbox", seed=1, start=date(2026, 6, 1), months=1)
    Workspace(root).import_(root / "inbox")
    Workspace(root).coverage()
    return root


def run() -> None:
    """Print what each takes, and the limit of review and coverage together."""
    with tempfile.TemporaryDirectory() as folder:
        root = str(prepare(Path(folder)))
        commands = {
            "bare": BARE,
            "review and coverage": (*PYTHON, "-c", BOTH, root),
            "smmetrics coverage": (*SMMETRICS, "-w", root, "coverage"),
            "smmetrics coverage --source": (*SMMETRICS, "-w", root, "coverage", "--source"),
            "smmetrics coverage --without": (*SMMETRICS, "-w", root, "coverage", "--without", "channel-0"),
        }
        least = dict.fromkeys(commands, float("inf"))
        for command in commands.values():
            seconds(command)
        for _ in range(ROUNDS):
            for name, command in commands.items():
                least[name] = min(least[name], seconds(command))
    for name, took in least.items():
        limit = f", at most {LIMIT:.1f} s" if name == "review and coverage" else ""
        sys.stdout.write(f"  {name:30} {took:5.2f} s, {took / least['bare']:5.1f} bare interpreters{limit}\n")


if __name__ == "__main__":
    run()
