"""A line that screen readers speak when it changes. ipywidgets has none: its HTML replaces the element itself."""

from __future__ import annotations

from pathlib import Path

import traitlets

from smmetrics.dashboard.heard import Heard, script

_SOURCE = Path(__file__).parent / "js" / "live.js"


class LiveRegion(Heard):
    """Says what was computed anew. Its text is set as text, never as HTML."""

    text = traitlets.Unicode("").tag(sync=True)

    def __init__(self) -> None:
        self._esm = script(_SOURCE)
        super().__init__()
