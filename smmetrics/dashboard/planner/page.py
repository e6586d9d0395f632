"""The planner's page in the browser: one script that shows steps and fields as text, and says what was typed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import traitlets

from smmetrics.dashboard.heard import Heard, script
from smmetrics.dashboard.style import CSS
from smmetrics.words import section

_SOURCES = Path(__file__).parent / "js"
_PARTS = ("elements.js", "fields.js", "planner.js")


def module() -> str:
    """The page's script."""
    return script(*(_SOURCES / name for name in _PARTS))


@cache
def stylesheet() -> str:
    """The page's style, with the dashboard's. It holds no outside text."""
    return CSS + (_SOURCES / "planner.css").read_text(encoding="utf-8")


class Page(Heard):
    """``screen`` is a step without what is filled in; ``shown`` what changes as one types; ``below`` the matrix.

    The page sends what people do as messages: ``{"does": "put" | "act" | "go" | "press", …, "n": number}``.
    """

    screen = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    below: traitlets.List[Any] = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401 (traits of a widget)
        self._esm = module()
        self._css = stylesheet()
        super().__init__(words=dict(section("planner.page")), **traits)
