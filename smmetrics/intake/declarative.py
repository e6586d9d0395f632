"""Tables whose source is data: columns laid over the header, cells cast, rows shaped, sums checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.api.errors import BadData, PluginFault, UserMistake
from smmetrics.intake.agreeing import Agreeing
from smmetrics.intake.blocks import Block
from smmetrics.intake.casts import Ways
from smmetrics.intake.cells import null_marks, read_cells
from smmetrics.intake.daily import check_daily
from smmetrics.intake.footers import footers, numbered, without_notes
from smmetrics.intake.grid import texts
from smmetrics.intake.heading import heading
from smmetrics.intake.idclock import Disagreeing
from smmetrics.intake.jsontable import JsonTable
from smmetrics.intake.madeids import MadeIds
from smmetrics.intake.moments import NTH, formats, needs_year
from smmetrics.intake.numerals import grammar
from smmetrics.intake.outcome import Outcome
from smmetrics.intake.plan import lay
from smmetrics.intake.shaping import shape, whole_lives, with_constants
from smmetrics.intake.sniff import grid_of
from smmetrics.intake.summing import check_sums
from smmetrics.intake.table import Table
from smmetrics.intake.totals import Totals
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smmetrics.api import facts
    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source
    from smmetrics.intake.encoding import Text
    from smmetrics.intake.persons import Persons
    from smmetrics.intake.pieces import Window
    from smmetrics.intake.plan import Plan
    from smmetrics.intake.ranges import Range
    from smmetrics.intake.records import Answers
    from smmetrics.intake.splitting import Row

    Take = Callable[[Mapping[str, pl.DataFrame]], None]


def read_table(
    source: Source,
    text: Text,
    *,
    preview: Preview,
    tables: Mapping[str, facts.Table],
    answers: Answers,
    named: Range,
    take: Take,
    tell: Callable[[int, int, int], None],
    persons: Persons,
) -> Outcome:
    """Read a table. ``take`` is given the rows, window by window; ``tell`` bytes, records and rejected so far.

    ``persons`` takes the names out of the rows.

    Raises `BadData` where the header is not the source's, `UserMistake` where an answer is lacking.
    """
    table, header = open_records(source, text, preview)
    plan = lay(source, header, tables)
    ways = _ways(plan, answers, named, sheet=bool(preview.sheet))
    if source.layout.daily:
        check_daily(plan, preview.records, ways)
    outcome, agreeing = Outcome(facts=plan.facts), Agreeing(plan)
    totals, clock = Totals(plan), Disagreeing(source.id_clock)
    span = {"start": named.start, "end": named.end}
    with_rows = 0
    ids = MadeIds(plan)
    for given in table.windows(plan.wanted, nulls=null_marks(plan)):
        window = _without_empty(given, outcome) if isinstance(preview.block, Block) else given
        frames = ids.given(_read_window(window, plan, ways, outcome, (totals, agreeing)), window.frame)
        clock.note(frames)
        with_rows += _different(frames[source.table].get_column("record")) if frames else 0
        filled = {name: with_constants(plan, name, frame, span) for name, frame in frames.items()}
        take(persons.hidden(whole_lives(plan, filled, span)))
        tell(window.upto, outcome.records, len(outcome.rejected))
    outcome.agreed = agreeing.tables()
    origin = text.origin([place for each in outcome.rejected for place in (each.start, each.end)])
    outcome.rejected = [each.moved(origin) for each in outcome.rejected]
    _check_rows(outcome, with_rows)
    if said := ways.written.judged(ways.locale, stated=bool(answers.locale)):
        outcome.messages.append(said)
    if source.window == "range" and named.start is None and outcome.kept:
        outcome.messages.append(say("intake.range.unknown"))
    outcome.cut = any(each.reason == "unterminated_last_record" for each in outcome.rejected)
    outcome.cut |= isinstance(table, JsonTable) and table.unfinished
    behind = table.records.behind if isinstance(table, JsonTable) else ""
    outcome.messages += filter(None, (behind, totals.words(), clock.words()))
    if plan.unread:
        shown = ", ".join(plan.unread[:5]) + (" …" if len(plan.unread) > 5 else "")  # noqa: PLR2004 (a line's room)
        are = "column is" if len(plan.unread) == 1 else "columns are"
        outcome.messages.append(f"{len(plan.unread)} {are} not read: {shown}")
    return outcome


def _check_rows(outcome: Outcome, with_rows: int) -> None:
    """Every record that is kept has a row in the source's own table. Raises `PluginFault` otherwise."""
    if with_rows != outcome.kept:
        message = f"{outcome.kept} records are kept and {with_rows} have rows."
        raise PluginFault(message, hint="Nothing was stored; this is a fault of the reader.", code="records.lost")


def open_records(source: Source, text: Text, preview: Preview) -> tuple[Table | JsonTable, tuple[str, ...]]:
    """The records of a table or of a JSON file, and the names of their cells."""
    if source.container == "json":
        table = JsonTable(source, text)
        return table, table.header
    return open_table(source, text, preview)


