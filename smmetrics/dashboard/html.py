"""The dashboard's own pieces of markup: its sheet of style, and tables that scroll in themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels.markup import Markup, escaped, joined, ours, some, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Markup", "escaped", "joined", "some", "stylesheet", "table", "tag"]

_SENTENCE = 30
"""Characters from which a cell's text is a sentence."""


def stylesheet(css: str) -> Markup:
    """The dashboard's own rules, which hold no outside text. Raises `ValueError` for anything that could end them."""
    if "<" in css:
        message = "a stylesheet with '<' in it could end itself"
        raise ValueError(message)
    return ours(f"<style>{css}</style>")


def table(columns: Sequence[object], rows: Iterable[Sequence[object]], *, label: str) -> Markup:
    """A table with headings, which scrolls in itself where it is too wide or too long. ``label``: what it is of."""
    head = tag("tr", *(tag("th", column, scope="col") for column in columns))
    body = joined(tag("tr", *(_cell(cell) for cell in row)) for row in rows)
    made = tag("table", tag("thead", head), tag("tbody", body))
    return tag("div", made, class_="smm-wide", tabindex="0", role="group", aria_label=label)


def _cell(cell: object) -> Markup:
    """A cell; one with a sentence in it keeps room to be read."""
    return tag("td", cell, class_="smm-sentence" if len(str(cell)) > _SENTENCE else None)
