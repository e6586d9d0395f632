"""Commands in a sentence, as they have to be typed in a terminal that may be in another folder."""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "smmetrics "
NAMES = (
    *("baseline", "channels", "coverage", "decide", "decisions", "doctor", "explain", "export", "forget", "formula"),
    *("forms", "import", "imports", "lab", "map", "measure", "metrics", "next", "plugins", "privacy", "promises"),
    *("quarantine", "report", "review", "schema", "sniff", "sql", "strategy", "table", "vacuum"),
)
"""Commands that ask for a folder."""
_OURS = re.compile(rf"\b{PROGRAM}(?=(?:{'|'.join(NAMES)})\b)")


def in_folder(text: str, folder: Path) -> str:
    """The text, each command of ours in it with the folder; a sentence that begins with our name alone is none."""
    return _OURS.sub(lambda _: f"{PROGRAM}-w {quote(str(folder))} ", text) if PROGRAM in text else text
