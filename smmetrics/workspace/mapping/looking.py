"""Look at a file that nobody knows: which tables it holds, which row names the columns, what stands in them."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData, SmmetricsError, UserMistake
from smmetrics.intake.blocks import blocks
from smmetrics.intake.contents import opened
from smmetrics.intake.copying import private_copy
from smmetrics.intake.encoding import Text, encoding_of
from smmetrics.intake.recognising import Recogniser
from smmetrics.intake.sniff import grid_of
from smmetrics.intake.splitting import rows
from smmetrics.intake.turning import turned
from smmetrics.intake.unopened import shown, unreadable
from smmetrics.words import say
from smmetrics.workspace.mapping import jsonlooking
from smmetrics.workspace.mapping.heads import refuse_pivots, two_rows
from smmetrics.workspace.mapping.values import nature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from smmetrics.api import Preview, Source
    from smmetrics.intake.blocks import Block
    from smmetrics.intake.contents import Content
    from smmetrics.workspace.mapping.values import Nature

_SUM = (
    "(?i)^(?:grand |sub-?)?(?:total|totals|totale|totales|totali|totais|totaux|totaal|sum|sums|summe|summen|gesamt|"
    "insgesamt|gesamtsumme|zwischensumme|somme|suma|soma|razem|average|avg|mean|durchschnitt|mittelwert|moyenne|"
    "promedio|ytd|合計|Ø)"
)
SUMS = (rf"{_SUM}\b",)
"""First cells of rows beside which days stand, and heads of columns, that sum up others."""
SUMS_ALONE = (rf"{_SUM}(?: g[eé]n[eé]rale?| geral)?(?:\s+(?:Q[1-4]|\d[\d./-]*))?\s*(?:[:=(].*)?$",)
"""The same of rows that begin with words: a post may begin with one of these, and a brand's name too."""
HEAD = 4 << 20
MOST, CELLS = 5000, 200_000
"""Rows that are looked at, and cells: fewer rows of a wide table."""
SHARE, SOME = 0.6, 6
SENTENCE = 3
"""So many words are something that was said, and no name."""
FIRST = 40
"""Rows in which a header is looked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A table of a file: its columns with what stands in them, and where its header is.

    ``across``: it stands on its side, months or days across. ``unit_row``: two rows name its columns. ``block``: the
    title above it, where it is one of several in a sheet. ``read_as``: what installed plugins take it for.
    ``likely``: of lists in one JSON file, how likely this is the one that is meant (0 to 2); ``lists``: all of them,
    with how long they are.
    """

    part: str
    header: tuple[str, ...]
    natures: tuple[Nature, ...]
    header_row: int = 0
    across: bool = False
    delimiter: str = ""
    unit_row: bool = False
    block: str | None = None
    json: bool = False
    records: str = ""
    read_as: str = ""
    height: int = 0
    likely: float = 0.0
    lists: tuple[tuple[str, int], ...] = ()

    @property
    def named(self) -> str:
        """How a list in a JSON file is called by those who choose it."""
        return self.records.removesuffix("[]")


def tables(path: Path, sources: Sequence[Source]) -> tuple[Seen, ...]:
    """The tables of a file. Raises `BadData` where it cannot be opened or holds none."""
    with tempfile.TemporaryDirectory(prefix="smmetrics-") as folder, _contents(path, Path(folder)) as contents:
        recogniser = Recogniser(tuple(sources))
        faults: list[SmmetricsError] = []
        found = [seen for content in contents for seen in _seen(content, path.name, recogniser, faults)]
    if not found and faults:
        raise faults[0]
    if not found:
        raise BadData(say("map.no_table", name=path.name), hint=say("map.no_table_hint"), code="map.no_table")
    return tuple(found)


def chosen(found: Sequence[Seen], part: str, name: str) -> Seen:
    """The table of that name, or the only one. Raises `UserMistake` where it is not clear which."""
    if part:
        for seen in found:
            if part in {seen.part, seen.part.rpartition("/")[2], seen.named}:
                return seen
        message = say("map.no_part", name=name, part=part)
        raise UserMistake(message, hint=say("map.parts", name=name, parts=_parts(found)), code="map.part")
    if len(found) > 1 and not is_one_json(found):
        raise UserMistake(say("map.parts", name=name, parts=_parts(found)), code="map.part")
    return found[0]


