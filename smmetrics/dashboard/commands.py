"""Commands in what a dashboard says, as they have to be typed in a terminal that may be in another folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.words.commands import in_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from smmetrics.panels.results import Card, PanelResult


class Commands:
    """Says of which folder a command is, where one has to."""

    def __init__(self, folder: Path | None = None) -> None:
        """``folder``: of the workspace shown; none where commands are typed in it anyway."""
        self._folder = folder

    def typed(self, text: str) -> str:
        """The text, with the folder in each of its commands."""
        return in_folder(text, self._folder) if self._folder else text

    def results(self, results: Iterable[PanelResult]) -> tuple[PanelResult, ...]:
        """Panels, with the folder in each of the commands they name."""
        if not self._folder:
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
