"""Build hook: puts the script that draws charts together, so that nothing is fetched where smmetrics runs.

The libraries (Vega, Vega-Lite, Vega-Embed) are inside vl-convert; no Node is needed. The same release of it gives the
same script, byte for byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import vl_convert
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path(__file__).parent / "smmetrics" / "panels" / "charts" / "static"
_CALL = "globalThis.smmetricsEnding("


class ScriptHook(BuildHookInterface[Any]):
    """Writes ``vega.js`` before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Write the script where the package reads it."""
        (STATIC / "vega.js").write_text(script(), encoding="utf-8", newline="\n")


def script() -> str:
    """The libraries as one statement that names ``vegaEmbed`` and nothing else, under their authors' notices.

    It stands in a page's script element as well as ahead of a module's own code.
    """
    bundle = vl_convert.javascript_bundle(f"{_CALL}vegaEmbed);").rstrip().removesuffix(";")
    body, found, ending = bundle.rpartition(_CALL)
    name = ending.removesuffix(")")
    if not found or not name.replace("$", "").isidentifier() or "</script" in body.lower():
        message = "the bundle of this vl-convert does not look as it did: charts would have no script"
        raise RuntimeError(message)
    notice = (STATIC / "NOTICE.txt").read_text(encoding="utf-8")
    return f'/*!\n{notice}*/\nvar vegaEmbed=(()=>{{"use strict";{body}return {name};}})();\n'
