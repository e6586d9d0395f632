"""Which kinds of files can feed a formula, from what they declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.contracts.feeding import feed
from smmetrics.contracts.needing import holds
from smmetrics.contracts.spoken import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.api.sources import Source
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.formula import Formula

ENOUGH = frozenset({"measurable", "partly"})


def feeders(formula: Formula, catalogue: Catalogue) -> list[dict[str, Any]]:
    """One row a source: source, title, status, reason, note, what would do, and the sources it needs (``with``).

    ``rows``: whether it brings any row that the formula reads. Kinds of files that are refused feed nothing, and are
    not among them.

    Time that people gave belongs to no platform: where a formula reads it beside posts, each platform's files are
    judged together with the files that hold it.
    """
    return [_row(formula, source, beside, catalogue) for source, beside in _pairs(formula, catalogue)]


def _pairs(formula: Formula, catalogue: Catalogue) -> Iterator[tuple[Source, Sequence[Source]]]:
    taken = (source for source in catalogue.sources.values() if not source.refuses)
    sources = sorted(taken, key=lambda source: source.id)
    common = [source for source in sources if without_platform(source, catalogue)]
    if common and feed(formula, common, catalogue).status in ENOUGH:
        yield from ((source, ()) for source in common)
        return
    beside = [source for source in common if source.table in formula.tables]
    yield from ((source, beside) for source in sources if source not in common)


def _row(formula: Formula, source: Source, beside: Sequence[Source], catalogue: Catalogue) -> dict[str, Any]:
    verdict = feed(formula, [source, *beside], catalogue)
    # Not every file of the table beside holds what is asked: a sheet of costs says nothing of minutes.
    any_one = [each.id for each in beside if feed(formula, [source, each], catalogue).status == verdict.status]
    return {
        "source": source.id,
        "title": source.title,
        "with": " or ".join(any_one),
        "status": verdict.status,
        "reason": verdict.reason,
        "note": _note(verdict.note, formula),
        "would_do": " ".join(verdict.would_do),
        "rows": any(holds(source, table, catalogue.views) for table in formula.tables),
    }


def without_platform(source: Source, catalogue: Catalogue) -> bool:
    """Whether a source's rows belong to no platform: time people gave serves every channel."""
    view = catalogue.views.get(source.table)
    return view is not None and view.column("platform") is None


def _note(note: str, formula: Formula) -> str:
    """A note begins with the column it is about: in words, as people call it."""
    name, colon, rest = note.partition(": ")
    found = next(((column, known) for column, known in formula.known.items() if column.name == name), None)
    return f"{called(found[1], found[0].table)}: {rest}" if colon and found else note
