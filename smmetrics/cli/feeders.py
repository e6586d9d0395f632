"""Which kinds of files can feed a formula, from what they declare: for `smmetrics explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.api.sources import Source
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.formula import Formula

ENOUGH = frozenset({"measurable", "partly"})


def feeders(formula: Formula, catalogue: Catalogue) -> list[dict[str, str]]:
    """One row a source: source, title, status, reason, note, and the sources it needs beside it (``with``).

    Time that people gave belongs to no platform: where a formula reads it beside posts, each platform's files are
    judged together with the files that hold it.
    """
    return [_row(formula, source, beside, catalogue) for source, beside in _pairs(formula, catalogue)]


def _pairs(formula: Formula, catalogue: Catalogue) -> Iterator[tuple[Source, Sequence[Source]]]:
    from smmetrics.contracts.feeding import feed

    sources = sorted(catalogue.sources.values(), key=lambda source: source.id)
    common = [source for source in sources if _without_platform(source, catalogue)]
    if common and feed(formula, common, catalogue).status in ENOUGH:
        yield from ((source, ()) for source in common)
        return
    beside = [source for source in common if source.table in formula.tables]
    yield from ((source, beside) for source in sources if source not in common)


def _row(formula: Formula, source: Source, beside: Sequence[Source], catalogue: Catalogue) -> dict[str, str]:
    from smmetrics.contracts.feeding import feed

    verdict = feed(formula, [source, *beside], catalogue)
    return {
        "source": source.id,
        "title": source.title,
        "with": ", ".join(each.id for each in beside),
        "status": verdict.status,
        "reason": verdict.reason,
        "note": verdict.note,
    }


def _without_platform(source: Source, catalogue: Catalogue) -> bool:
    view = catalogue.views.get(source.table)
    return view is not None and view.column("platform") is None
