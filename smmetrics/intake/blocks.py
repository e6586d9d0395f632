"""Several tables in one text: one below the other, divided by blank rows, or beside one another by empty columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from smmetrics.intake.notable import notable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.intake.encoding import Text
    from smmetrics.intake.grid import Grid
    from smmetrics.intake.splitting import Row

MOST = 1 << 26
"""A text larger than this is one table."""
KEPT = 50
COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Block:
    """One table among several.

    ``title``: the row above it, if any; ``above``: the comments above it, those of tables before it too; ``rows``: its
    first ones as text, from its header on, outside columns empty; ``start`` and ``end``: where its text begins and
    ends; ``width``: cells of a row; ``columns``: from and behind the last; ``name``: what to call it.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    start: int
    end: int
    width: int
    columns: tuple[int, int]
    name: str
    places: tuple[int, ...]
    above: str = ""


@dataclass(slots=True)
class _Stack:
    """Rows that follow one another without a blank one: the first of them, and where the last one ends."""

    title: str
    rows: list[tuple[Row, tuple[str, ...]]] = field(default_factory=list)
    behind: int = 0
    above: str = ""


def blocks(text: Text, grid: Grid) -> tuple[Block, ...]:
    """The tables of a text, as blank rows, comments and empty columns divide it; none of a large text."""
    if text.size - grid.start > MOST:
        return ()
    found = [block for stack in _stacks(text, grid) for block in _beside(stack, grid)]
    named = [_named(block, number) for number, block in enumerate(found, start=1)]
    return tuple(named)


def _stacks(text: Text, grid: Grid) -> Iterator[_Stack]:
    data = text.read(grid.start, text.size)
    stack = _Stack("")
    comments: list[str] = []
    for row in notable(data, delimiter=grid.delimiter, newline=grid.newline, following=KEPT + 1):
        if isinstance(row, range):
            stack.behind = row.stop
            continue
        cells = tuple(cell.decode("utf-8", "replace") for cell in row.cells)
        filled = [cell for cell in cells if cell.strip()]
        divides = not filled or (cells[0].startswith(COMMENT) and not _is_whole(filled, stack))
        if filled and divides:
            comments.append(grid.delimiter.decode().join(cells).rstrip())
        if divides and stack.rows:
            yield stack
            stack = _Stack("")
        if not divides and not stack.rows and len(filled) == 1 and not stack.title:
            stack.title = filled[0].strip()
        elif not divides:
            if not stack.rows:
                stack.above = "\n".join(comments)
            if len(stack.rows) < KEPT:
                stack.rows.append((row, cells))
            stack.behind = row.next
    if stack.rows:
        yield stack


def _is_whole(filled: list[str], stack: _Stack) -> bool:
    """Whether a row fills all columns of the table above it: then it is no comment, whatever it begins with."""
    return bool(stack.rows) and 1 < len(filled) >= sum(bool(name.strip()) for name in stack.rows[0][1])


def _beside(stack: _Stack, grid: Grid) -> Iterator[Block]:
    """A stack's tables: runs of columns that have a name."""
    titles, stack = _titled(stack)
    header = stack.rows[0][1]
    runs = _runs(header)
    first = stack.rows[0][0]
    for begin, behind in runs:
        yield Block(
            title=titles.get((begin, behind), stack.title),
            rows=tuple(_only(cells, begin, behind) for _, cells in stack.rows),
            start=grid.start + first.start,
            end=grid.start + stack.behind,
            width=len(header),
            columns=(begin, behind),
            name="" if len(runs) == 1 or titles else f"columns {_letters(begin)}–{_letters(behind - 1)}",
            above=stack.above,
            places=tuple(grid.start + row.next for row, _ in stack.rows),
        )


def _runs(header: tuple[str, ...]) -> list[tuple[int, int]]:
    """Columns with a name that stand beside one another: from and behind the last."""
    runs: list[tuple[int, int]] = []
    for place, name in enumerate(header):
        if not name.strip():
            continue
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _titled(stack: _Stack) -> tuple[dict[tuple[int, int], str], _Stack]:
    """The titles of tables beside one another, where the first row holds one for each, and the stack below it."""
    if len(stack.rows) < 3 or stack.title:  # noqa: PLR2004 (titles, header and something below)
        return {}, stack
    (_, above), (_, header) = stack.rows[:2]
    runs = [(begin, behind) for begin, behind in _runs(header) if behind - begin > 1]
    placed = [(place, title.strip()) for place, title in enumerate(above) if title.strip()]
    titles = {run: title for run in runs for place, title in placed if run[0] <= place < run[1]}
    if not len(runs) == len(titles) == len(placed) > 1:
        return {}, stack
    return titles, replace(stack, rows=stack.rows[1:])


def _named(block: Block, number: int) -> Block:
    name = " ".join(filter(None, (block.title, block.name))) or f"table {number}"
    return replace(block, name=name)


def _only(cells: tuple[str, ...], begin: int, behind: int) -> tuple[str, ...]:
    return tuple(cell if begin <= place < behind else "" for place, cell in enumerate(cells))


def _letters(place: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)  # noqa: PLR2004 (letters)
