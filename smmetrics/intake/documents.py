"""Documents of office programs that are no tables: archives inside, refused as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.words import say

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

PARTS = {"word/document.xml": "word", "ppt/presentation.xml": "slides"}
"""The part by which a document of Microsoft Office is told."""
KIND = "mimetype"
KINDS = {
    b"application/vnd.oasis.opendocument.text": "text",
    b"application/vnd.oasis.opendocument.presentation": "slides",
    b"application/vnd.oasis.opendocument.spreadsheet": "sheet",
    b"application/epub+zip": "book",
}
"""What documents of other programs say that they are."""
LONGEST = 80
OLE = b"\xd0\xcf\x11\xe0"
OLD = {
    "WordDocument": "word",
    "PowerPoint Document": "slides",
    "__properties_version1.0": "mail",
    "VisioDocument": "drawing",
}
"""The stream by which a document of Microsoft Office before 2007 is told."""
SEARCHED = 1 << 26


def refusal(archive: zipfile.ZipFile) -> BadData | None:
    """Why an archive that is a document is not read; None where it is none."""
    kind = next((kind for part, kind in PARTS.items() if part in archive.NameToInfo), "") or KINDS.get(_said(archive))
    if not kind:
        return None
    hint = "sheet_hint" if kind == "sheet" else "hint"
    return BadData(say(f"intake.document.{kind}"), hint=say(f"intake.document.{hint}"), code="format.unknown")


def old(path: Path) -> BadData | None:
    """Why a document of Office before 2007 is not read; None where it is none of those."""
    with path.open("rb") as file:
        if file.read(len(OLE)) != OLE:
            return None
        data = file.read(SEARCHED)
    kind = next((kind for name, kind in OLD.items() if f"{name}\0".encode("utf-16-le") in data), "")
    if not kind:
        return None
    return BadData(say(f"intake.document.{kind}"), hint=say("intake.document.hint"), code="format.unknown")


def _said(archive: zipfile.ZipFile) -> bytes:
    info = archive.NameToInfo.get(KIND)
    if info is None or info.flag_bits & 1 or info.file_size > LONGEST:
        return b""
    return archive.read(info).strip()
