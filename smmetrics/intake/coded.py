"""Files whose source brings code: what it hands back is checked like everything else before it counts."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, cast

import polars as pl

from smmetrics.api.errors import BadData, PluginFault, SmmetricsError
from smmetrics.api.reading import Batch
from smmetrics.intake import western
from smmetrics.intake.context import FileContext
from smmetrics.intake.handed import TableRecords
from smmetrics.intake.idclock import Disagreeing
from smmetrics.intake.outcome import Outcome
from smmetrics.intake.quarantine import rejection
from smmetrics.intake.xmltext import readable
from smmetrics.tables.schema import typed
from smmetrics.tables.stamping import RECORD
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from smmetrics.api.facts import Table
    from smmetrics.api.reading import Preview, Reader
    from smmetrics.api.sources import Source
    from smmetrics.intake.context import Heard
    from smmetrics.intake.declarative import Take
    from smmetrics.intake.encoding import Text
    from smmetrics.intake.records import Answers
OBJECTS = 100_000
"""How many more objects there must be before Python looks for cycles among them."""


def read_code(
    source: Source,
    preview: Preview,
    text: Text,
    *,
    tables: Mapping[str, Table],
    answers: Answers,
    key: bytes,
    use: Callable[[str], object],
    account: str,
    take: Take,
    heard: Heard | None = None,
) -> Outcome:
    """Run a source's code over a file of ``account``; ``take`` is given its rows, batch by batch.

    Raises `PluginFault` where it fails or what it hands back does not add up.
    """
    western_json = source.container == "json" and text.encoding.name == western.NAME
    records = TableRecords(source, preview, text, recoded=western_json)
    preview = replace(preview, encoding="utf-8") if western_json else preview
    said = {name.rstrip("_"): str(value) for name, value in asdict(answers).items() if value}
    with readable(preview.path, text, recoded=western_json or source.container == "xml") as given:
        context = FileContext(
            given.path,
            answers=said,
            zone=answers.zone or "UTC",
            locale=answers.locale or source.layout.locale,
            account=account,
            key=key,
            records=records,
            rows=records.rows,
            encoding=given.encoding,
            heard=heard,
        )
        batches = _run(cast("Reader", use(source.load)), replace(preview, path=given.path), source, context)
        outcome, clock = Outcome(), Disagreeing(source.id_clock)
        numbers: list[pl.Series] = []
        with _cycles_seldom_sought():
            for batch in batches:
                frames = _checked(batch, source, tables)
                numbers += [frame.get_column(RECORD).unique() for frame in frames.values() if RECORD in frame.columns]
                clock.note(frames)
                take(frames)
                _add(outcome, batch, given.encoding or text.encoding.name)
        _check(source, outcome, numbers, handed=max(context.whole, records.given))
        _add_broken(outcome, context, records)
        outcome.rejected = given.placed(outcome.rejected)
        outcome.messages += filter(None, (clock.words(),))
    return outcome


@contextmanager
def _cycles_seldom_sought() -> Iterator[None]:
    """Records become many small objects without cycles: to look for these after every 700 is a third of the work."""
    before = gc.get_threshold()
    gc.set_threshold(max(OBJECTS, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _add(outcome: Outcome, batch: Batch, encoding: str) -> None:
    """Add what a batch accounts for."""
    outcome.records += batch.records
    outcome.blank += batch.blank
    outcome.not_taken.update(batch.not_taken)
    outcome.messages.extend(batch.messages)
    outcome.rejected.extend(rejection(each.record, each.reason, each.column, encoding) for each in batch.rejected)


def _run(reader: Reader, preview: Preview, source: Source, context: FileContext) -> Iterator[Batch]:
    """A source's batches, one after the other. What its code raises is its own fault, and said so."""
    try:
        for batch in reader(preview, source, context):
            yield _batch(batch, source)
    except SmmetricsError:
        raise
    except (Exception, SystemExit) as error:
        message = f"The source {source.id} failed: {type(error).__name__}: {error}"
        raise PluginFault(message, hint="Nothing was stored of this file.", code="source.failed") from error


def _batch(given: object, source: Source) -> Batch:
    if isinstance(given, Batch):
        return given
    message = f"The source {source.id} handed back a {type(given).__name__} and no Batch."
    raise PluginFault(message, code="source.malformed")


def _checked(batch: Batch, source: Source, tables: Mapping[str, Table]) -> dict[str, pl.DataFrame]:
    """A batch's rows, if they are of tables and columns that are declared."""
    frames = {}
    for name, frame in batch.frames.items():
        if name not in tables:
            message = f"The source {source.id} fills the table {name!r}, which nobody declared."
            raise PluginFault(message, hint="Declare it with the hook smmetrics_tables.", code="table.undeclared")
        if frame.width:
            declared = frame.clone()
            if RECORD in declared.columns:
                declared.drop_in_place(RECORD)
            typed(declared, tables[name])
            frames[name] = frame
    return frames


def _check(source: Source, outcome: Outcome, numbers: Sequence[pl.Series], *, handed: int) -> None:
    """Every record handed over is accounted for, and every one kept has a row."""
    accounted = outcome.records + sum(outcome.not_taken.values())
    if accounted < handed:
        message = f"The source {source.id} was handed {handed} records and accounts for {accounted}."
        raise PluginFault(message, hint="Nothing was stored of this file.", code="records.lost")
    with_rows = pl.concat(numbers).drop_nulls().n_unique() if numbers else 0
    if with_rows != outcome.kept:
        message = f"The source {source.id} keeps {outcome.kept} records and has rows of {with_rows}."
        raise PluginFault(message, hint="Nothing was stored of this file.", code="records.lost")


def _add_broken(outcome: Outcome, context: FileContext, records: TableRecords) -> None:
    """Add what the core itself had to set aside: damaged and cut elements, broken and blank lines."""
    known = {each.start for each in outcome.rejected}
    broken = [rejection(record, reason) for record, reason in context.damaged.values()]
    broken += records.rejected
    cut = context.cut()
    if cut is not None:
        broken.append(rejection(cut, "unterminated_last_record"))
    fresh = [each for each in broken if each.start not in known]
    outcome.rejected.extend(fresh)
    outcome.records += len(fresh) + records.blank
    outcome.blank += records.blank
    outcome.cut = context.unfinished or records.unfinished
    outcome.messages += filter(None, (records.behind,))
    outcome.cut |= any(each.reason == "unterminated_last_record" for each in outcome.rejected)
    if context.unfinished and not outcome.records and not outcome.not_taken:
        # No empty export: to say “no records” would be a false zero.
        message = "The file breaks off before its first record."
        raise BadData(message, hint="Get the export again; the download did not finish.", code="cut")
    if context.control:
        outcome.messages.append(say("intake.xml.control", count=context.control))
    if context.ampersands:
        outcome.messages.append(say("intake.xml.ampersands", count=context.ampersands))
    if context.undeclared:
        outcome.messages.append(say("intake.xml.undeclared", names=", ".join(context.undeclared)))
    inside = [(each.start, each.end) for each in outcome.rejected]
    for start, end in sorted(context.skipped):
        if not any(first <= start and end <= last for first, last in inside):
            outcome.messages.append(f"Bytes {start} to {end}, outside any record, could not be read.")
