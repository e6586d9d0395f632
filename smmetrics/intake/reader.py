"""Read one file: copy it, recognise it, read it, reconcile it. Bad data is an outcome here, not an exception."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData, SmmetricsError
from smmetrics.intake import broken, quarantine
from smmetrics.intake.coded import read_code
from smmetrics.intake.copying import private_copy
from smmetrics.intake.declarative import read_table
from smmetrics.intake.encoding import Encoding, Text, declared, sniff_encoding
from smmetrics.intake.finishing import OUTSIDE, Gathered
from smmetrics.intake.grid import DELIMITERS
from smmetrics.intake.ranges import named_range
from smmetrics.intake.rank import choose, rank
from smmetrics.intake.records import REASONS, Answers, FileResult, Progress
from smmetrics.intake.sniff import sniff
from smmetrics.tables.parted import Gathering

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from smmetrics.api.facts import Table
    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source
    from smmetrics.intake.copying import PrivateCopy
    from smmetrics.intake.outcome import Outcome

PATIENCE, EVERY = 1.0, 0.25
"""Seconds before progress is told, and between two times."""


class Reader:
    """Reads files with the sources that are installed.

    ``tables``: stored tables by name, plugins' facts included; ``copies``: a folder for private copies (the caller
    removes it); ``key``: the workspace's key for pseudonyms; ``use``: loads a source's code by its reference.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        tables: Mapping[str, Table],
        *,
        copies: Path,
        key: bytes,
        use: Callable[[str], object],
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.sources = tuple(sources)
        self.tables = tables
        self.copies = copies
        self._key = key
        self._use = use
        self._progress = progress

    def read(self, path: Path, answers: Answers | None = None) -> FileResult:
        """Read a file into canonical rows; one that cannot be taken is *refused*, with reason, hint and exit code."""
        given = answers or Answers()
        result = FileResult(file=str(path), name=path.name)
        try:
            with private_copy(path, self.copies) as copy:
                result = replace(result, size=copy.size)
                try:
                    return self._read(result, copy, given)
                except SmmetricsError as error:
                    refused = _refused(replace(result, sha256=copy.proof()), error)
                    copy.path.unlink(missing_ok=True)
                    return refused
        except OSError as error:
            return _refused(result, BadData(f"The file cannot be read: {error.strerror or error}.", code="unreadable"))
        except SmmetricsError as error:
            return _refused(result, error)

    def _read(self, result: FileResult, copy: PrivateCopy, answers: Answers) -> FileResult:
        preview = self._recognisable(sniff(copy.path, name=result.name))
        source = choose(preview, self.sources, as_=answers.as_).source
        result = replace(result, kind=source.id, adapter_version=source.version)
        gathered = Gathered(
            source=source,
            tables=self.tables,
            answers=answers,
            named=named_range(source, result.name),
            rows=Gathering(self.copies),
        )
        try:
            outcome = self._take(result, preview, gathered)
            _check_quarantine(outcome, answers, a_line_each=source.container == "csv")
            return _finished(result, copy, outcome, gathered)
        except BaseException:
            gathered.rows.drop()
            raise

    def _take(self, result: FileResult, preview: Preview, gathered: Gathered) -> Outcome:
        """Read all records of a file as its source says; their rows go to ``gathered``."""
        source, answers = gathered.source, gathered.answers
        text = Text(preview.path, _encoding(source, preview.path))
        try:
            preview = replace(preview, encoding=text.encoding.name)
            if source.load:
                return read_code(
                    source,
                    preview,
                    text,
                    tables=self.tables,
                    answers=answers,
                    key=self._key,
                    use=self._use,
                    take=gathered.take,
                )
            return read_table(
                source,
                text,
                delimiter=preview.delimiter,
                tables=self.tables,
                answers=answers,
                named=gathered.named,
                take=gathered.take,
                tell=self._teller(result, text.size),
            )
        finally:
            text.close()

    def _recognisable(self, preview: Preview) -> Preview:
        """The preview with the delimiter under which some source knows the header, if there is one."""
        if preview.container != "csv" or _is_known(preview, self.sources):
            return preview
        others = (sniff(preview.path, name=preview.name, delimiter=each.decode()) for each in DELIMITERS)
        return next((other for other in others if _is_known(other, self.sources)), preview)

    def _teller(self, result: FileResult, total: int) -> Callable[[int, int, int], None]:
        """Tell progress, from one second on and four times a second at most."""
        began = last = time.monotonic()

        def tell(done: int, records: int, rejected: int) -> None:
            nonlocal last
            now = time.monotonic()
            if self._progress is None or now - began < PATIENCE or (now - last < EVERY and done < total):
                return
            last = now
            self._progress(
                Progress(file=result.file, bytes_done=done, bytes_total=total, records=records, quarantined=rejected)
            )

        return tell


