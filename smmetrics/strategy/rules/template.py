"""Does the strategy speak for itself, or does it still speak the template's words?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.faults import dotted
from smmetrics.strategy.likeness import is_example, untouched_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.rules.ground import Ground

NAMED = 4
"""So many places are named; of more, the number is said."""


def still_the_templates(ground: Ground) -> Iterator[Finding]:
    """S055: sentences that are a template's, once for the file."""
    found = untouched_words(ground.strategy)
    if found:
        named = ", ".join(dotted(path) for path in found[:NAMED])
        more = len(found) - NAMED
        said = "several" if more > 0 else "message"
        yield ground.find("S055", "warning", *found[0], said=said, places=named, more=more)


def example_figures(ground: Ground) -> Iterator[Finding]:
    """S055: baselines that are a template's example, once for each goal."""
    for name, goal in ground.strategy.goals.items():
        found = [n for n, target in enumerate(goal.targets) if is_example(target)]
        if found:
            raw = ground.strategy.raw["goals"][name]["targets"]
            figures = ", ".join(f"`{raw[n]['baseline']}`" for n in found)
            path = ("goals", name, "targets", found[0], "baseline")
            said = "figure" if len(found) == 1 else "figures"
            hint = ground.tell("S055", "measure", goal=name)
            yield ground.find("S055", "warning", *path, said=said, hint=hint, figures=figures, goal=name)
