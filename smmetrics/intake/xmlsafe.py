"""An XML parser that does no more than read, and reads what programs write that is not quite XML.

Feeds and exports hold HTML's words for letters (``&nbsp;``), control characters, ampersands that stand for themselves,
and prefixes nobody declared. Each can be read without guessing: the words are known, the characters mean nothing, a
prefix is a name.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from defusedxml.common import DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTITIES = {name: chr(number) for name, number in name2codepoint.items()}
CONTROL = bytes(set(range(32)) - set(b"\t\r\n")) + b"\x7f"
SPACED = bytes.maketrans(CONTROL, b" " * len(CONTROL))
HEAD = 1 << 18
HIDDEN = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
USED = re.compile(rb"</?([A-Za-z_][\w.-]*):[A-Za-z_]")
DECLARED = re.compile(rb"\bxmlns:([\w.-]+)\s*=")
ROOT = re.compile(rb"<[A-Za-z_]")
URN = "urn:undeclared:"
COMPLAINTS = re.compile(
    rb"\s*(?:<br\s*/?>\s*)?(?:<b>)?(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards)(?:</b>)?: .*?(?=<\?xml\s)",
    re.DOTALL,
)
"""What a server (PHP) puts above a document that it makes."""
BARE = re.compile(HIDDEN.pattern + rb"|&(?!#\d+;|#x[0-9A-Fa-f]+;|[A-Za-z][A-Za-z0-9]*;)", re.DOTALL)
AMPERSAND = b"&amp;"


class SafeParser(DefusedXMLParser):  # type: ignore[misc]
    """Refuses entities and document types that could do harm; knows HTML's words for letters.

    A document type that only names one, by public name or by address (RSS 0.91 does), declares nothing: it is passed
    over, and nothing is ever fetched.
    """

    def __init__(self, target: object, encoding: str | None = None) -> None:
        super().__init__(target=target, encoding=encoding, forbid_dtd=True)
        self.parser.UseForeignDTD(True)
        self.entity.update(ENTITIES)

    def defused_start_doctype_decl(self, name: str, sysid: str, pubid: str, has_internal_subset: bool) -> None:
        """Called by the parser for a document type."""
        if has_internal_subset or name.lower() == "html":
            raise DTDForbidden(name, sysid, pubid)


def plain(data: bytes) -> tuple[bytes, int]:
    """Bytes with control characters, which XML forbids, turned into blanks; how many there were."""
    without = len(data) - len(data.translate(None, CONTROL))
    return (data.translate(SPACED), without) if without else (data, 0)


def bare_ampersands(data: bytes) -> tuple[bytes, list[int]]:
    """Bytes with ampersands that begin no word for a letter (of addresses: ``?a=1&b=2``) written as XML has them.

    And where in them they stand now.
    """
    places: list[int] = []

    def written(match: re.Match[bytes]) -> bytes:
        if match[0] != b"&":
            return match[0]
        places.append(match.start() + len(places) * (len(AMPERSAND) - 1))
        return AMPERSAND

    return BARE.sub(written, data), places


def undeclared(head: bytes) -> tuple[str, ...]:
    """Prefixes that elements at the beginning of a file have and that it declares nowhere there."""
    shown = HIDDEN.sub(b"", head[:HEAD])
    known = {*DECLARED.findall(shown), b"xml"}
    return tuple(sorted({each.decode() for each in USED.findall(shown) if each not in known}))


def above(head: bytes) -> int:
    """How many bytes stand above a document that are none of it: blanks, and what its server complained about."""
    complaints = COMPLAINTS.match(head[:HEAD])
    return complaints.end() if complaints else len(head) - len(head.lstrip())


def root_start(head: bytes) -> int | None:
    """Where the first element begins."""
    shown = HIDDEN.sub(lambda match: b" " * len(match[0]), head[:HEAD])
    found = ROOT.search(shown)
    return found.start() if found else None


def declaring(tag: bytes, prefixes: Iterable[str]) -> bytes:
    """A start tag with declarations of prefixes."""
    added = "".join(f' xmlns:{prefix}="{URN}{prefix}"' for prefix in prefixes).encode()
    return tag.removesuffix(b">") + added + b">"