def is_one_json(found: Sequence[Seen]) -> bool:
    """Whether all tables are lists in one JSON file, the one that is meant most likely first."""
    return all(each.json and each.part in {found[0].part, _within(found[0].part, each.named)} for each in found)


def _within(part: str, name: str) -> str:
    return "/".join(filter(None, (part, name)))


def _parts(found: Sequence[Seen]) -> str:
    return ", ".join(repr(seen.part) for seen in found)


@contextmanager
def _contents(path: Path, folder: Path) -> Iterator[list[Content]]:
    try:
        with private_copy(path, folder) as copy, opened(copy.path, path.name, folder) as contents:
            yield contents
    except OSError as error:
        told = unreadable(path, error)
        raise UserMistake(told.message, where=shown(path), hint=told.hint, code=told.code) from error


def _seen(content: Content, name: str, recogniser: Recogniser, faults: list[SmmetricsError]) -> Iterator[Seen]:
    try:
        preview = recogniser.preview(content, name)
        read_as = next((each.source.id for each in recogniser.ranked(preview) if each.level != "possible"), "")
        if preview.container == "json":
            yield from _json(preview, content, read_as)
        elif preview.container != "csv":
            raise BadData(say("map.not_table", name=name), code="map.not_table")
        else:
            yield from _in_text(preview, content, read_as)
    except SmmetricsError as fault:
        faults.append(fault)


def _in_text(preview: Preview, content: Content, read_as: str) -> Iterator[Seen]:
    """The tables of a text: several where blank rows or columns divide it into some, else one."""
    grid, found = _rows(content, preview)
    several = [] if read_as else [each for block in found if (each := _block(block, content, preview))]
    if len(several) > 1 and len(several) == sum(len(block.rows) > 1 for block in found):
        yield from several
        return
    refuse_pivots(grid[_header(grid) or 0 :], content.part)
    seen = _table(grid, content.part, preview.delimiter)
    if seen is not None:
        yield replace(seen, read_as=read_as)


def _block(block: Block, content: Content, preview: Preview) -> Seen | None:
    """A table among several, if words name its columns."""
    begin, behind = block.columns
    body = [row[begin:behind] for row in block.rows]
    heads = nature(body[0])
    is_table = len(body) > 1 and behind - begin > 1 and not (heads.dated or heads.numeric)
    seen = _table(body, "/".join(filter(None, (content.part, block.name))), preview.delimiter) if is_table else None
    return None if seen is None or seen.across or seen.header_row else replace(seen, block=block.title)


def _table(grid: Sequence[tuple[str, ...]], part: str, delimiter: str) -> Seen | None:
    """The table in some rows, if words name its columns."""
    place = _header(grid)
    if place is None:
        return None
    place, names, two = two_rows(grid, place)
    seen = Seen(part=part, header=names, natures=(), header_row=place, delimiter=delimiter, unit_row=two)
    if not two and _is_across(grid[place:]):
        header, *columns = turned(grid)
        seen = replace(seen, header=header, header_row=0, across=True)
        return _with_natures(seen, [row for row in columns if not any(re.search(sign, row[0]) for sign in SUMS)])
    return _with_natures(seen, grid[place + 1 + two :])


def sums(first: Nature | None) -> tuple[str, ...]:
    """Signs of rows that sum up others, in a table whose first column is that."""
    return SUMS if first is not None and first.dated else SUMS_ALONE