def open_table(source: Source, text: Text, preview: Preview) -> tuple[Table, tuple[str, ...]]:
    """The records behind a table's header, and the header. Raises `BadData` where there is no such row."""
    grid = grid_of(text, delimiter="," if preview.sheet else source.layout.delimiter or preview.delimiter)
    block = preview.block if isinstance(preview.block, Block) else None
    rows = block.rows if block else [texts(row) for row in grid.first]
    found = heading(rows, source)
    if found is None:
        wanted = source.layout.preamble + source.layout.header_row + 1
        message = f"The table has {len(rows)} rows, and {source.id} expects its header in row {wanted}."
        raise BadData(message, hint=source.how_to_get, code="header.absent")
    if block:
        start, end = min(block.places[found.last], text.size), min(block.end, text.size)
    else:
        start, end = min(grid.start + grid.first[found.last].next, text.size), text.size
        _check_header(grid.first[found.last], is_all=start >= text.size)
    line = 1 + text.read(text.start, start).count(grid.newline)
    table = Table(text, grid, start=start, line=line, width=len(found.names), end=end, open_end=source.layout.open_end)
    return table, found.names


def _check_header(row: Row, *, is_all: bool) -> None:
    """Raise `BadData` where a damaged mark made the records below the header a part of it.

    A name may well go over two lines; then its marks stand right, and records follow.
    """
    goes_on = any(b"\n" in cell or b"\r" in cell for cell in row.cells)
    if goes_on and (row.faulty or not row.whole or is_all):
        raise BadData(say("files.header"), hint=say("files.header_hint"), code="header.damaged")


def _ways(plan: Plan, answers: Answers, named: Range, *, sheet: bool) -> Ways:
    """How this file writes things. What a source asks for and nobody said is the user's to say, never guessed."""
    source = plan.source
    if "locale" in source.asks and not answers.locale:
        raise _unanswered(source, "in which language numbers are written", "--locale en")
    if answers.year is None and any(needs_year(mapped.column.parse) for mapped in plan.columns):
        raise _unanswered(source, "of which year its dates are", "--year 2026")
    if named.start is None and any(NTH in formats(mapped.column.parse) for mapped in plan.columns):
        raise BadData(say("intake.range.no_first"), hint=say("intake.range.no_first_hint"), code="answer.missing")
    locale = answers.locale or source.layout.locale
    grammar(locale)
    return Ways(locale=locale, zone=answers.zone or "UTC", year=answers.year, first=named.start, dates=sheet)


def _unanswered(source: Source, what: str, option: str) -> UserMistake:
    message = f"{source.title}: the file does not say {what}."
    return UserMistake(message, hint=f"Say it, for example: {option}.", code="answer.missing")


def _read_window(
    window: Window, plan: Plan, ways: Ways, outcome: Outcome, seen: tuple[Totals, Agreeing]
) -> dict[str, pl.DataFrame]:
    """The rows of a window's good records by table, checked; what became of the others is noted."""
    totals, agreeing = seen
    outcome.records += window.records
    outcome.blank += window.blank
    outcome.not_taken.update(window.left)
    broken = without_notes(window.rejected, plan)
    outcome.footer += len(window.rejected) - len(broken)
    outcome.rejected.extend(broken)
    if not window.frame.height:
        return {}
    frame = window.frame
    values = read_cells(frame, plan, ways)
    agreeing.note(values)
    footer = footers(frame, plan, numbered(plan, values))
    for row in footer:
        values.faults.pop(row, None)
    outcome.footer += len(footer)
    if plan.source.layout.footer:
        totals.note(values, footer)
    places = {mapped.header: mapped.index for mapped in plan.columns}
    outcome.rejected.extend(window.rejections(values.faults, places))
    kept = pl.Series([True]).new_from_index(0, frame.height)
    dropped = [*values.faults, *footer]
    if dropped:
        kept = kept.scatter(dropped, values=False)
    frames = shape(plan, values, frame.get_column("record"), kept)
    check_sums(frame, plan, values, kept=kept, frames=frames, locale=ways.locale)
    return frames


def _without_empty(window: Window, outcome: Outcome) -> Window:
    """The window less the rows that are empty in this table's columns: only the table beside it goes on there."""
    cells = [name for name in window.frame.columns if name != "record"]
    quoted = window.positions is not None
    if any(_is_filled(window.frame.get_column(name), quoted=quoted) for name in cells):
        return window
    empty = pl.all_horizontal((pl.col(name).fill_null("") == "") for name in cells)
    filled = window.frame.select(~empty).to_series()
    outcome.blank += int((~filled).sum())
    return window.only(filled)


def _is_filled(cells: pl.Series, *, quoted: bool) -> bool:
    """Whether no cell of a column is empty; where none is ``quoted``, an empty one is null."""
    return not cells.null_count() and not (quoted and bool((cells == "").any()))


def _different(numbers: pl.Series) -> int:
    """How many records some rows are of: their numbers are near one another."""
    first, last = numbers.min(), numbers.max()
    if not (isinstance(first, int) and isinstance(last, int)):
        return 0
    if len(numbers) <= last - first + 1 and bool((numbers[1:] > numbers[:-1]).all()):
        return len(numbers)  # most tables have a row for each record, in their order
    seen = np.zeros(last - first + 1, np.bool_)
    for part in numbers.get_chunks():
        seen[part.to_numpy() - first] = True
    return int(np.count_nonzero(seen))
