"""Which source describes a file: exactly, likely, or possibly with something missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from smmetrics.api.errors import BadData, UserMistake
from smmetrics.intake.asked import asked_by
from smmetrics.intake.blocks import Block
from smmetrics.intake.heading import heading
from smmetrics.intake.names import plain, plain_names
from smmetrics.intake.unknown import lacking, listed, unknown
from smmetrics.tables.once import Once

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source

Level = Literal["exact", "likely", "possible"]
ORDER: tuple[Level, ...] = ("exact", "likely", "possible")
FEW, NEARLY = 2, 4
"""A table that asks for so little is told by its file's name as well, unless nearly all its columns are known."""
SOME = 3
"""One that asks for so little is told by its file's name as well, where most of its columns are not known."""
OR = " | "
"""Between places of which one holds, in records of JSON and names of JavaScript."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A source that may describe the file.

    ``missing``: what it requires and the file lacks; ``barred``: what it forbids; ``share``: how much of what it
    requires is there; ``header``: the names of a table's columns; ``untitled``: a table among several lacks the lines
    above it.
    """

    source: Source
    level: Level
    missing: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    share: float = 1.0
    untitled: bool = False
    header: tuple[str, ...] = ()

    @property
    def unexpected(self) -> tuple[str, ...]:
        """What the source forbids, and, where it lacks something or forbids nothing, columns that it does not know."""
        words = asked_by(self.source)
        forbidden = [name for name in self.header if plain(name) in words.forbidden]
        if not self.missing and (forbidden or self.untitled):
            return (*self.barred, *forbidden)
        strange = (name for name in self.header if name in forbidden or plain(name) not in words.known | {""})
        return (*self.barred, *strange)


def rank(preview: Preview, sources: Iterable[Source]) -> tuple[Match, ...]:
    """All sources that may describe the file, best first."""
    found = [match for source in sources if (match := _match(preview, source)) is not None]
    return tuple(sorted(found, key=_order))


def _order(match: Match) -> tuple[object, ...]:
    """The best first; of equals, what people can still get."""
    source = match.source
    return ORDER.index(match.level), -match.share, source.closed, not source.advised, source.id


def best(preview: Preview, matches: Sequence[Match]) -> Match:
    """Of all that may describe the file, the one to read it with. Raises `BadData` where none fits or several do."""
    for level in ORDER[:2]:
        equal = [match for match in matches if match.level == level]
        if len(equal) == 1:
            return equal[0]
        if equal:
            names = " and ".join(match.source.id for match in equal)
            message = f"The file fits {names} equally well."
            raise BadData(message, hint=f"Choose one, for example --as {equal[0].source.id}.", code="format.tie")
    raise unknown(preview, matches)


def asked_for(preview: Preview, sources: Sequence[Source], as_: str) -> Match:
    """The source a user asked for. Raises `UserMistake` where nobody installed it, `BadData` where it does not fit."""
    source = next((source for source in sources if source.id == as_), None)
    if source is None:
        known = ", ".join(sorted(source.id for source in sources)) or "none: no plugin is installed"
        message = f"Nothing installed reads {as_!r}."
        raise UserMistake(message, hint=f"Known: {known}.", code="format.unknown")
    match = _match(preview, source)
    if source.container != preview.container:
        message = f"{as_} is {_article(source.container)} file, and this is {_article(preview.container)} file."
        raise BadData(message, hint=source.how_to_get, code="format.other")
    if match is None or match.missing or match.untitled:
        absent = match.missing if match is not None else source.signature.required or (source.signature.root,)
        how = f"lacks {listed(absent)}" if match is None else lacking(match)
        message = f"The file cannot be read as {as_}: it {how}."
        raise BadData(message, hint=source.how_to_get, code="format.other")
    return match


def _match(preview: Preview, source: Source) -> Match | None:
    if source.container != preview.container:
        return None
    if preview.container == "json":
        return _json(preview, source)
    if preview.turned != source.layout.turned:
        return None
    return _table(preview, source) if preview.container == "csv" else _xml(preview, source)


def _table(preview: Preview, source: Source) -> Match | None:
    if isinstance(preview.block, Block) != source.layout.blocks:
        return None
    words = asked_by(source)
    if not words.wanted:
        return None
    found = heading(preview.records, source)
    header = () if found is None else found.names
    there = plain_names(header) - {""}
    missing = tuple(dict.fromkeys(told for told, names in words.asked if names.isdisjoint(there)))
    barred = not words.forbidden.isdisjoint(there)
    untitled = not _titled(preview, source)
    share = (words.wanted - len(missing)) / (words.wanted + untitled)
    if (missing or barred) and share <= 0:
        return None
    is_other = bool(missing) or barred or untitled
    return Match(
        source=source,
        level="possible" if is_other else _told_level(preview, source, there),
        untitled=untitled,
        missing=missing,
        share=share,
        header=header,
    )