def _without_sums(body: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows of a table without those that sum up others, which an import leaves out too."""
    days = nature([row[0] for row in body if row and not _is_sum(row, SUMS)])
    left = [row for row in body if not (row and _is_sum(row, sums(days)))]
    return left or body


def _is_sum(row: Sequence[str], signs: Sequence[str]) -> bool:
    return any(re.search(sign, row[0].strip()) for sign in signs)


def _with_natures(seen: Seen, body: Sequence[Sequence[str]]) -> Seen:
    body = body if seen.across else _without_sums(body)
    columns = [[row[place] if place < len(row) else "" for row in body] for place in range(len(seen.header))]
    columns = [column[1:] for column in columns] if _explained(columns) else columns
    filled = sum(any(cell.strip() for cell in row) for row in body)
    return replace(seen, natures=tuple(nature(column) for column in columns), height=filled)


def _explained(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the first row below the header says in words what the numbers in its columns are."""
    rest = [(column[0], nature(column[1:SOME])) for column in columns if len(column) > 1]
    counted = [(first, below) for first, below in rest if below.numeric]
    spoken = [first for first, _ in counted if first.strip() and not nature([first]).numeric]
    return bool(counted) and len(spoken) > len(counted) / 2


def _rows(content: Content, preview: Preview) -> tuple[list[tuple[str, ...]], tuple[Block, ...]]:
    """The first rows of a text, and the tables that it seems to hold."""
    path = content.open()
    text = Text(path, encoding_of(path))
    try:
        grid = grid_of(text, delimiter=preview.delimiter)
        body = text.read(grid.start, min(text.size, grid.start + HEAD))
        whole = grid.start + len(body) >= text.size
        divided = blocks(text, grid)
    finally:
        text.close()
    found: list[tuple[str, ...]] = []
    for row in rows(body, delimiter=grid.delimiter, newline=grid.newline):
        if len(found) == MOST or not (row.whole or whole):
            break
        if found and len(found) > FIRST and len(found) * len(row.cells) > CELLS:
            break
        found.append(tuple(cell.decode("utf-8", "replace").strip("\ufeff") for cell in row.cells))
    return found, divided


def _header(grid: Sequence[Sequence[str]]) -> int | None:
    """The row that names the columns: the first as wide as most rows are, whose cells are words that differ."""
    widths = Counter(width for row in grid if (width := sum(bool(cell.strip()) for cell in row)) > 1)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    for place, row in enumerate(grid[:FIRST]):
        names = [cell.strip() for cell in row if cell.strip()]
        if len(names) >= max(2, usual * SHARE) and (len(set(names)) == len(names) or len(names) >= usual):
            return place
    return None


def _is_across(grid: Sequence[Sequence[str]]) -> bool:
    """Whether the header holds months or days, and the first column words."""
    heads = nature([cell for cell in grid[0][1:] if not any(re.search(sign, cell) for sign in SUMS)])
    firsts = nature([row[0] for row in grid[1:] if row])
    return heads.dated and not heads.numeric and heads.distinct > 1 and not (firsts.dated or firsts.numeric)


def _json(preview: Preview, content: Content, read_as: str) -> Iterator[Seen]:
    """The lists of records in a JSON file, columns by their paths: the one with times and texts first."""
    found = []
    for place, held in jsonlooking.lists(content.open(), lines=preview.lines):
        columns = jsonlooking.columns(held)
        natures = tuple(nature(cells) for cells in columns.values())
        said = Seen(part=content.part, header=tuple(columns), natures=natures, json=True, records=place)
        likely = _likely(columns, natures) if columns else 0.0
        found += [replace(said, read_as=read_as, height=len(held), likely=likely)] if columns else []
    if not found:
        jsonlooking.check(content.open(), content.part or preview.name)
    found.sort(key=lambda each: (-each.likely, -each.height))
    lists = tuple((each.named, each.height) for each in found)
    yield from (replace(each, lists=lists) for each in found[:1])
    yield from (replace(each, part=_within(each.part, each.named), lists=lists, read_as="") for each in found[1:])


def _likely(columns: Mapping[str, Sequence[str]], natures: Sequence[Nature]) -> float:
    """How much a list looks like things that were said: the shares of its records with a time and with words."""
    dated = (each.dated and not each.numeric for each in natures)
    times = [_share(cells, bool) for cells, is_dated in zip(columns.values(), dated, strict=True) if is_dated]
    return max(times, default=0.0) + max(_share(cells, _is_said) for cells in columns.values())


def _share(cells: Sequence[str], of: Callable[[str], bool]) -> float:
    return sum(map(of, cells)) / max(len(cells), 1)


def _is_said(cell: str) -> bool:
    return len(cell.split()) >= SENTENCE
