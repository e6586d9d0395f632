"""One verb: write what a source shows in a view to a file, in the format its name says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.panels.files import save
from smmetrics.report.editions import edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from smmetrics.panels.results import PanelResult
    from smmetrics.panels.source import Source, View
    from smmetrics.report.document import Document

FORMATS = (".html", ".md", ".pdf")


def write(
    source: Source, view: View, out: Path, *, edition: str = "team", static: bool = False, today: date | None = None
) -> Path:
    """Write a report and give its path: ``.html`` (with ``static``: no script), ``.md`` for a mail, ``.pdf``.

    The file holds all it needs and loads nothing. It appears whole or not at all; with the same data on the same
    day (``today``, else the day it is in the source's zone) its bytes are the same.
    ``edition``: *team* (everything), *board* (one page, no names), *public* (no persons, no quotes, nothing about few).

    Raises `UserMistake` for an ending or an edition nobody knows and for a folder that is not there, `Unavailable`
    where no browser can print a PDF.
    """
    out = Path(out)
    suffix = _suffix(out)
    wanted = edition_of(edition)
    from smmetrics.report.document import gather  # noqa: PLC0415 (mistakes are told before anything is computed)

    document = gather(source, view, wanted, today=today, begin=_begin if has_pictures(out, static=static) else None)
    save(_written(document, suffix, static=static), out)
    return out


def _begin(results: Iterable[PanelResult]) -> None:
    from smmetrics.report.drawing import begin  # noqa: PLC0415 (only where there are pictures)

    begin(results)


def has_pictures(out: Path | None, *, static: bool) -> bool:
    """Whether such a report holds charts that are drawn before it is written; none: a page."""
    suffix = out.suffix.lower() if out else ".html"
    return suffix == ".pdf" or (static and suffix == ".html")


def _suffix(out: Path) -> str:
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        message = f"{out} does not say which kind of report to write."
        raise UserMistake(message, hint=f"End its name with one of {', '.join(FORMATS)}.", code="format.unknown")
    return suffix


def _written(document: Document, suffix: str, *, static: bool) -> bytes:
    if suffix == ".md":
        from smmetrics.report.markdown import markdown_of  # noqa: PLC0415 (each format loads its own)

        return markdown_of(document).encode("utf-8")
    from smmetrics.report.page import page_of  # noqa: PLC0415 (each format loads its own)

    if suffix == ".html":
        return page_of(document, static=static).encode("utf-8")
    from smmetrics.report.pdf import printed  # noqa: PLC0415 (each format loads its own)

    return printed(page_of(document, static=True), day=document.stamp.created)
