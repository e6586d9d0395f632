"""A card's small line as SVG text: it takes the colour of the text around it, and gaps stay gaps."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.panels.results import Spark

WIDTH = 96
HEIGHT = 24
_EDGE = 3


def spark(steps: Sequence[Spark], *, label: str = "") -> str:
    """Draw steps as a line with its last value marked; nothing where no step has a value.

    ``label``: what it shows, for those who do not see it; without one it is left out of what is read aloud.
    """
    known = [step.value for step in steps if step.value is not None]
    if not known:
        return ""
    points = _points(steps, least=min(known), most=max(known))
    runs = [[point for point in run if point] for some, run in groupby(points, key=bool) if some]
    lines = "".join(_run(run) for run in runs)
    x, y = runs[-1][-1]
    told = f'role="img" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
    last = f'<circle cx="{x:g}" cy="{y:g}" r="2.5" fill="currentColor"/>'
    return (
        f'<svg class="smm-spark" xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" {told}>{lines}{last}</svg>'
    )


def _points(steps: Sequence[Spark], *, least: float, most: float) -> list[tuple[float, float] | None]:
    """Where each step lies; nothing for a gap."""
    wide = (WIDTH - 2 * _EDGE) / max(len(steps) - 1, 1)
    high = (HEIGHT - 2 * _EDGE) / (most - least) if most > least else 0.0
    foot = HEIGHT - _EDGE if most > least else HEIGHT / 2
    return [
        None if step.value is None else (round(_EDGE + place * wide, 1), round(foot - (step.value - least) * high, 1))
        for place, step in enumerate(steps)
    ]


def _run(run: Sequence[tuple[float, float]]) -> str:
    """One unbroken stretch; a step alone is a dot."""
    if len(run) == 1:
        return f'<circle cx="{run[0][0]:g}" cy="{run[0][1]:g}" r="1.5" fill="currentColor"/>'
    points = " ".join(f"{x:g},{y:g}" for x, y in run)
    return f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
