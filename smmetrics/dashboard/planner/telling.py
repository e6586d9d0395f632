"""What the page says of a plan in sentences: how it stands, what was not saved, what somebody else changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from smmetrics.dashboard.planner.beside import counts
from smmetrics.dashboard.planner.draft import found
from smmetrics.panels.found import LEVELS, in_words
from smmetrics.strategy.faults import dotted
from smmetrics.words import cut, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smmetrics.dashboard.planner.draft import Document, Edit
    from smmetrics.dashboard.planner.fields import Screen
    from smmetrics.dashboard.planner.source import Remark

LONGEST = 300


def status(step: str, remarks: Sequence[Remark], unsaved: int) -> str:
    """How the step and the whole plan stand, in one spoken line."""
    here = counts(remarks).get(step) or say("planner.state.clean")
    levels = Counter(str(remark.level) for remark in remarks if not remark.accepted)
    whole = in_words(levels) or say("planner.state.clean")
    few = {0: say("planner.state.unsaved_none"), 1: say("planner.state.unsaved_one")}
    return " ".join(
        (
            say("planner.state.step", step=say(f"planner.steps.{step}.title"), said=here),
            say("planner.state.whole", said=whole),
            few.get(unsaved) or say("planner.state.unsaved", n=unsaved),
        )
    )


def of_groups(screen: Screen, notes: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    """What there is to mend in each group and those within it, in words."""
    levels: dict[str, Counter[str]] = {}
    for group in screen.groups:
        said = [note for key in (group.key, *(each.key for each in group.fields)) for note in notes.get(key, ())]
        counted = Counter(str(note["level"]) for note in said if note["level"] in LEVELS)
        for key in {group.key, group.within or group.key}:
            levels.setdefault(key, Counter()).update(counted)
    return {key: in_words(counted) for key, counted in levels.items() if counted}


def faults(remarks: Iterable[Remark]) -> str:
    """What cannot be read, with its places."""
    return " ".join(f"{each.where}: {each.message}" for each in remarks if each.code.startswith("strategy."))


def overtaken(edits: Iterable[Edit], document: Document) -> Iterator[str]:
    """What somebody else wrote where we wrote too."""
    for edit in edits:
        theirs, mine = _short(found(document, edit.keys)), _short(edit.value)
        yield say("planner.said.over", place=dotted(edit.keys), theirs=theirs, mine=mine)


def homeless(edit: Edit) -> str:
    """A change that has no place any more."""
    return say("planner.said.homeless", place=dotted(edit.keys), mine=_short(edit.value))


def _short(value: object) -> str:
    return cut("–" if value is None else f"“{value}”" if isinstance(value, str) else str(value), LONGEST)