def _finished(result: FileResult, copy: PrivateCopy, outcome: Outcome, gathered: Gathered) -> FileResult:
    """All that is to be said of a file that was read."""
    sha256 = copy.proof()
    gathered.facts = outcome.facts
    gathered.messages = outcome.messages
    gathered.complete = not outcome.rejected
    frames, at, basis = gathered.finish(sha256)
    if outcome.cut:
        frames, words = broken.told(frames, gathered.source.table)
        outcome.messages.append(words)
    outcome.records -= gathered.outside
    if gathered.outside:
        outcome.not_taken[OUTSIDE] += gathered.outside
    if not outcome.records and not outcome.not_taken:
        outcome.messages.append("The file holds no records.")
    version = gathered.source.version
    return replace(
        result,
        sha256=sha256,
        observed_at=at,
        observed_basis=basis,
        frames=frames,
        quarantine=quarantine.frame(outcome.rejected, file=result.file, sha256=sha256, version=version),
        records_in=outcome.records,
        kept=outcome.kept,
        quarantined=len(outcome.rejected),
        blank=outcome.blank,
        footer=outcome.footer,
        not_taken=dict(outcome.not_taken),
        messages=tuple(outcome.messages),
        copy=copy.path,
    )


def _refused(result: FileResult, error: SmmetricsError) -> FileResult:
    reason = f"{error.where}: {error.message}" if error.where and error.where != result.name else error.message
    return replace(result, status="refused", reason=reason, hint=error.hint, exit_code=error.exit_code)


def _is_known(preview: Preview, sources: Sequence[Source]) -> bool:
    return any(match.level != "possible" for match in rank(preview, sources))


def _encoding(source: Source, path: Path) -> Encoding:
    with path.open("rb") as file:
        found = sniff_encoding(file.read(4096))
    if found.name == "utf-8" and not found.mark and source.layout.encoding:
        return declared(source.layout.encoding, path)
    return found


def _check_quarantine(outcome: Outcome, answers: Answers, *, a_line_each: bool) -> None:
    """Refuse a file of which too much fails, and one that was cut before its first record was whole."""
    rejected = outcome.rejected
    kept = outcome.kept
    if outcome.cut and kept == 0 and not outcome.not_taken:
        message = "The file is cut off before its first record is whole."
        raise BadData(message, hint="Get the export again; the download did not finish.", code="cut")
    records = outcome.records - outcome.blank - outcome.footer
    if answers.accept_quarantine or not quarantine.too_many(rejected, records, a_line_each=a_line_each):
        return
    first = rejected[0]
    why = REASONS[first.reason]
    column = f", column {first.column!r}" if first.column else ""
    message = (
        f"{len(rejected)} of {outcome.records} records cannot be read; the first is record {first.number} "
        f"in line {first.line}{column}: {why}."
    )
    hint = "Is the file as the platform gave it? To take the rest all the same: --accept-quarantine."
    raise BadData(message, hint=hint, code="quarantine.too_many")
