"""A sample workspace made by the installed plugins' own generators: real formats, invented people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from smmetrics.workspace.core import STRATEGY, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from smmetrics.api.metrics import GoalType
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace.importing import Outcome

SEED = 20260901
START = date(2026, 6, 1)
MONTHS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Demo:
    """A sample workspace that stands: where, what came in."""

    workspace: Workspace
    outcomes: tuple[Outcome, ...]


def make_demo(root: Path) -> Demo:
    """Write samples, import them and state a strategy over them. The same every time; safe to repeat."""
    workspace = Workspace(root)
    inbox = root / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    workspace.make_store()
    for sample in workspace.installed.samples:
        write = workspace.registry.use(sample.load)
        write(inbox, seed=SEED, start=START, months=MONTHS)  # type: ignore[operator]
    outcomes = workspace.import_(inbox)
    path = root / STRATEGY
    if not path.is_file():
        path.write_text(_strategy(workspace.installed, outcomes), encoding="utf-8")
    return Demo(workspace=Workspace(root), outcomes=outcomes)


def _strategy(catalogue: Catalogue, outcomes: Iterable[Outcome]) -> str:
    """A strategy with one goal for each goal type, served by each platform whose sample came in."""
    platforms = sorted({outcome.kind.partition(".")[0] for outcome in outcomes if outcome.status == "imported"})
    goals = {goal_type.id.partition(".")[2].replace("_", "-"): goal_type for goal_type in catalogue.goal_types.values()}
    lines = [_HEAD]
    for name, goal_type in goals.items():
        lines.append(_goal(name, goal_type))
    lines.extend(_channel(platform, catalogue.platforms[platform].title, list(goals)) for platform in platforms)
    return "\n".join(lines)


_HEAD = """\
# A sample strategy over invented data. The order carries meaning: why, who, what, and only then where.
title = "Sample: a garden shop"
purpose = "People with their first garden get help when they are stuck, and come back because of it"
timezone = "UTC"
week_starts = "monday"
currency = "EUR"

[backing]
who = "the owner"
gives = "sixteen hours a week"

[audiences.gardeners]
who = "people in their first years with a garden"
kind = "community"
shares = "they want something to grow and nobody to laugh"
where = "the comments under our blog, gardening tags"

[people.ana]
role = "community manager"
hours_per_week = 10

[people.ben]
role = "gardener, answers questions"
hours_per_week = 6

[metrics.answers_per_post]
title = "Answers per post of ours"
formula = "mean(posts.comments, ours and not is_reply)"
better = "higher"
"""


def _goal(name: str, goal_type: GoalType) -> str:
    activities = ", ".join(f'"{activity}"' for activity in goal_type.activities)
    return f"""\
[goals.{name}]
type = "{goal_type.id}"
why = "{goal_type.questions[0].text}"
for_them = "an answer from a person"
audience = "gardeners"
activities = [{activities}]
people = ["ana", "ben"]
hours = {{ ana = 5, ben = 3 }}
"""


def _channel(platform: str, title: str, goals: list[str]) -> str:
    serves = ", ".join(f'"{goal}"' for goal in goals)
    return f"""\
[channels.{platform}]
platform = "{platform}"
serves = [{serves}]
because = "people who ask are already there ({title})"
"""
