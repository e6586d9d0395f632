"""What keeps a report file closed: a policy that loads nothing, hashes of its scripts, data nobody takes for code.

The policy stands in the file itself, so that it holds wherever the file is opened.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from smmetrics.panels.markup import Markup, ours

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAID_OTHERWISE = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
"""Characters that could end a script element, begin a comment or a line: JSON can say them by number."""


def policy(scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page that runs these scripts and no other, and loads nothing."""
    hashes = " ".join(f"'sha256-{digest(script)}'" for script in scripts) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hashes}",
            "style-src 'unsafe-inline'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def digest(script: str) -> str:
    """SHA-256 of a script as a policy writes it."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


def script(text: str) -> Markup:
    """A script of ours, to run. What would end its element or change how it is read is refused, never rewritten.

    A browser ends a script at ``</script``, and reads it otherwise after ``<!--``.
    """
    lower = text.lower()
    if "</script" in lower or "<!--" in lower:
        message = "a script holds what ends a script element"
        raise ValueError(message)
    return ours(f"<script>{text}</script>")


def data(name: str, value: object) -> Markup:
    """A block of data that a script finds by its id. Browsers do not run it, and nothing in it can end it."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"), default=str)
    for char, number in _SAID_OTHERWISE.items():
        text = text.replace(char, number)
    return ours(f'<script type="application/json" id="{name}">{text}</script>')
