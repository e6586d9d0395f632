"""Which text a file's bytes are. Readers get UTF-8; offsets lead back to the bytes as they were given.

Bytes that are no text in the file's encoding become bytes that are no UTF-8 (never a replacement character), so that
exactly the records that hold them can be set aside.
"""

from __future__ import annotations

import codecs
import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from smmetrics.api.errors import BadData
from smmetrics.intake import western

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEAD = 4096
BLOCK = 1 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
ALLOWED = {"cp1252": "cp1252", "windows-1252": "cp1252", "mac-roman": "mac-roman", "mac_roman": "mac-roman"}
"""Encodings a layout may declare beside UTF-8: what spreadsheets save when they re-save an export."""
STATED = re.compile(rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']""")
ASIAN = {
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jp",
    "gb2312": "gbk", "gbk": "gbk", "x-gbk": "gbk", "gb18030": "gb18030", "big5": "cp950", "big5-hkscs": "big5hkscs",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
}  # fmt: skip
"""What an XML file may say of itself that the XML parser does not know, and Python's name for it."""
SHIFTING = ("iso-2022", "hz", "utf-7")
"""What letters mean depends on those before them: the XML parser would take them for others."""
LONGEST = 4
CONTINUES = (0x80, 0xC0)
WIDTHS = ((0xF0, 4), (0xE0, 3), (0xC0, 2))
"""UTF-8: bytes that continue a letter, and how long a letter is by its first byte."""
HALF = 0xFF
"""Stands for the half of a letter that the end of a file cut off; no UTF-8 holds it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Encoding:
    """An encoding and how many bytes of byte order mark stand before the text."""

    name: str
    mark: int = 0


def sniff_encoding(head: bytes) -> Encoding:
    """Tell UTF-8 and UTF-16 apart by the byte order mark, else by where NUL bytes stand in the first 4 KiB.

    An XML file that says that it is in an encoding of Asia is taken at its word.

    Raises `BadData` for bytes that are no text at all.
    """
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name=name, mark=len(mark))
    head = head[:HEAD]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not even and not odd:
        stated = STATED.match(head)
        return _taken_at_its_word(stated[1].decode().lower()) if stated else Encoding(name="utf-8")
    half = max(len(head) // 2, 1)
    if odd > half * 0.4 and even < half * 0.05:
        return Encoding(name="utf-16-le")
    if even > half * 0.4 and odd < half * 0.05:
        return Encoding(name="utf-16-be")
    message = "The file holds binary data, not text."
    raise BadData(
        message,
        hint="Choose the file as the platform gave it, a table (CSV) or an XML export.",
        code="binary",
    )


def _taken_at_its_word(stated: str) -> Encoding:
    """The encoding that an XML file states, as far as it is not the XML parser's to know. Raises `BadData`."""
    if stated.startswith(SHIFTING):
        raise _not_read(stated)
    return Encoding(name=ASIAN.get(stated, "utf-8"))


def _not_read(encoding: str) -> BadData:
    return BadData(f"The encoding {encoding!r} is not read.", hint="Save the file as UTF-8.", code="encoding.unknown")


class Text:
    """A file as UTF-8: the file itself, or a temporary transcription of it.

    ``read(start, end)`` gives UTF-8 bytes; ``origin`` turns offsets into those of the file as given.
    """

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self.encoding = encoding
        self._file: BinaryIO = path.open("rb")
        self.start = encoding.mark
        if encoding.name != "utf-8":
            self._file = _transcribed(self._file, encoding, path.parent)
            self.start = 0
        self.size = self._file.seek(0, 2)

    def read(self, start: int, end: int) -> bytes:
        """UTF-8 bytes of a range."""
        self._file.seek(start)
        return self._file.read(max(end - start, 0))

    def origin(self, offsets: Iterable[int]) -> dict[int, int]:
        """For offsets in the UTF-8 text, the offsets in the file as it was given."""
        wanted = sorted(set(offsets))
        if self.encoding.name == "utf-8":
            return {offset: offset for offset in wanted}
        found, here, there = {}, 0, self.encoding.mark
        for offset in wanted:
            while here < offset:
                upto = min(offset, here + BLOCK)
                block, here = _whole_letters(self.read(here, upto), here)
                there += self._length(block)
            found[offset] = there
        return found

    def close(self) -> None:
        """Close the file; a transcription is gone with that."""
        self._file.close()

    def _length(self, block: bytes) -> int:
        halves = block.count(HALF)
        letters = block.replace(bytes([HALF]), b"").decode("utf-8", "surrogatepass")
        if self.encoding.name in ASIAN.values():
            return halves + len(letters.encode(self.encoding.name, "surrogateescape"))
        if self.encoding.name.startswith("utf-16"):
            return halves + 2 * sum(2 if letter > "\uffff" else 1 for letter in letters)
        return len(letters)


def head_of(path: Path) -> bytes:
    """The bytes at which an encoding is told."""
    with path.open("rb") as file:
        return file.read(HEAD)


def is_silent(head: bytes) -> bool:
    """Whether an XML file does not say what its letters are, or what everybody says (UTF-8) and not all keep to."""
    stated = STATED.match(head)
    return stated is None or stated[1].lower() in {b"utf-8", b"utf8"}


def encoding_of(path: Path) -> Encoding:
    """The encoding of tables, JSON and silent XML: what it begins with tells, else Windows-1252 where all is that."""
    found = sniff_encoding(head_of(path))
    if found.name == "utf-8" and not found.mark and _is_western(path, path.stat().st_mtime_ns):
        return Encoding(name=western.NAME)
    return found


@lru_cache(maxsize=16)
def _is_western(path: Path, changed: int) -> bool:
    """Asked of one file again and again while it is recognised, and often answered by its last byte only."""
    del changed
    return western.is_western(path)


def declared(encoding: str, path: Path) -> Encoding:
    """The encoding a layout declares, where the bytes are not UTF-8 anyway. Raises `BadData` for others."""
    name = ALLOWED.get(encoding.lower())
    if name is None:
        raise _not_read(encoding)
    return Encoding(name="utf-8") if _is_utf8(path) else Encoding(name=name)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _transcribed(file: BinaryIO, encoding: Encoding, folder: Path) -> BinaryIO:
    """The text as UTF-8 in a temporary file; what is no text becomes bytes that are no UTF-8."""
    wide = encoding.name.startswith("utf-16")
    decoder = codecs.getincrementaldecoder(encoding.name)("surrogatepass" if wide else "surrogateescape")
    target = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed by `Text.close`)
    with file:
        file.seek(encoding.mark)
        while block := file.read(BLOCK):
            target.write(decoder.decode(block).encode("utf-8", "surrogatepass"))
    if decoder.getstate()[0]:
        target.write(bytes([HALF]))
    return target


def _whole_letters(block: bytes, start: int) -> tuple[bytes, int]:
    """Leave out a letter that the end of a block cuts in two; returns the block and where it ends."""
    for back in range(1, min(LONGEST, len(block)) + 1):
        byte = block[-back]
        if CONTINUES[0] <= byte < CONTINUES[1]:
            continue
        width = next((width for least, width in WIDTHS if byte >= least), 1)
        kept = block[:-back] if byte != HALF and width > back else block
        return (kept, start + len(kept)) if kept else (block, start + len(block))
    return block, start + len(block)
