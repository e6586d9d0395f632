"""Commands in what a dashboard says, as they have to be typed in a terminal that may be in another folder."""

from __future__ import annotations

import re
from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from smmetrics.panels.results import Card, PanelResult

PROGRAM = "smmetrics "
NAMES = (
    *("baseline", "channels", "coverage", "decide", "decisions", "doctor", "explain", "export", "forget", "formula"),
    *("forms", "import", "imports", "lab", "map", "measure", "metrics", "next", "plugins", "privacy", "promises"),
    *("quarantine", "report", "review", "schema", "sniff", "sql", "strategy", "table", "vacuum"),
)
"""Commands that ask for a folder."""
_OURS = re.compile(rf"\b{PROGRAM}(?=(?:{'|'.join(NAMES)})\b)")


class Commands:
    """Says of which folder a command is, where one has to."""

    def __init__(self, folder: Path | None = None) -> None:
        """``folder``: of the workspace shown; none where commands are typed in it anyway."""
        self._said = f"{PROGRAM}-w {quote(str(folder))} " if folder else ""

    def typed(self, text: str) -> str:
        """The text, with the folder in each of its commands."""
        return _OURS.sub(lambda _: self._said, text) if self._said and PROGRAM in text else text

    def results(self, results: Iterable[PanelResult]) -> tuple[PanelResult, ...]:
        """Panels, with the folder in each of the commands they name."""
        if not self._said:
            return tuple(results)
        return tuple(
            replace(
                result,
                words=self._all(result.words),
                notes=self._all(result.notes),
                cards=tuple(map(self._card, result.cards)),
            )
            for result in results
        )

    def _card(self, card: Card) -> Card:
        return replace(card, reason_text=self.typed(card.reason_text), would_do=self._all(card.would_do))

    def _all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self.typed, texts))
