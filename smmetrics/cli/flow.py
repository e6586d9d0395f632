"""Text that fits the screen: paragraphs that hang under their first word, and columns whose cells wrap.

Text from platforms and from strategy files is a stranger's: control characters are shown as escapes.
"""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING

from smmetrics.cli.output import GAP, printable, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NARROWEST, WIDEST, USUAL = 40, 200, 100


def room() -> int:
    """How many columns there are: the terminal's, or what COLUMNS says; in a pipe, the usual ones."""
    return max(NARROWEST, min(WIDEST, get_terminal_size((USUAL, 24)).columns))


def wrapped(text: str, space: int) -> list[str]:
    """The text in lines of at most so many columns; a word longer than a line is cut."""
    lines: list[str] = []
    line, used = "", 0
    for word in _pieces(printable(text).split(), space):
        # Each word is measured once: a line is as wide as its words and the blanks between them.
        more = width(word)
        if not line:
            line, used = word, more
        elif used + 1 + more <= space:
            line, used = f"{line} {word}", used + 1 + more
        else:
            lines.append(line)
            line, used = word, more
    return [*lines, line] if line or not lines else lines


def hanging(text: str, space: int, *, first: str = "", then: str | None = None) -> list[str]:
    """A paragraph: ``first`` before its first line, ``then`` (default: as many blanks) before the others."""
    follow = " " * width(first) if then is None else then
    lines = wrapped(text, max(NARROWEST // 2, space - max(width(first), width(follow))))
    return [(first if place == 0 else follow) + line for place, line in enumerate(lines)]


class Columns:
    """Columns whose cells wrap: as wide as their rows want, together at most ``space``.

    ``shares`` say how the space is dealt out among columns that want more than their part.
    """

    def __init__(self, rows: Sequence[Sequence[str]], space: int, *, indent: str = "", shares: Sequence[int]) -> None:
        """Measure the rows."""
        self._indent = indent
        self._widths = _widths(rows, space - width(indent) - width(GAP) * (len(shares) - 1), shares)

    def lines(self, *rows: Sequence[str]) -> Iterator[str]:
        """Rows as lines."""
        for row in rows:
            cells = [wrapped(text, room) for text, room in zip(row, self._widths, strict=True)]
            for place in range(max(map(len, cells))):
                parts = [cell[place] if place < len(cell) else "" for cell in cells]
                padded = (text + " " * (room - width(text)) for text, room in zip(parts, self._widths, strict=True))
                yield (self._indent + GAP.join(padded)).rstrip()


def _widths(rows: Sequence[Sequence[str]], space: int, shares: Sequence[int]) -> list[int]:
    """What each column wants, if all can have it; else its share, what modest columns leave given to the others."""
    wants = [max(1, *(width(printable(row[place])) for row in rows)) for place in range(len(shares))]
    given: dict[int, int] = {}
    while len(given) < len(wants):
        left = space - sum(given.values())
        open_ = [place for place in range(len(wants)) if place not in given]
        parts = {place: left * shares[place] // sum(shares[each] for each in open_) for place in open_}
        modest = [place for place in open_ if wants[place] <= parts[place]]
        given |= {place: wants[place] for place in modest} if modest else {p: max(6, parts[p]) for p in open_}
    return [given[place] for place in range(len(wants))]


def _pieces(words: Iterable[str], space: int) -> Iterable[str]:
    for word in words:
        rest = word
        while width(rest) > space:
            cut = _cut(rest, space)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _cut(word: str, space: int) -> int:
    """How many characters of a word fit: after a mark that may end a line, if one stands late enough."""
    fits = next(n for n in range(len(word), 0, -1) if width(word[:n]) <= max(space, 2))
    marks = [n for n in range(fits, fits // 2, -1) if word[n - 1] in "_-./:,+"]
    return marks[0] if marks else fits
