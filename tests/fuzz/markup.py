"""XML in elements beside the standard library's parser: whole elements with their bytes, or a refusal, and no errand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET
from xml.parsers import expat

from smmetrics.api.errors import SmmetricsError
from smmetrics.intake.elements import Pieces
from tests.fuzz.watching import kept_to

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.api.reading import Element

TAGS = ("item", "note")
CODES = frozenset({"xml.head", "xml.entities", "xml.depth", "xml.tag"})
DEPTH = 100
ITEMS = "".join(f"<item n='{n}'><id>{n}</id><text><![CDATA[a <b> & é {n}]]></text></item>\n" for n in range(6))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
WHOLE = f'{HEAD}<feed xmlns:w="u"><w:v>1</w:v>\n{ITEMS}</feed>\n'.encode()
SEEDS = (
    WHOLE,
    b"<a><item>1<note/>&amp;&#65;</item><!-- <item> --><x:item>2</x:item></a>",
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a><item>&b;</item></a>',
    b'<!DOCTYPE a [<!ENTITY b "cccccccc"><!ENTITY d "&b;&b;&b;&b;">]><a><item>&d;</item></a>',
    b'<!DOCTYPE rss PUBLIC "-//N//DTD RSS//EN" "http://127.0.0.1:9/rss.dtd"><rss><item>&nbsp;&eacute;</item></rss>',
    b'<?xml version="1.0" encoding="latin-1"?><a>\n<item b="\xe9">\xe9</item><item/><note>\x01</note></a>',
    b"<a>" + b"<b>" * 110 + b"<item/>" + b"</b>" * 110 + b"</a>",
    b"<a><item>1</item><item>2</itm><item>3</item><item>4",
    b"\xef\xbb\xbf\n<a><?p <y:z> ?><item><item>inner</item></item></a>",
)
WORDS = (
    b"<item>", b"</item>", b"<note/>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?", b"?>", b"<!DOCTYPE", b"<!ENTITY",
    b"SYSTEM", b"PUBLIC", b"&nbsp;", b"&#", b"xmlns:", b"encoding=", b"<x:",
)  # fmt: skip


def told(tree: ET.Element) -> tuple[object, ...]:
    """All an element says."""
    return (tree.tag, dict(tree.attrib), tree.text, [(told(each), each.tail) for each in tree])


def by_library(data: bytes) -> list[tuple[int, tuple[object, ...]]] | None:
    """Wanted elements of well-formed XML without document type, with the offsets of their starts; None for others."""
    if b"<!DOCTYPE" in data or b"\0" in data or b"\x7f" in data:
        return None
    starts: list[int] = []
    depths = [0]
    parser = expat.ParserCreate(namespace_separator="}")

    def begun(name: str, _: object) -> None:
        depths.append(depths[-1] + 1)
        if name.rpartition("}")[2] in TAGS:
            starts.append(parser.CurrentByteIndex)

    def ended(_: str) -> None:
        depths.append(depths[-1] - 1)

    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    try:
        parser.Parse(data, True)
        tree = ET.fromstring(data)
    except (expat.ExpatError, ET.ParseError, LookupError, ValueError):
        return None
    if max(depths) > DEPTH:
        return None
    wanted = [told(each) for each in tree.iter() if each.tag.rpartition("}")[2] in TAGS]
    return list(zip(starts, wanted, strict=True))


def check_elements(data: bytes, folder: Path) -> tuple[int, SmmetricsError | None]:
    """How many elements came, and the refusal if there was one; every range is the file's, each counted once."""
    path = folder / "given.xml"
    path.write_bytes(data)
    came: list[Element] = []
    refused = None
    with kept_to(folder), Pieces(path, TAGS) as found:
        try:
            came += found
        except SmmetricsError as error:
            refused = error
    records = [each.record for each in came]
    assert all(data[each.start : each.end] == each.raw for each in records)
    assert {each.raw[:1] + each.raw[-1:] for each in records} <= {b"<>"}
    expected = by_library(data)
    if refused is not None:
        assert refused.code in CODES
        assert refused.message
        assert refused.hint or refused.code == "xml.tag"
        assert expected is None
        return len(came), refused
    assert found.whole == len(came)
    records += [each for each, _ in found.damaged] + ([found.cut] if found.cut else [])
    assert len({each.number for each in records}) == len(records)
    _apart([(each.start, each.end) for each in records], len(data))
    if expected is not None:
        assert [(each.record.start, told(cast("ET.Element", each.xml))) for each in came] == expected
        assert (found.damaged, found.cut, found.skipped, found.unfinished) == ([], None, [], False)
    return len(came), None


def _apart(ranges: list[tuple[int, int]], size: int) -> None:
    """Elements lie in the file, and in one another or apart."""
    open_ends: list[int] = []
    for start, end in sorted(ranges, key=lambda each: (each[0], -each[1])):
        assert 0 <= start < end <= size
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        assert not open_ends or end <= open_ends[-1]
        open_ends.append(end)


def check(data: bytes, folder: Path) -> None:
    """The bytes are the file."""
    check_elements(data, folder)
