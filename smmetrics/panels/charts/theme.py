"""How charts look on a light and on a dark ground: only colours of text and lines differ, never those of series."""

from __future__ import annotations

from typing import Any

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
_LIGHT = {"text": "#1f1f1f", "soft": "#5a5a5a", "line": "#b5b5b5", "grid": "#ebebeb"}
_DARK = {"text": "#ececec", "soft": "#b8b8b8", "line": "#6a6a6a", "grid": "#333333"}


def config(*, dark: bool = False) -> dict[str, Any]:
    """The Vega-Lite configuration that goes with every chart's specification when it is drawn."""
    tone = _DARK if dark else _LIGHT
    return {
        "background": "transparent",
        "font": FONT,
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": tone["soft"],
            "titleColor": tone["soft"],
            "domainColor": tone["line"],
            "tickColor": tone["line"],
            "gridColor": tone["grid"],
            "labelFontSize": 11,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
        },
        "legend": {"labelColor": tone["text"], "labelFontSize": 12, "symbolStrokeWidth": 2},
        "text": {"color": tone["text"], "fontSize": 11},
        "rule": {"color": tone["text"]},
        "tick": {"color": tone["text"]},
        "title": {"color": tone["text"]},
    }
