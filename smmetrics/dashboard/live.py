"""A line that screen readers speak when it changes. ipywidgets has none: its HTML replaces the element itself."""

from __future__ import annotations

import traitlets

from smmetrics.dashboard.heard import Heard, hear

_ESM = """
export default {
  render({ model, el }) {
    el.setAttribute("role", "status");
    el.setAttribute("aria-live", "polite");
    el.classList.add("smm-status");
    const say = () => { el.textContent = model.get("text"); };
    model.on("change:text", say);
    say();
    hear(model);
    return () => model.off("change:text", say);
  },
};
"""


class LiveRegion(Heard):
    """Says what was computed anew. Its text is set as text, never as HTML."""

    text = traitlets.Unicode("").tag(sync=True)

    def __init__(self) -> None:
        self._esm = hear() + _ESM
        super().__init__()
