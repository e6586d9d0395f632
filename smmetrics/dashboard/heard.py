"""Widgets with a script of their own, which hear their kernel even where a busy page began them late."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import traitlets

_HEAR = Path(__file__).parent / "js" / "hear.js"


@cache
def script(*parts: Path) -> str:
    """A widget's own module: its parts, behind that by which it hears. What renders it calls ``hear(model)``."""
    return "\n".join(part.read_text(encoding="utf-8") for part in (_HEAR, *parts))


class Heard(anywidget.AnyWidget):
    """A widget whose page knows by ``own`` which of JupyterLab's models it is."""

    own = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401 (traits of a widget)
        own = uuid4().hex  # stated at once: what is said later is what a late widget does not hear
        super().__init__(own=own, model_id=own, **traits)
