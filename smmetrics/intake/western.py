"""Whether a text that is no UTF-8 is in Windows-1252, as office programs in western languages save tables.

Nothing says so: every byte but five is something in it. It is taken for that only where what it would say are letters
and signs as people write them, and where nearly none of it is UTF-8: the export of a platform with a few damaged bytes
stays what it is.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME = "cp1252"
BLOCK = 1 << 20
HIGH = bytes(range(0x80, 0x100))
NOTHING = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that are nothing in it."""
LIKE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{1,2}|[\xf0-\xf4][\x80-\xbf]{1,3}")
ODD = re.compile(
    rb"[\x83\x86-\x88\x8a\x8e\x98\x9a\x9e\x9f\xd7\xf7\xff]"
    rb"|[\x8c\x9c\xc0-\xfe]{3,}"
    rb"|(?<=[A-Za-z])[\x80\x82\x84\x85\x89\x8b\x91\x93-\x95\x99\x9b\xa1-\xac\xae-\xb6\xb8-\xbf](?=[a-z])"
)
"""Letters that are rare in it and common in the code pages of other countries and machines; three letters with marks in
a row, as Greek and Russian would be; signs within a word."""
MOST_LIKE_UTF8, MOST_ODD = 1 / 4, 1 / 10


def is_western(path: Path) -> bool:
    """Whether a file without a byte order mark is no UTF-8 and reads as Windows-1252.

    Blocks of ASCII say nothing; the first other one that is sound UTF-8 says no, so that most files are told at once.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    high = like = odd = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if block.isascii():
                decoder.reset()
                continue
            if not high and (text := _decoded(decoder, block)) is not None:
                if text.isascii():
                    continue
                return False
            if NOTHING.search(block):
                return False
            high += len(block) - len(block.translate(None, HIGH))
            like += sum(len(found) for found in LIKE_UTF8.findall(block))
            odd += sum(len(found) for found in ODD.findall(block))
    return bool(high) and like <= MOST_LIKE_UTF8 * high and odd <= MOST_ODD * high


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes) -> str | None:
    """A block as text, if it is UTF-8, without a letter that its end cuts in two."""
    try:
        return decoder.decode(block)
    except UnicodeDecodeError:
        return None
