"""How long the command line takes to begin, in bare interpreters: the same run measures both.

Each command and the bare interpreter take turns, so that whatever else the machine does touches all alike; processor
time is measured, and the least of each counts, as everything above that is somebody else's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage

ROUNDS = 15
PYTHON = (sys.executable,)
SMMETRICS = (*PYTHON, "-c", "import sys; from smmetrics.cli.main import main; sys.exit(main())")
"""What the installed command does."""
COMMANDS: dict[str, tuple[tuple[str, ...], float]] = {
    "--version": ((*SMMETRICS, "--version"), 4.0),
    "--help": ((*SMMETRICS, "--help"), 12.0),
    "plugins list": ((*SMMETRICS, "plugins", "list"), 12.0),
}
"""Each command and how many bare interpreters it may take."""
BARE = (*PYTHON, "-c", "pass")


def seconds(command: tuple[str, ...]) -> float:
    """The processor time one start takes; a command that fails is no measurement."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""})
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratios(rounds: int = ROUNDS) -> dict[str, float]:
    """How many bare interpreters each command takes."""
    commands = {"bare": BARE, **{name: command for name, (command, _) in COMMANDS.items()}}
    for command in commands.values():
        seconds(command)
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            least[name] = min(least[name], seconds(command))
    return {name: least[name] / least["bare"] for name in COMMANDS}


def run() -> None:
    """Print each command's ratio and its limit."""
    for name, ratio in ratios().items():
        sys.stdout.write(f"  {name:14} {ratio:5.1f} bare interpreters, at most {COMMANDS[name][1]:.0f}\n")


if __name__ == "__main__":
    run()
