"""The plan without a kernel: what is filled in, what is said of it, and the matrix. No script, nothing to fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.dashboard.html import Markup, joined, some, stylesheet, tag
from smmetrics.dashboard.planner.beside import beside
from smmetrics.dashboard.style import CSS
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from smmetrics.dashboard.planner.fields import Field, Group, Screen
    from smmetrics.dashboard.planner.source import Remark


def page(screens: Iterable[Screen], remarks: Sequence[Remark], below: Markup) -> Markup:
    """All steps, one after the other."""
    steps = [_step(screen, beside(screen, remarks)) for screen in screens]
    head = tag("h2", say("planner.page.title")), tag("p", say("planner.said.copy"), class_="smm-soft")
    return joined([stylesheet(CSS), tag("div", *head, *steps, below, class_="smm smm-static")])


def _step(screen: Screen, notes: Mapping[str, Sequence[Mapping[str, Any]]]) -> Markup:
    title = tag("h3", say(f"planner.steps.{screen.step}.title"))
    groups = (_group(group, screen, notes) for group in screen.groups if group.key != "suppose")
    return tag("section", title, *groups, _said(notes.get("", ())) if screen.step == "channels" else "")


def _group(group: Group, screen: Screen, notes: Mapping[str, Sequence[Mapping[str, Any]]]) -> Markup:
    filled = [(each, words) for each in group.fields if (words := _words(each, screen)) or each.key in notes]
    told = joined(
        joined([tag("dt", each.label), tag("dd", words or "–", _said(notes.get(each.key, ())))])
        for each, words in filled
    )
    inner = joined([_said(notes.get(group.key, ())), some("dl", told)])
    return joined([tag("h5" if group.within else "h4", group.title), inner]) if inner else inner


def _said(notes: Sequence[Mapping[str, Any]]) -> Markup:
    return some(
        "ul", *(tag("li", note["glyph"], " ", note["word"], ": ", note["text"], " ", note["hint"]) for note in notes)
    )


def _words(field: Field, screen: Screen) -> str:
    """A field's value as people read it."""
    options = screen.lists.get(field.options, ()) if isinstance(field.options, str) else field.options
    words = dict(options)
    if field.look == "tick":
        return "✓" if field.value else ""
    if field.look == "ticks":
        return ", ".join(words.get(name, name) for name in field.value)
    return words.get(field.value, field.value) if field.value else ""
