"""What is wrong with a formula, pointing at the character, with the nearest word that would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACES = str.maketrans("\n\r\t\f\v", "     ")
SHOWN = 12
"""How many known words an error lists at most."""


class FormulaError(UserMistake):
    """A formula that says nothing, or something that must not be said.

    ``text`` is the formula and ``position`` the index of the character at fault, counted from 0.
    """

    def __init__(
        self, message: str, *, text: str, position: int = 0, hint: str = "", where: str = "", code: str = "formula"
    ) -> None:
        """Keep text and place beside the words."""
        self.text = text
        self.position = max(0, min(position, len(text)))
        super().__init__(f"{message} (character {self.position + 1})", where=where, hint=hint, code=code)

    @property
    def pointer(self) -> str:
        """The formula on one line and a caret under the place, for a terminal."""
        line = self.text.translate(_SPACES)
        return f"{line}\n{' ' * self.position}^"


def nearest(word: str, words: Iterable[str]) -> str:
    """The known word most like this one, or an empty text where none is like it."""
    import difflib  # noqa: PLC0415 (only mistakes need it)

    folded = {candidate.casefold(): candidate for candidate in words}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else ""


def suggestion(word: str, words: Iterable[str], *, known: str) -> str:
    """Say the nearest word, and otherwise what is known there."""
    choices = sorted(set(words))
    like = nearest(word, choices)
    if like:
        return f"Did you mean {like!r}?"
    if not choices:
        return ""
    more = ", …" if len(choices) > SHOWN else ""
    return f"{known}: {', '.join(choices[:SHOWN])}{more}."
