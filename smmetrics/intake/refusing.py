"""Whether so much of a file fails that it is not what it seems: then it is refused whole, with what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.intake import quarantine
from smmetrics.intake.numerals import written_in
from smmetrics.intake.records import REASONS
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.api.sources import Source
    from smmetrics.intake.outcome import Outcome
    from smmetrics.intake.records import Answers

ROOM, LISTED = 40, 8
"""Letters of a cell that a sentence has room for, and words of a list."""
CUT = "unterminated_last_record"
EARLY = re.compile(r"\b(?:18\d\d|19[0-6]\d)\b(?!:)")
EARLY_DAY = re.compile(r"\b(?:18\d\d|19[0-6]\d)-\d\d-\d\d\b")
"""A year before 1970 in a date, and such a day in a record whose cell is not known."""
IDS = frozenset({"id_precision_lost", "spreadsheet_error"})
"""Why ids are gone for good."""


def _reads(cell: str) -> str:
    """What a cell says, in brackets, as far as a sentence has room."""
    return f" ({cell if len(cell) <= ROOM else f'{cell[:ROOM]}…'!r})" if cell.strip() else ""


def words_known(source: Source | None, column: str) -> str:
    """The words that a column of a form allows, as far as a sentence has room; empty where it has no list."""
    columns = source.form.columns if source is not None and source.form is not None else ()
    allowed = next((each.allowed for each in columns if each.name == column), ())
    return ", ".join(allowed[:LISTED]) + (" …" if len(allowed) > LISTED else "")


def check_quarantine(outcome: Outcome, answers: Answers, source: Source) -> None:
    """Refuse a file of which too much fails, and one that was cut before its first record was whole."""
    rejected, a_line_each = outcome.rejected, source.container == "csv"
    kept = outcome.kept
    if outcome.cut and kept == 0 and not outcome.not_taken and all(each.reason == CUT for each in rejected):
        message = "The file is cut off before its first record is whole."
        raise BadData(message, hint="Get the export again; the download did not finish.", code="cut")
    records = outcome.records - outcome.blank - outcome.footer
    if answers.accept_quarantine or not quarantine.too_many(rejected, records, a_line_each=a_line_each):
        return
    first = min(rejected, key=lambda each: each.number)
    why = REASONS[first.reason]
    column = f", column {first.column!r}" if first.column else ""
    message = (
        f"{len(rejected)} of {outcome.records} records cannot be read; the first is record {first.number} "
        f"in line {first.line}{column}: {why}{_reads(first.cell)}."
    )
    hint = " ".join(_what_to_do(first, source, kept=kept, a_line_each=a_line_each))
    raise BadData(message, hint=hint, code="quarantine.too_many")


def _what_to_do(first: quarantine.Rejection, source: Source, *, kept: int, a_line_each: bool) -> Iterator[str]:
    """What to do with a file of which too much fails, by why its first record does; where any is left, to take it."""
    locale = written_in(first.cell) if first.reason == "not_a_number" else ""
    if first.reason == "not_a_date" and (EARLY if first.cell else EARLY_DAY).search(first.cell or first.excerpt):
        yield say("files.many_early")
    elif first.reason == "not_a_date" and a_line_each:
        yield say("files.many_dates")
        if not kept:
            yield say("files.many_dates_map")
    elif first.reason in IDS:
        yield say("files.many_ids")
        return
    elif first.reason == "bad_encoding":
        yield say("files.many_encoding")
    elif first.reason == "unknown_zone":
        yield say("files.many_zones")
    elif first.reason == "not_in_list" and (words := words_known(source, first.column)):
        yield say("files.many_words", words=words)
    else:
        yield say("files.many_numbers", locale=locale) if locale else say("files.many")
    if kept:
        yield say("files.many_rest")
