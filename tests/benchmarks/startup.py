"""How long the command line takes to begin, in bare interpreters: the same run measures both.

Each command and the bare interpreter take turns, so that whatever else the machine does touches all alike; the
quickest of each counts, as everything slower than that is somebody else's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from time import perf_counter

ROUNDS = 15
PYTHON = (sys.executable,)
SMMETRICS = (*PYTHON, "-m", "smmetrics")
COMMANDS: dict[str, tuple[tuple[str, ...], float]] = {
    "--version": ((*SMMETRICS, "--version"), 4.0),
    "--help": ((*SMMETRICS, "--help"), 12.0),
    "plugins list": ((*SMMETRICS, "plugins", "list"), 12.0),
}
"""Each command and how many bare interpreters it may take."""
BARE = (*PYTHON, "-c", "pass")


def seconds(command: tuple[str, ...]) -> float:
    """The time one start takes; a command that fails is no measurement."""
    began = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""})
    return perf_counter() - began


def run(rounds: int = ROUNDS) -> list[dict[str, object]]:
    """One row a command: seconds, ratio to the bare interpreter, and the limit."""
    commands = {"bare": BARE, **{name: command for name, (command, _) in COMMANDS.items()}}
    for command in commands.values():
        seconds(command)
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            best[name] = min(best[name], seconds(command))
    return [
        {
            "name": f"startup {name}",
            "seconds": round(best[name], 4),
            "ratio": round(best[name] / best["bare"], 2),
            "limit": limit,
            "of": "a bare interpreter",
        }
        for name, (_, limit) in COMMANDS.items()
    ]


if __name__ == "__main__":
    for row in run():
        sys.stdout.write(f"{row}\n")
