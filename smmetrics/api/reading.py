"""What code-backed sources are given and what they hand back. Frames are Polars frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from smmetrics.api.sources import Source


def alone(name: str) -> bytes:
    """What lies beside a file that is in no archive: nothing."""
    del name
    return b""


class Record(NamedTuple):
    """A record of a file: its number (from 1), line, byte range and raw bytes.

    A file has millions of them, and a frozen dataclass takes four times as long to make.
    """

    number: int
    line: int
    start: int
    end: int
    raw: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """Many records of a table, a column for each cell: for code that works on columns.

    ``frame``: the cells as text, by their place in the header (``"0"``, ``"1"`` …; an empty one is an empty text), and
    the record's number in ``record``. ``ragged``: numbers of records with more or fewer cells than the header, which
    the frame lacks. ``records`` gives the records of some numbers, for what no column can judge.
    """

    frame: pl.DataFrame
    ragged: tuple[int, ...]
    records: Callable[[Sequence[int]], Iterator[Record]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A whole XML element with its place. ``xml`` is the parsed element, names as ``{namespace}local``."""

    record: Record
    tag: str
    xml: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What the core saw when it sniffed a file once.

    ``headers``: candidate header rows as text; ``root``: an XML root's local name, or the JavaScript name a file
    assigns its JSON to; ``names``: local names of the elements seen in the head; of JSON, the paths seen there (and
    ``path=text`` for short texts); ``lines``: whether JSON is a value a line. ``member`` and ``sheet``: which part of
    the container ``archive`` (its name) this is; a sheet is a table whose cells are divided by commas;
    ``block`` which of several tables in one text, ``turned`` that a table that stands on its side was turned.
    ``beside(name)`` gives another file of the same folder of the archive (of a long one the beginning), nothing where
    there is none.
    """

    path: Path
    name: str
    size: int
    container: str
    encoding: str
    delimiter: str = ""
    headers: tuple[tuple[str, ...], ...] = ()
    records: tuple[tuple[str, ...], ...] = ()
    root: str = ""
    lines: bool = False
    names: frozenset[str] = frozenset()
    member: str = ""
    sheet: str = ""
    archive: str = ""
    block: object = None
    turned: bool = False
    beside: Callable[[str], bytes] = field(default=alone, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """A record a source could not take: the record, the column at fault, and a reason of the closed list."""

    record: Record
    column: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Frames by table, each with an Int64 column ``record`` (the record's number), and what was rejected.

    ``records``: how many records this batch accounts for, ``blank`` of them holding nothing (a remark in a form);
    ``not_taken``: known kinds that are no records, counted; ``messages``: what the summary must say.
    ``spans``: rows of the table ``spans``, in the same form as a frame.
    """

    frames: Mapping[str, pl.DataFrame]
    records: int
    rejected: tuple[Rejected, ...] = ()
    not_taken: Mapping[str, int] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    blank: int = 0


class Context(Protocol):
    """What the core gives a source's code: answers, the zone, pseudonyms and the file split into pieces."""

    answers: Mapping[str, str]
    zone: str
    locale: str
    account: str
    """The account that the file's name or the user speaks of; else the word for the only one that is ours."""

    def elements(self, *tags: str) -> Iterator[Element]:
        """Whole elements whose local name is one of ``tags``, in order, each with its byte range."""
        ...

    def head(self, *tags: str) -> Mapping[str, str]:
        """Text of the first element of each local name, wherever it stands, from the file's beginning."""
        ...

    def records(self, place: str = "") -> Iterator[Record]:
        """The records of a table, header left out, or of a JSON file (``Layout.records`` leads to them).

        ``place``, in the words of ``Layout.records``: what else lies in a JSON file, such as the users its posts
        refer to. These are no records: nobody counts them.
        """
        ...

    def rows(self) -> Iterator[Rows]:
        """The same records of a table, many at a time and taken apart into cells. Reading begins anew, as above."""
        ...

    def pseudonym(self, *parts: str) -> str:
        """A keyed pseudonym (64 bits, hexadecimal) for parts that must not be stored."""
        ...

    def cut(self) -> Record | None:
        """The record that the end of the file cut off, if any."""
        ...


class Reader(Protocol):
    """What ``Source.load`` names."""

    def __call__(self, preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
        """Read a file into canonical frames."""
        ...
