"""Does the strategy speak for itself, or does it still speak the template's words?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.faults import dotted
from smmetrics.strategy.likeness import is_example, untouched_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.goal import GoalTarget
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
        lines = ground.lines(found)
        finding = ground.find("S055", "warning", *found[0], said=said, places=named, more=more, lines=lines)
        yield ground.several(finding, found)


def example_figures(ground: Ground) -> Iterator[Finding]:
    """S055: baselines that are a template's example, once for each goal."""
    for name, goal in ground.strategy.goals.items():
        found = [n for n, target in enumerate(goal.targets) if is_example(target)]
        if found:
            raw = ground.strategy.raw["goals"][name]["targets"]
            figures = ", ".join(f"`{raw[n]['baseline']}`" for n in found)
            paths: list[Path] = [("goals", name, "targets", n, "baseline") for n in found]
            said = "figure" if len(found) == 1 else "figures"
            hint = ground.tell("S055", _way_on(ground, name, [goal.targets[n] for n in found]), goal=name)
            about = {"figures": figures, "goal": name}
            yield ground.several(ground.find("S055", "warning", *paths[0], said=said, hint=hint, **about), paths)


def _way_on(ground: Ground, name: str, targets: Sequence[GoalTarget]) -> str:
    """What to do with example figures: measure them, now or once files are in; where nothing can, a plan they stay."""
    known = [target for target in targets if target.metric in ground.catalogue.metrics]
    if not known:
        return "plan"
    return "measure" if any(ground.fed(name, each.metric, each.channel) for each in known) else "later"
