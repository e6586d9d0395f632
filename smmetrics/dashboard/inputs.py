"""Single inputs, each with a name beside it and a sentence on what it does: what is not named cannot be used blind.

Sliders are not among them: ipywidgets gives theirs no accessible name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STYLE = {"description_width": "initial"}
_ROWS = 4
"""Most rows of a list before it scrolls."""


def choice(name: str, options: Mapping[str, Any] | Sequence[tuple[str, Any]], tooltip: str) -> widgets.Dropdown:
    """One of several; words and values may both be outside texts, shown as text."""
    pairs = list(options.items()) if hasattr(options, "items") else list(options)
    return widgets.Dropdown(options=pairs, description=name, tooltip=tooltip, style=_STYLE, layout=_auto())


def several(name: str, titles: Mapping[str, str], tooltip: str) -> widgets.SelectMultiple:
    """Any of several: titles by id."""
    options = [(title, id_) for id_, title in titles.items()]
    rows = max(1, min(_ROWS, len(options)))
    return widgets.SelectMultiple(
        options=options, description=name, tooltip=tooltip, rows=rows, style=_STYLE, layout=_auto()
    )


def day(name: str, tooltip: str) -> widgets.DatePicker:
    """A day."""
    return widgets.DatePicker(description=name, tooltip=tooltip, style=_STYLE, layout=_auto())


def words(name: str, tooltip: str) -> widgets.Text:
    """A line of text."""
    return widgets.Text(description=name, tooltip=tooltip, style=_STYLE, layout=_auto())


def button(name: str, tooltip: str) -> widgets.Button:
    """A button."""
    return widgets.Button(description=name, tooltip=tooltip, layout=_auto())


def pick(control: widgets.Dropdown, value: object, name: str) -> None:
    """Choose a value, adding it where it is none of the options."""
    if all(known != value for _, known in control.options):
        control.options = [*control.options, (name, value)]
    control.value = value


def _auto() -> dict[str, str]:
    return {"width": "auto"}
