"""A sample workspace of invented people, in real formats.

A distribution can bring a *story*: files of several platforms together with the strategy they are read for. It names
``write(folder, seed, start, months) -> paths`` in an entry point of the group `STORIES`, and one of the files is
``strategy.toml``. Where none is installed, each plugin's own generator writes its files, and the strategy has a goal
for each goal type that plugins define.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from smmetrics.api.errors import PluginFault, UserMistake
from smmetrics.registry.states import describe
from smmetrics.workspace.core import STRATEGY, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.metadata import EntryPoint

    from smmetrics.api.about import Sample
    from smmetrics.api.metrics import GoalType
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.registry import Registry
    from smmetrics.workspace.importing import Outcome

STORIES = "smmetrics.stories"
SEED = 20260901
START = date(2026, 3, 1)
MONTHS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Demo:
    """A sample workspace that stands: where, and what came in. ``story``: its name, empty for the plugins' samples."""

    workspace: Workspace
    outcomes: tuple[Outcome, ...]
    story: str = ""


def make_demo(root: Path, *, registry: Registry | None = None, stories: Iterable[EntryPoint] | None = None) -> Demo:
    """Write samples, import them and state a strategy over them. The same every time; safe to repeat.

    A strategy that is already in ``root`` stays as it is. ``registry`` and ``stories`` replace what is installed.
    """
    workspace = Workspace(root, registry=registry)
    inbox = root / "inbox"
    try:
        inbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder cannot be made ({error.strerror})."
        raise UserMistake(message, where=str(root), hint="Choose a folder that is yours to write.") from error
    workspace.make_store()
    story = _story(workspace, stories)
    if story is not None:
        _keep(root, _told(story, inbox))
        workspace = Workspace(root, registry=registry)
        outcomes = workspace.import_(inbox)
    else:
        for sample in workspace.installed.samples:
            _draw(workspace, sample, inbox)
        outcomes = workspace.import_(inbox)
        _keep(root, _strategy(workspace.installed, outcomes))
    return Demo(workspace=Workspace(root, registry=registry), outcomes=outcomes, story=story.name if story else "")


def _draw(workspace: Workspace, sample: Sample, inbox: Path) -> None:
    """Let a plugin write its made-up files. What goes wrong is its fault."""
    write = cast("Callable[..., object]", workspace.registry.use(sample.load))
    try:
        write(inbox, seed=SEED, start=START, months=MONTHS)
    except (Exception, SystemExit) as error:
        message = f"The sample {sample.name} ({sample.load}) could not be written: {describe(error)}"
        raise PluginFault(message, hint="See: smmetrics plugins doctor", code="sample.failed") from error


def _story(workspace: Workspace, stories: Iterable[EntryPoint] | None) -> EntryPoint | None:
    """The first story by name, if any plugin is there that could read it."""
    found = sorted(entry_points(group=STORIES) if stories is None else stories, key=lambda entry: entry.name)
    return found[0] if found and workspace.installed.sources else None


def _told(story: EntryPoint, inbox: Path) -> str:
    """Put the story's files into ``inbox`` and give its strategy. What goes wrong is the distribution's fault."""
    with TemporaryDirectory(prefix="smmetrics-") as folder:
        written = Path(folder)
        try:
            story.load()(written, seed=SEED, start=START, months=MONTHS)
        except (Exception, SystemExit) as error:
            message = f"The sample story {story.name} ({story.value}) could not be written: {error}"
            raise PluginFault(message, hint="Install it again, or take it away.", code="story.failed") from error
        stated = written / STRATEGY
        if not stated.is_file():
            message = f"The sample story {story.name} ({story.value}) brings no {STRATEGY}."
            raise PluginFault(message, code="story.incomplete")
        for path in sorted(written.iterdir()):
            if path != stated:
                copyfile(path, inbox / path.name)
        return stated.read_text(encoding="utf-8")


def _keep(root: Path, text: str) -> None:
    """Write the strategy, unless there is one."""
    path = root / STRATEGY
    if not path.is_file():
        path.write_text(text, encoding="utf-8", newline="\n")


def _strategy(catalogue: Catalogue, outcomes: Iterable[Outcome]) -> str:
    """A strategy with one goal for each goal type, served by each platform whose sample came in."""
    platforms = sorted({outcome.kind.partition(".")[0] for outcome in outcomes if outcome.kind in catalogue.sources})
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
