"""Samples: strategies to begin from, and a made-up story whose every number is known beforehand.

`strategies` and `strategy` give the example strategies, `garden.write` the story's files, `truth.rows` the value that
every metric must have over them.
"""

from __future__ import annotations

from importlib.resources import files

__all__ = ["strategies", "strategy"]

ENDING = ".toml"


def strategies() -> tuple[str, ...]:
    """Names of the example strategies."""
    folder = files("smmetrics_samples") / "strategies"
    names = (each.name for each in folder.iterdir() if each.name.endswith(ENDING))
    return tuple(sorted(name.removesuffix(ENDING) for name in names))


def strategy(name: str) -> str:
    """The text of an example strategy; `KeyError` for a name that is none."""
    if name not in strategies():
        raise KeyError(name)
    return (files("smmetrics_samples") / "strategies" / f"{name}{ENDING}").read_text(encoding="utf-8")
