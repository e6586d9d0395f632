"""What a source's code is given: the file split into pieces, the user's answers, and pseudonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.intake.elements import Pieces
from smmetrics.intake.persons import pseudonym
from smmetrics.intake.xmlrun import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from smmetrics.api.reading import Element, Record, Rows

    Heard = Callable[[tuple[str, ...], str], None]
    """Told of each pseudonym what it was made of: only while somebody is looked for who is to be forgotten."""


class FileContext:
    """The core's `smmetrics.api.reading.Context` for one file.

    After reading, ``damaged`` holds records the core itself had to set aside, ``skipped`` the byte ranges outside
    records that could not be parsed, and ``whole`` how many elements or records were handed over in the last pass.
    ``control`` and ``undeclared`` say what had to be mended to read XML, see `Pieces`.
    """

    def __init__(
        self,
        path: Path,
        *,
        answers: Mapping[str, str],
        zone: str,
        locale: str,
        key: bytes,
        records: Callable[[str], Iterator[Record]],
        rows: Callable[[], Iterator[Rows]],
        account: str = "",
        encoding: str = "",
        heard: Heard | None = None,
    ) -> None:
        self.answers = answers
        self.zone = zone
        self.locale = locale
        self.account = account
        self.damaged: dict[int, tuple[Record, str]] = {}
        self.skipped: set[tuple[int, int]] = set()
        self.whole = 0
        self.unfinished = False
        self.control = 0
        self.ampersands = 0
        self.undeclared: tuple[str, ...] = ()
        self._path = path
        self._encoding = encoding
        self._key = key
        self._heard = heard
        self._records = records
        self._rows = rows
        self._cut: Record | None = None

    def elements(self, *tags: str) -> Iterator[Element]:
        """Whole elements whose local name is one of ``tags``, in document order; damaged ones are set aside."""
        with Pieces(self._path, tags, encoding=self._encoding) as pieces:
            yield from pieces
        self.control = max(self.control, pieces.control)
        self.ampersands = max(self.ampersands, pieces.ampersands)
        self.undeclared = pieces.undeclared
        self.whole = pieces.whole
        self.unfinished |= pieces.unfinished
        self._cut = pieces.cut
        self.damaged |= {record.start: (record, reason) for record, reason in pieces.damaged}
        self.skipped |= set(pieces.skipped)

    def head(self, *tags: str) -> Mapping[str, str]:
        """Text of the first element of each local name, wherever it stands, from the file's beginning."""
        found: dict[str, str] = {}
        with Pieces(self._path, tags, encoding=self._encoding) as pieces:
            for element in pieces:
                text = "".join(element.xml.itertext()) if hasattr(element.xml, "itertext") else ""
                found.setdefault(local(element.tag), text.strip())
                if len(found) == len(set(tags)):
                    break
        return found

    def records(self, place: str = "") -> Iterator[Record]:
        """The records of a table, header left out, or of a JSON file; or what lies at another ``place`` of that."""
        return self._records(place)

    def rows(self) -> Iterator[Rows]:
        """The records of a table, many at a time and taken apart into cells."""
        return self._rows()

    def pseudonym(self, *parts: str) -> str:
        """A keyed pseudonym (64 bits, hexadecimal) for parts that must not be stored."""
        return pseudonym(self._key, parts, self._heard)

    def cut(self) -> Record | None:
        """The record that the end of the file cut off, if the last pass over it met one."""
        return self._cut
