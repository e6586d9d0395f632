"""A line that screen readers speak when it changes. ipywidgets has none: its HTML replaces the element itself."""

from __future__ import annotations

import anywidget
import traitlets

_ESM = """
export default {
  render({ model, el }) {
    el.setAttribute("role", "status");
    el.setAttribute("aria-live", "polite");
    el.classList.add("smm-status");
    const say = () => { el.textContent = model.get("text"); };
    model.on("change:text", say);
    say();
    return () => model.off("change:text", say);
  },
};
"""


class LiveRegion(anywidget.AnyWidget):
    """Says what was computed anew. Its text is set as text, never as HTML."""

    _esm = _ESM
    text = traitlets.Unicode("").tag(sync=True)
