"""The text of a strategy file as blocks, each a header and what stands below it, so that whole blocks come and go.

A comment that stands directly below a block's last key belongs to the block; one behind a blank line belongs to what
follows, as people write them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from smmetrics.strategy.locate import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.strategy.faults import Path

OPEN = ("…", '"…"', '["…"]')
"""Values of a remark that asks for a line: `# hours_per_week = …`."""


class Layout:
    """Lines of a text, and which of them belong to which header. The first block has no header."""

    def __init__(self, text: str) -> None:
        """Find the headers of a valid text."""
        self.lines = split_lines(text)
        found = [((), 1), *locate(text).headers]
        starts = [line - 1 for _, line in found]
        self.paths: list[Path] = [path for path, _ in found]
        self.spans = list(pairwise([*starts, len(self.lines)]))

    def header_of(self, keys: Sequence[str | int]) -> Path:
        """The longest beginning of a place that has a header of its own."""
        whole = tuple(keys)
        return max((path for path in self.paths if whole[: len(path)] == path), key=len)

    def under(self, keys: Sequence[str | int]) -> list[int]:
        """The blocks of a place and of everything in it."""
        place = tuple(keys)
        return [at for at, path in enumerate(self.paths) if path and path[: len(place)] == place]

    def with_line(self, header: Path, line: str) -> str:
        """The text with one more line: in place of the block's remark that asks for it, else behind its last key."""
        at = self.paths.index(header)
        asked = {f"# {line.partition('=')[0].rstrip()} = {value}" for value in OPEN}
        for place in range(*self.spans[at]):
            if self.lines[place].startswith("# ["):
                break
            if self.lines[place].strip() in asked:
                return "".join([*self.lines[:place], line, *self.lines[place + 1 :]])
        return self._with(self._last_key(at), [line])

    def with_block(self, keys: Sequence[str | int], block: str, order: Sequence[str]) -> str:
        """The text with one more block: behind its kin, else where the order of the file has it."""
        end = self._end(self._before(tuple(keys), order))
        above = bool(end) and bool(self.lines[end - 1].strip())
        below = end < len(self.lines) and bool(self.lines[end].strip())
        return self._with(end, ["\n"] * above + [block] + ["\n"] * below)

    def without(self, keys: Sequence[str | int]) -> str:
        """The text without the blocks of a place."""
        gone = self.under(keys)
        kept = list(self.lines)
        for at in reversed(gone):
            start, stop = self.spans[at]
            end = stop if at + 1 in gone else self._end(at)
            while end < stop and not kept[end].strip():
                end += 1
            del kept[start:end]
        return "".join(kept)

    def behind_header(self, at: int) -> str:
        """What stands on a header's line behind its closing bracket: blanks, a remark, the line end."""
        line = self.lines[at]
        quoted = ""
        for place, letter in enumerate(line):
            if quoted:
                quoted = "" if letter == quoted and line[place - 1] != "\\" else quoted
            elif letter in "\"'":
                quoted = letter
            elif letter == "]" and not line[place + 1 :].startswith("]"):
                return line[place + 1 :]
        return "\n"

    def _before(self, keys: Path, order: Sequence[str]) -> int:
        """The block that a new one comes behind."""
        for length in range(len(keys), 0, -1):
            kin = self.under(keys[:length])
            if kin:
                return kin[-1]
        rank = order.index(str(keys[0])) if keys[0] in order else len(order)
        earlier = [at for at, path in enumerate(self.paths) if not path or path[0] in order[:rank]]
        return earlier[-1] if rank < len(order) else len(self.paths) - 1

    def _last_key(self, at: int) -> int:
        """The line behind a block's last key, or behind its header."""
        start, end = self.spans[at]
        while end > start and _idle(self.lines[end - 1]):
            end -= 1
        return end if end > start or self.paths[at] else self._head()

    def _head(self) -> int:
        """Where a file that has no key before its first header begins to say something: behind its first remark."""
        start, stop = self.spans[0]
        blank = (at for at in range(start, stop) if not self.lines[at].strip())
        return next(blank, start - 1) + 1

    def _end(self, at: int) -> int:
        """The line behind a block and the remarks directly below it."""
        end, stop = self._last_key(at), self.spans[at][1]
        while end < stop and self.lines[end].strip():
            end += 1
        return end

    def _with(self, at: int, more: list[str]) -> str:
        lines = list(self.lines)
        if at and not lines[at - 1].endswith("\n"):
            lines[at - 1] += "\n"
        return "".join([*lines[:at], *more, *lines[at:]])


def _idle(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def split_lines(text: str) -> list[str]:
    """Lines end with a line feed and with nothing else."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
