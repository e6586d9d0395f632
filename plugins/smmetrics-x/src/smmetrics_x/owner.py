"""Whose posts a file holds: an account's own, where all are by one author or the user says so; else many people's.

The account is not asked for where the file says it. Where no post names its author, nobody can know, and it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from smmetrics.api import UserMistake

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Context
    from smmetrics_x.said import Who


PEEKED = 2_000
"""Posts by which a file is taken for one author's; somebody else's behind them stay somebody else's."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The account a file is of, by number and handle; none where it holds many people's posts."""

    handle: str = ""
    number: str = ""
    messages: tuple[str, ...] = ()

    def account_of(self, who: Who) -> str | None:
        """The account of a post by this author: None where it is somebody else's."""
        if not self.handle:
            return None
        if not who:
            return self.handle
        same = who.handle.lower() == self.handle.lower() if who.handle else who.number == self.number
        return self.handle if same else None


def owner(context: Context, authors: Iterable[Who]) -> Owner:
    """The owner of a file with these authors. Raises `UserMistake` where no author is named and nobody said whose."""
    said = context.answers.get("account", "").removeprefix("@")
    first: Who | None = None
    for who in islice(authors, PEEKED):
        if first is not None and (who.number or who.handle) != (first.number or first.handle):
            return Owner(said) if said else Owner(messages=(MANY,))
        first = first or who
    if first is None or not first:
        if said:
            return Owner(said)
        message = "No post of this file names its author."
        hint = (
            "Say whose posts they are, for example: --account NAME. If they are several people's, get them again with "
            "their authors."
        )
        raise UserMistake(message, hint=hint, code="answer.missing")
    handle = first.handle or said or first.number
    if said and said.lower() != handle.lower():
        return Owner(said)
    return Owner(handle, first.number)


MANY = (
    "The file holds posts of several accounts: whose they are is known by their authors, and no account's days are "
    "covered."
)
