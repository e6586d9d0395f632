"""Read one file: copy, open, recognise, read, reconcile it. Bad data is an outcome here, not an exception."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData, SmmetricsError
from smmetrics.intake import broken, quarantine, western
from smmetrics.intake.blocks import Block
from smmetrics.intake.coded import read_code
from smmetrics.intake.contents import opened
from smmetrics.intake.copying import private_copy
from smmetrics.intake.declarative import read_table
from smmetrics.intake.encoding import Encoding, Text, declared, encoding_of, head_of, is_silent, sniff_encoding
from smmetrics.intake.finishing import OUTSIDE, Gathered
from smmetrics.intake.grid import HEAD
from smmetrics.intake.numerals import point_of
from smmetrics.intake.persons import Persons
from smmetrics.intake.ranges import named_range, with_head
from smmetrics.intake.recognising import Recogniser, by_document
from smmetrics.intake.records import NOT_NAMED, Answers, FileResult, Progress
from smmetrics.intake.refusing import check_quarantine
from smmetrics.intake.strangers import NOT_TAKEN
from smmetrics.intake.systems import is_for_show
from smmetrics.intake.unopened import shown, unreadable
from smmetrics.tables.parted import Gathering, Parted
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from smmetrics.api.facts import Table
    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source
    from smmetrics.api.strangers import Stranger
    from smmetrics.intake.contents import Content
    from smmetrics.intake.context import Heard
    from smmetrics.intake.copying import PrivateCopy
    from smmetrics.intake.outcome import Outcome
    from smmetrics.intake.recognising import Chosen, Passed

UNKNOWN = frozenset({"format.unknown", "binary"})
PATIENCE, EVERY = 1.0, 0.25
"""Seconds before progress is told, and between two times."""


class Reader:
    """Reads files with the sources that are installed.

    ``tables``: stored tables by name, plugins' facts included; ``copies``: a folder for private copies (the caller
    removes it); ``key``: the workspace's key for pseudonyms; ``use``: loads a source's code by its reference; ``heard``
    is told of every pseudonym that is made; ``strangers``: what is known by name and nobody reads.
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
        heard: Heard | None = None,
        strangers: Sequence[Stranger] = (),
    ) -> None:
        self.sources = tuple(sources)
        self.tables = tables
        self.copies = copies
        self.recogniser = Recogniser(self.sources, tuple(strangers))
        self._key = key
        self._use = use
        self._progress = progress
        self._heard = heard

    def read(self, path: Path, answers: Answers | None = None) -> FileResult:
        """Read a file of one part; see `read_all`. A container of several that can be read is refused here."""
        results = list(self.read_all(path, answers))
        read = [each for each in results if each.status == "read"]
        if len(read) <= 1:
            return (read or results)[0]
        for each in read:
            release(each)
        return _refused(_begun(path), BadData(f"The file has {len(read)} parts."))

    def read_all(self, path: Path, answers: Answers | None = None) -> Iterator[FileResult]:
        """Read a file, or each part of a container, into canonical rows: one result each, and at least one.

        What cannot be taken is *refused*, with reason, hint and exit code; so is each part of no known kind beside
        parts that are read. If there are no others, they are refused together.
        """
        given = answers or Answers()
        result = _begun(path)
        try:
            with private_copy(path, self.copies) as copy:
                result = replace(result, size=copy.size)
                try:
                    with opened(copy.path, result.name, self.copies) as contents:
                        yield from self._parts(contents, result, copy, given)
                except SmmetricsError as error:
                    copy.path.unlink()
                    yield _refused(replace(result, sha256=copy.proof()), error)
        except OSError as error:
            yield _refused(result, unreadable(path, error))
        except SmmetricsError as error:
            yield _refused(result, error)

    def _parts(
        self, contents: list[Content], result: FileResult, copy: PrivateCopy, answers: Answers
    ) -> Iterator[FileResult]:
        """The results of all parts, those first that are read. Raises `BadData` where nothing reads any of them."""
        chosen, others = self.recogniser.sort_out(contents, result.name, answers.as_)
        for content, preview, match in chosen:
            part = replace(result, name=content.name, member=content.member, sheet=content.sheet)
            try:
                read = self._part(part, copy, answers, (content, preview, match))
            except SmmetricsError as error:
                if not part.part:
                    raise
                read = _refused(replace(part, sha256=copy.proof()), error)
            finally:
                content.close()
            yield read
        documents = {content.member for content, _, _ in chosen}
        for passed in by_document(others, documents):
            yield _passed_over(replace(result, sha256=copy.proof()), passed, documents)

    def _part(self, result: FileResult, copy: PrivateCopy, answers: Answers, chosen: Chosen) -> FileResult:
        """Read one part with the source that was chosen for it, or raise why none could be."""
        content, preview, match = chosen
        if isinstance(match, SmmetricsError):
            raise match
        path = _pointed(content, match.source, answers)
        read = self._read(result, copy, answers, replace(preview, path=path, beside=content.beside), match.source)
        return replace(read, messages=(*read.messages, say("files.wrapped"))) if content.wrapped else read

    def _read(
        self, result: FileResult, copy: PrivateCopy, answers: Answers, preview: Preview, source: Source
    ) -> FileResult:
        result = replace(result, kind=source.id, adapter_version=source.version)
        gathered = Gathered(
            source=source,
            tables=self.tables,
            answers=answers,
            named=named_range(source, result.name, preview.archive, Path(result.file).parent.name),
            rows=Gathering(self.copies),
        )
        try:
            outcome = self._take(result, preview, gathered)
            check_quarantine(outcome, answers, source)
            return _finished(result, copy, outcome, gathered)
        except BaseException:
            gathered.rows.drop()
            raise

    def _take(self, result: FileResult, preview: Preview, gathered: Gathered) -> Outcome:
        """Read all records of a file as its source says; their rows go to ``gathered``."""
        source, answers = gathered.source, gathered.answers
        text = Text(preview.path, _encoding(source, preview))
        try:
            told = western.NAME in {preview.encoding, text.encoding.name} and not source.layout.encoding
            preview = replace(preview, encoding=text.encoding.name)
            gathered.named = with_head(gathered.named, source, _above(text, preview))
            outcome = (
                self._with_code(text, preview, gathered)
                if source.load
                else read_table(
                    source,
                    text,
                    preview=preview,
                    tables=self.tables,
                    answers=answers,
                    named=gathered.named,
                    take=gathered.take,
                    tell=self._teller(result, text.size),
                    persons=Persons(source, self._key, self._heard),
                )
            )
            outcome.messages += [say("files.western")] if told else []
            return outcome
        finally:
            text.close()

    def _with_code(self, text: Text, preview: Preview, gathered: Gathered) -> Outcome:
        return read_code(
            gathered.source,
            preview,
            text,
            tables=self.tables,
            answers=gathered.answers,
            key=self._key,
            use=self._use,
            account=gathered.named.account or gathered.answers.account or NOT_NAMED,
            take=gathered.take,
            heard=self._heard,
        )

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
    gathered.agreed = outcome.agreed
    gathered.complete = not (outcome.rejected or gathered.source.selection)
    result = replace(result, sha256=sha256)
    frames, at, basis = gathered.finish(result.source_id)
    if outcome.cut:
        frames, words = broken.told(frames, gathered.source.table)
        outcome.messages.append(words)
    outcome.records -= gathered.outside
    if gathered.outside:
        outcome.not_taken[OUTSIDE] += gathered.outside
    if not outcome.records and not outcome.not_taken:
        outcome.messages.append("The file holds no records.")
    set_aside = quarantine.frame(
        outcome.rejected,
        file=result.file,
        sha256=sha256,
        version=gathered.source.version,
        member=result.member,
        sheet=result.sheet,
    )
    return replace(
        result,
        observed_at=at,
        observed_basis=basis,
        frames=frames,
        quarantine=set_aside,
        records_in=outcome.records,
        kept=outcome.kept,
        quarantined=len(outcome.rejected),
        blank=outcome.blank,
        footer=outcome.footer,
        not_taken=dict(outcome.not_taken),
        messages=tuple(outcome.messages),
        copy=copy.path,
    )


