"""Which field each remark stands beside, and how many there are in each step."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from smmetrics.panels.found import in_words
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.dashboard.planner.draft import Keys
    from smmetrics.dashboard.planner.fields import Screen
    from smmetrics.dashboard.planner.source import Remark

STEPS = ("purpose", "audiences", "people", "goals", "questions", "targets", "channels")
REST = "rest"
"""Where remarks go that no step has a field for."""
GLYPHS: Mapping[str, str] = {"error": "✕", "warning": "▲", "note": "◦", "accepted": "✓"}
_HOMES: Mapping[str, str] = {
    "purpose": "purpose", "title": "purpose", "backing": "purpose", "audiences": "audiences", "privacy": "audiences",
    "people": "people", "goals": "goals", "channels": "channels", "not_using": "channels",
    "stories": "questions", "others": "questions",
}  # fmt: skip
_WITHIN: Mapping[str, str] = {
    "questions": "questions",
    "drop": "questions",
    "targets": "targets",
    "decisions": "targets",
}
_DEEP = 3
_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def place_of(where: str) -> Keys:
    """A place as people write it, as keys: ``goals.grow.targets[2]`` counts from 1, keys from 0."""
    return tuple(int(number) - 1 if number else word for word, number in _PART.findall(where))


def step_of(place: Keys) -> str:
    """The step in which a place is filled in."""
    home = _HOMES.get(str(place[0]), REST) if place else REST
    return _WITHIN.get(str(place[2]), home) if home == "goals" and len(place) >= _DEEP else home


def counts(remarks: Iterable[Remark]) -> dict[str, str]:
    """What there is to mend and to look at, by step, in words; nothing where there is nothing."""
    found: dict[str, Counter[str]] = {}
    for remark in remarks:
        if not remark.accepted:
            found.setdefault(step_of(place_of(remark.where)), Counter())[remark.level] += 1
    return {step: in_words(levels) for step, levels in found.items()}


def beside(screen: Screen, remarks: Iterable[Remark]) -> dict[str, list[dict[str, Any]]]:
    """The remarks of a step by the key of the field or group they belong to; the rest under an empty key."""
    found: dict[str, list[dict[str, Any]]] = {}
    for remark in remarks:
        place = place_of(remark.where)
        step = step_of(place)
        if step == screen.step:
            found.setdefault(_home(screen, place), []).append(told(remark))
        elif step == REST:
            found.setdefault("", []).append(told(remark, where=remark.where))
    return found


def told(remark: Remark, *, where: str = "") -> dict[str, Any]:
    """A remark as the page shows it: a glyph, its word and the sentence; never a colour alone."""
    level = "accepted" if remark.accepted else remark.level
    hint = say("planner.accepted", because=remark.accepted) if remark.accepted else remark.hint
    text = f"{where}: {remark.message}" if where else remark.message
    return {
        "level": level, "glyph": GLYPHS[level], "word": say(f"levels.one.{level}"), "text": text, "hint": hint,
        "code": remark.code,
    }  # fmt: skip


def _home(screen: Screen, place: Keys) -> str:
    """The field with the longest beginning of this place, else the first within it; else the group with it."""
    fields = screen.fields.values()
    around = [(len(each.place), each.key) for each in fields if _holds(each.place, place)]
    if around:
        return max(around, key=lambda each: each[0])[1]
    inside = [each.key for each in fields if len(place) >= _DEEP and _holds(place, each.place)]
    groups = [(len(held), group.key) for group in screen.groups for held in group.places if _holds(held, place)]
    return inside[0] if inside else max(groups, default=(0, ""), key=lambda each: each[0])[1]


def _holds(held: Keys, place: Keys) -> bool:
    return len(place) >= len(held) and place[: len(held)] == held
