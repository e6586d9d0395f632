"""What reading and review hand back: faults (the file cannot be taken) and findings (it can, and lacks something)."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from smmetrics.api.errors import UserMistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Path = tuple[str | int, ...]
"""A place in the document: keys, and numbers (from 0) where the document has a list."""
Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something in the file that cannot be understood: where, what was found, what is allowed."""

    code: str
    message: str
    line: int
    where: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """One line: line, place, message, hint."""
        place = f"line {self.line}" + (f", {self.where}" if self.where else "")
        return f"{place}: {self.message}" + (f" {self.hint}" if self.hint else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something the strategy lacks or should look at again.

    ``where`` is the place in the file (``goals.answer-people``), ``accepted`` the reason written in ``[[accept]]``
    (empty: not accepted). An accepted finding is shown, and asks for nothing. ``docs`` is the page and section that
    says what the code means, why it matters, how to mend it and how to accept it. ``places``: every place and line of
    a finding that speaks of several.
    """

    code: str
    level: Level
    message: str
    where: str = ""
    line: int = 0
    hint: str = ""
    accepted: str = ""
    docs: str = ""
    places: tuple[str, ...] = ()


class StrategyFaults(UserMistake):
    """All faults of one file at once, in the order of its lines."""

    def __init__(self, faults: Sequence[Fault], *, file: str) -> None:
        """Sort by line, and say them all."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        count = f"{len(self.faults)} faults" if len(self.faults) > 1 else "1 fault"
        message = "\n  ".join([f"{count}:", *map(str, self.faults)])
        super().__init__(message, where=file, code="strategy.faults")


def nearest(word: str, allowed: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The allowed word that ``word`` probably means, or an empty text. ``cutoff`` 1 takes only the word itself."""
    by_fold = {name.casefold(): name for name in allowed}
    found = get_close_matches(word.casefold(), by_fold, n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else ""


def nearest_id(id_: str, allowed: Iterable[str]) -> str:
    """The same for ``pack.name``: the name alone is compared, since what a pack's ids share says nothing."""
    by_name = {known.rpartition(".")[2]: known for known in allowed}
    found = nearest(id_.rpartition(".")[2], by_name)
    return by_name[found] if found else ""


def did_you_mean(word: str, allowed: Iterable[str], *, known: str = "Known") -> str:
    """A hint: the nearest word, or the whole list where nothing is near."""
    names = tuple(allowed)
    near = nearest(word, names)
    if near:
        return f"Did you mean {near!r}?"
    return f"{known}: {', '.join(names)}." if names else ""


def dotted(path: Path) -> str:
    """A place as a person writes it: ``goals.answer-people.targets[2].value`` (lists counted from 1)."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text
