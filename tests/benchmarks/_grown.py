"""The files of plugins' own sample generators, made large: their records again and again, each time with other ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from smmetrics.contracts import catalogue
from smmetrics.intake import Answers, Reader, release
from smmetrics.intake.contents import opened
from smmetrics.intake.encoding import Text, head_of, sniff_encoding
from smmetrics.intake.handed import TableRecords
from smmetrics.registry import Registry
from smmetrics.tables.parted import parts
from smmetrics.testing.samples import KEY, SEED, START

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from smmetrics.api.facts import Table
    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source
    from smmetrics.intake import FileResult
    from smmetrics.intake.contents import Content

PLUGINS = (
    "smmetrics_x", "smmetrics_blogs", "smmetrics_youtube", "smmetrics_web", "smmetrics_offline", "smmetrics_anytable",
)  # fmt: skip
MONTHS = 2
LONG, TAIL = 10, 5
"""Ids from so many characters on are made anew, by their last ones."""
ITEM = re.compile(rb"<(item|entry)[ >].*?</\1>\s*", re.DOTALL)
ANSWERS = Answers(account="AcmeGardens", year=2026)


@dataclass(frozen=True, slots=True)
class Grown:
    """A large file of one source. ``records``: its records a line each, without what stands around them."""

    source: Source
    path: Path
    records: Path
    delimiter: str
    above: int


class Nursery:
    """All sources of the plugins, and their samples in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = Registry.of(*PLUGINS)
        known = catalogue.build(self.registry)
        self.tables, self.sources = known.tables, tuple(known.sources.values())

    def reader(self, sources: Sequence[Source]) -> Reader:
        """A reader of some sources, with copies in the folder."""
        copies = self.folder / "copies"
        copies.mkdir(exist_ok=True)
        return Reader(sources, self.tables, copies=copies, key=KEY, use=self.registry.use)

    def grown(self, sizes: Sequence[int], wanted: Sequence[str]) -> Iterator[tuple[Grown, ...]]:
        """Files of about so many bytes of each source that has a sample; ``wanted``: only of these."""
        reader = self.reader(self.sources)
        done: set[object] = set()
        for path in self._samples():
            results = [each for each in reader.read_all(path, ANSWERS) if each.status == "read"]
            with opened(path, path.name, reader.copies) as contents:
                chosen, _ = reader.recogniser.sort_out(contents, path.name, "")
                for content, preview, match in chosen:
                    source = getattr(match, "source", None)
                    mine = [each for each in results if each.part == content.part and source and each.kind == source.id]
                    if source is None or _way(source) in done or not mine or (wanted and source.id not in wanted):
                        continue
                    done.add(_way(source))
                    ids = _ids(mine[0], self.tables)
                    yield tuple(self._grow(source, content, preview, (ids, size)) for size in sizes)
            for each in results:
                release(each)

    def _samples(self) -> Iterator[Path]:
        answers = self.registry.answers("smmetrics_samples")
        for name, load in sorted((each.record.name, each.record.load) for each in answers):
            into = self.folder / "samples" / name
            into.mkdir(parents=True)
            write: Any = self.registry.use(load)
            yield from write(into, SEED, START, MONTHS)

    def _grow(self, source: Source, content: Content, preview: Preview, how: tuple[frozenset[str], int]) -> Grown:
        ids, size = how
        pattern = re.compile(b"|".join(map(re.escape, sorted((each.encode() for each in ids), key=len, reverse=True))))
        raw = content.open().read_bytes()
        spans = _spans(source, content, preview, raw)
        plain = [each for each in spans if not _sums_up(raw[slice(*each)], source, preview.delimiter)]
        between = b",\n" if source.container == "json" and not preview.lines and raw[spans[0][1] :].strip() else b"\n"
        before, behind = raw[: spans[0][0]], raw[spans[-1][1] :]
        name = content.name.rpartition("/")[2]
        folder = self.folder / source.id / str(size)
        folder.mkdir(parents=True)
        grown = Grown(source, folder / name, folder / "records", preview.delimiter, before.count(b"\n"))
        records = between.join(raw[start:end] for start, end in plain)
        alone = b"".join(raw[start:end].replace(b"\n", b" ") + b"\n" for start, end in plain)
        with grown.path.open("wb") as file, grown.records.open("wb") as lines:
            file.write(before)
            for number in count():
                file.write((between if number else b"") + _anew(records, number, pattern))
                lines.write(_anew(alone, number, pattern))
                if file.tell() > size:
                    break
            file.write(behind)
        return grown


def _way(source: Source) -> object:
    """How a source reads: those that read alike (the tables of closed platforms, of people) are measured once."""
    return source.load, source.container, tuple((column.fact, column.parse) for column in source.columns)


def _spans(source: Source, content: Content, preview: Preview, raw: bytes) -> list[tuple[int, int]]:
    if source.container == "xml":
        return [match.span() for match in ITEM.finditer(raw)]
    path = content.open()
    text = Text(path, sniff_encoding(head_of(path)))
    try:
        records = TableRecords(source, preview, text)
        return [(each.start, each.end) for each in records()]
    finally:
        text.close()


def _sums_up(record: bytes, source: Source, delimiter: str) -> bool:
    """Whether a row sums up the others: a file has one, however large it is."""
    first = record.decode("utf-8", "replace").partition(delimiter or ",")[0].strip('"')
    return any(re.search(pattern, first) for pattern in source.layout.footer)


def _ids(result: FileResult, tables: dict[str, Table]) -> frozenset[str]:
    """What tells the rows of a file apart, as far as it is long enough to be changed; of a list of people, their names.

    (Of posts these stay, as an author has many.)
    """
    found: set[str] = set()
    for name in result.frames:
        for frame in parts(result.frames, name):
            named = () if "posts" in result.frames else ("handle",)
            keys = [
                key
                for key in (*tables[name].key, *named)
                if key in frame.columns and key.endswith(("_id", *named)) and key != "account_id"
            ]
            found |= {each for key in keys for each in frame.get_column(key).to_list() if each and len(each) >= LONG}
    return frozenset(found)


def _anew(records: bytes, number: int, ids: re.Pattern[bytes]) -> bytes:
    """Records with other ids."""
    return ids.sub(lambda match: match[0][:-TAIL] + b"%0*d" % (TAIL, number), records) if ids.pattern else records