def _told_level(preview: Preview, source: Source, there: frozenset[str] | set[str]) -> Level:
    """How surely a table with all that a source asks for is one; few common names beside strange ones tell nothing."""
    level, words = _level(preview, source), asked_by(source)
    strange, familiar = len(there - words.known), len(there & words.known)
    is_strange = words.wanted <= FEW and NEARLY * strange >= familiar
    is_strange |= words.wanted <= SOME and strange > familiar
    return "possible" if level == "likely" and is_strange else level


def _titled(preview: Preview, source: Source) -> bool:
    """Whether a table among several bears the title, and stands under the lines, that a source asks for."""
    if not isinstance(preview.block, Block):
        return True
    asked = ((source.layout.title, preview.block.title), (source.layout.above, preview.block.above))
    return all(not pattern or re.search(pattern, text) is not None for pattern, text in asked)


def _json(preview: Preview, source: Source) -> Match | None:
    """The best match of all the places where a source's records may lie; its source names that place alone."""
    found = [each for place in _places(source) if (each := _placed(preview, place)) is not None]
    return max(found, key=lambda match: (-ORDER.index(match.level), match.share), default=None)


def placed(source: Source, records: str) -> Source:
    """A source whose records lie in one place."""
    if source.layout.records == records:
        return source
    return replace(source, layout=replace(source.layout, records=records))


def _in_each(source: Source) -> tuple[Source, ...]:
    return tuple(placed(source, place) for place in source.layout.records.split(OR))


_places = Once(_in_each, most=1024)
"""A source once for each place in which its records may lie."""


def _placed(preview: Preview, source: Source) -> Match | None:
    signature = source.signature
    if signature.root and preview.root not in signature.root.split(OR):
        return None
    base = "" if preview.lines and source.layout.records == "[]" else source.layout.records
    required = asked_by(source).named
    if not required and not signature.root:
        return None
    around = [name for name, _ in required if name.startswith("$")] or (signature.root and preview.root)
    hollow = bool(around) and _is_hollow(preview, base)
    missing = tuple(
        dict.fromkeys(
            name
            for name, group in required
            if not any(_stands(preview, base, each) for each in group) and not (hollow and not name.startswith("$"))
        )
    )
    if any(_is_of_another_make(preview, name) for name in missing):
        return None
    barred = tuple(name for name in signature.forbidden if _stands(preview, base, name))
    share = 1 - len(missing) / max(len({name for name, _ in required}), 1)
    if share <= 0:
        return None
    level = "possible" if missing or barred else _level(preview, source)
    return Match(source=source, level=level, missing=missing, barred=barred, share=share)


def _stands(preview: Preview, base: str, name: str) -> bool:
    """Whether a path was seen at the beginning of a JSON file."""
    if name.startswith("$"):
        return name.removeprefix("$").removeprefix(".") in preview.names
    if name.startswith(("^", "@")):
        return True
    if not base.endswith("{}"):
        return f"{base}.{name}".removeprefix(".") in preview.names if base else name in preview.names
    inner = re.compile(rf"{re.escape(base.removesuffix('{}'))}\.?[^.\[\]]+\.{re.escape(name)}".removeprefix("\\.?"))
    return any(inner.fullmatch(each) for each in preview.names)


def _is_of_another_make(preview: Preview, name: str) -> bool:
    """Whether a key whose value tells a family of files is not there at all: then nothing of that family is near."""
    key, told, _ = name.partition("=")
    key = key.removeprefix("$.").strip()
    return bool(told) and OR.strip() not in key and not any(f"{key}=" in each for each in preview.names)


def _is_hollow(preview: Preview, base: str) -> bool:
    """Whether the container of records is there and has none."""
    container = base.removesuffix("[]").removesuffix("{}")
    return container in preview.names and not any(
        each.startswith((f"{container}[]", f"{container}.")) for each in preview.names
    )


def _xml(preview: Preview, source: Source) -> Match | None:
    signature = source.signature
    if not signature.root or preview.root != signature.root:
        return None
    asked = ((name,) for name in signature.required)
    missing = tuple(" or ".join(group) for group in (*asked, *signature.any_of) if preview.names.isdisjoint(group))
    barred = any(name in preview.names for name in signature.forbidden)
    share = 1 - len(missing) / max(len(signature.required) + len(signature.any_of), 1)
    level = "possible" if missing or barred else _level(preview, source)
    return Match(source=source, level=level, missing=missing, share=share)


def _level(preview: Preview, source: Source) -> Level:
    pattern = source.signature.name_pattern
    return "exact" if not pattern or re.search(pattern, preview.name) else "likely"


def _article(container: str) -> str:
    return {"xml": "an XML", "json": "a JSON"}.get(container, "a CSV")
