"""The matrix of what can be measured where: every cell has a glyph, a word and its reason."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from smmetrics.dashboard.html import Markup, joined, some, tag
from smmetrics.panels.words import STATUSES, why_words
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.changing import Shift

GLYPHS: Mapping[str, str] = {
    "measurable": "●", "partly": "◐", "not_measurable": "○", "not_permitted": "⊘", "unknown": "?",
}  # fmt: skip
CHANGES = ("lost", "weaker", "gained", "stronger")
Thing = TypeVar("Thing")
KEPT = 256


def matrix(cells: Iterable[Cell], *, goal: Callable[[str], str], number: Callable[[str], str]) -> Markup:
    """A table for each goal: its questions with their numbers against channels. ``goal``, ``number``: their titles."""
    by_goal: dict[str, list[Cell]] = {}
    for cell in cells:
        by_goal.setdefault(cell.goal, []).append(cell)
    if not by_goal:
        return tag("p", say("planner.matrix.nothing"), class_="smm-soft")
    return joined(
        _table(goal(name), tuple(held), tuple({cell.metric: number(cell.metric) for cell in held}.items()))
        for name, held in by_goal.items()
    )


@lru_cache(maxsize=KEPT)
def _table(title: str, cells: tuple[Cell, ...], titles: tuple[tuple[str, str], ...]) -> Markup:
    """The table of one goal. An edit changes few of them; the others are not made again."""
    number = dict(titles)
    channels = list(dict.fromkeys(cell.channel for cell in cells))
    head = tag(
        "tr", tag("th", say("planner.matrix.number"), scope="col"), *(tag("th", name, scope="col") for name in channels)
    )
    rows: list[Markup] = []
    for question, held in _grouped(cells, lambda cell: cell.question).items():
        rows.append(tag("tr", tag("th", question, scope="colgroup", colspan=len(channels) + 1, class_="smm-question")))
        rows += [
            _row(number[metric], same, channels) for metric, same in _grouped(held, lambda cell: cell.metric).items()
        ]
    table = tag("table", tag("caption", title), tag("thead", head), tag("tbody", *rows))
    label = say("planner.matrix.of", goal=title)
    return tag("div", table, class_="smm-wide", tabindex="0", role="group", aria_label=label)


def _row(title: str, cells: Sequence[Cell], channels: Sequence[str]) -> Markup:
    by_channel = {cell.channel: cell for cell in cells}
    watched = some("span", " ", say("planner.matrix.beside"), class_="smm-soft") if cells[0].role == "guard" else ""
    told = (_cell(by_channel.get(name)) for name in channels)
    return tag("tr", tag("th", title, watched, scope="row"), *told)


def _cell(cell: Cell | None) -> Markup:
    return tag("td", "–") if cell is None else _told(cell.status, cell.note or cell.reason)


@lru_cache(maxsize=KEPT)
def _told(status: str, reason: str) -> Markup:
    """A status with its reason: few of them are different."""
    why = why_words(reason)
    told = some("span", " ", why, class_="smm-soft") if why else ""
    return tag("td", stands(status), told, class_="smm-sentence" if why else None)


def stands(status: str) -> Markup:
    """A status as its glyph and its word."""
    glyph = tag("span", GLYPHS.get(status, "?"), aria_hidden="true", class_=f"smm-plan-{status}")
    return joined([glyph, " ", STATUSES.get(status, status)])


def can(cells: Iterable[Cell]) -> Markup:
    """What one channel can measure, counted."""
    held = list(cells)
    if not held:
        return joined(())
    by_status = _grouped(held, lambda cell: cell.status)
    told = [joined([str(len(by_status[status])), " × ", stands(status)]) for status in GLYPHS if status in by_status]
    return tag("p", say("planner.matrix.of_numbers", n=len(held)), " ", joined(told, ", "))


def changes(shifts: Sequence[Shift], *, goal: Callable[[str], str], number: Callable[[str], str]) -> Markup:
    """What would be lost and gained, by name; the rest counted."""
    parts: list[Markup] = []
    by_change = _grouped(shifts, lambda shift: shift.change)
    for change in CHANGES:
        held = by_change.get(change, [])
        if held:
            names = dict.fromkeys((number(shift.metric), goal(shift.goal)) for shift in held)
            parts.append(tag("p", tag("strong", say(f"planner.changes.{change}", n=len(names)))))
            parts.append(tag("ul", *(tag("li", title, " (", of, ")") for title, of in names)))
    same = len(by_change.get("same", []))
    return joined([*parts, some("p", say("planner.changes.same", n=same) if same else "")])


def _grouped(things: Iterable[Thing], by: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for thing in things:
        found.setdefault(by(thing), []).append(thing)
    return found
