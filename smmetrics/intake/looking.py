"""Look at a file without taking it in: what it is, part by part, what could read it, and how near other kinds come."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import SmmetricsError
from smmetrics.intake.contents import opened
from smmetrics.intake.copying import private_copy
from smmetrics.intake.recognising import Recogniser
from smmetrics.intake.strangers import NOT_TAKEN, STRANGER
from smmetrics.intake.unopened import shown, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source
    from smmetrics.api.strangers import Stranger
    from smmetrics.intake.contents import Content
    from smmetrics.intake.rank import Match

NAMED = frozenset({STRANGER, NOT_TAKEN})
"""Refusals of what is known by name."""
SHOWN = 5
MANY = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """How well a kind fits (``exact``, ``likely``, ``possible``), what it needs and lacks, what it does not know."""

    kind: str
    title: str
    level: str
    share: float
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What one part of a file is.

    ``names`` are its columns, or the first keys or elements; ``kind`` is what `import` would take it for, empty where
    it would not; ``reason`` and ``hint`` say why not. ``kinds`` are all that come near, the nearest first; none where
    it is ``named``: known as something that is not read.
    """

    file: str
    part: str
    container: str = ""
    encoding: str = ""
    divided_by: str = ""
    names: tuple[str, ...] = ()
    kind: str = ""
    reason: str = ""
    hint: str = ""
    kinds: tuple[Likeness, ...] = ()
    named: bool = False

    def record(self) -> dict[str, object]:
        """As plain values."""
        return asdict(self)


def look(
    path: Path, sources: Sequence[Source], *, as_: str = "", strangers: Sequence[Stranger] = ()
) -> tuple[Look, ...]:
    """What a file is, a record for each part. A file that cannot be opened at all is one record with the reason."""
    with tempfile.TemporaryDirectory(prefix="smmetrics-") as folder:
        try:
            with private_copy(path, Path(folder)) as copy, opened(copy.path, path.name, Path(folder)) as contents:
                return tuple(_looks(contents, path, Recogniser(tuple(sources), tuple(strangers)), as_))
        except OSError as error:
            refused: SmmetricsError = unreadable(path, error)
        except SmmetricsError as error:
            refused = error
    return (Look(file=shown(path), part="", reason=refused.message, hint=refused.hint),)


def _looks(contents: Sequence[Content], path: Path, recogniser: Recogniser, as_: str) -> Iterator[Look]:
    for content in contents:
        try:
            preview = recogniser.preview(content, path.name)
            found = recogniser.choices(content, preview, as_)
        except SmmetricsError as error:
            yield Look(file=shown(path), part=content.part, reason=error.message, hint=error.hint)
            continue
        finally:
            content.close()
        for part, seen, match in found:
            yield _look(path, part, seen, match, recogniser)


def _look(
    path: Path, content: Content, preview: Preview, match: Match | SmmetricsError, recogniser: Recogniser
) -> Look:
    refused = match if isinstance(match, SmmetricsError) else None
    ranked = recogniser.ranked(preview)[:SHOWN]
    is_named = refused is not None and refused.code in NAMED
    return Look(
        file=shown(path),
        part=content.part,
        container=preview.container,
        encoding=preview.encoding,
        divided_by="" if preview.sheet else preview.delimiter,
        names=_names(preview),
        kind="" if isinstance(match, SmmetricsError) else match.source.id,
        reason="" if refused is None else refused.message,
        hint="" if refused is None else refused.hint,
        kinds=() if is_named else tuple(_likeness(each) for each in ranked if each.missing or not each.source.refuses),
        named=is_named,
    )


def _likeness(match: Match) -> Likeness:
    return Likeness(
        kind=match.source.id,
        title=match.source.title,
        level=match.level,
        share=round(match.share, 2),
        missing=match.missing,
        unexpected=match.unexpected,
    )


def _names(preview: Preview) -> tuple[str, ...]:
    if preview.container == "csv":
        widest = max(preview.headers, key=lambda row: sum(bool(cell.strip()) for cell in row), default=())
        return tuple(cell for cell in widest if cell.strip())[:MANY]
    if preview.container == "json":
        return tuple(sorted((name for name in preview.names if name and "=" not in name), key=len))[:MANY]
    return tuple(dict.fromkeys((preview.root, *sorted(preview.names))))[:MANY]
