"""The script that draws charts, offline: Vega's libraries in one piece, put together when the package is built."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from smmetrics.api.errors import Unavailable

STATIC = Path(__file__).parent / "static"
ASSET = STATIC / "vega.js"
EMBED = {"ast": True, "actions": False, "renderer": "svg", "defaultStyle": False}
"""How reports and widgets call ``vegaEmbed``: expressions are read, never run as code; no menu; marks in the page."""


@cache
def script() -> str:
    """JavaScript for a page's script element, or ahead of a module's own code.

    It states ``vegaEmbed``, and ``smmetricsEmbed(element, spec, {rows, config, dark})``, which calls it so that nothing
    is fetched, no text becomes code and no tooltip shows a picture.
    """
    if not ASSET.is_file():
        message = "the script that draws charts is missing"
        raise Unavailable(message, hint="In a clone of the repository: make env. Otherwise install smmetrics again.")
    return ASSET.read_text(encoding="utf-8") + (STATIC / "embed.js").read_text(encoding="utf-8")