def release(result: FileResult) -> None:
    """Delete what a result keeps on disk: rows that did not fit into memory, and its copy unless others share it."""
    if isinstance(result.frames, Parted):
        result.frames.drop()
    if result.copy is not None and not result.part:
        result.copy.unlink(missing_ok=True)


def _begun(path: Path) -> FileResult:
    """The result of a file of which nothing is known but what it is called."""
    return FileResult(file=shown(path), name=shown(Path(path.name)))


def _refused(result: FileResult, error: SmmetricsError) -> FileResult:
    reason = f"{error.where}: {error.message}" if error.where and error.where != result.name else error.message
    refused = replace(result, status="refused", reason=reason, hint=error.hint, exit_code=error.exit_code)
    if error.code == NOT_TAKEN:
        return replace(refused, no_loss="left_out")
    return replace(refused, no_loss="for_show") if error.code in UNKNOWN and is_for_show(result.name) else refused


def _passed_over(result: FileResult, passed: Passed, documents: set[str]) -> FileResult:
    """A part that nobody reads: like a file in a folder; a sheet or table of a document that is read is no fault."""
    content = passed.content
    refused = _refused(
        replace(result, name=content.name, member=content.member, sheet=content.sheet),
        passed.error,
    )
    is_within = content.member in documents and not refused.no_loss
    return replace(refused, no_loss="within") if is_within else refused


def _pointed(content: Content, source: Source, answers: Answers) -> Path:
    """All of a part; numbers in a sheet as the source's language writes them."""
    return content.with_point(point_of(answers.locale or source.layout.locale))


def _above(text: Text, preview: Preview) -> str:
    """What stands before a table, as text: of a block all of it, else what the file begins with."""
    if isinstance(preview.block, Block):
        return preview.block.above
    return text.read(text.start, min(text.size, text.start + HEAD)).decode("utf-8", "replace")


def _encoding(source: Source, preview: Preview) -> Encoding:
    path = preview.path
    if not source.layout.encoding and (source.container in {"csv", "json"} or is_silent(head_of(path))):
        return encoding_of(path)
    found = sniff_encoding(head_of(path))
    if found.name == "utf-8" and not found.mark and source.layout.encoding:
        return declared(source.layout.encoding, path)
    return found
