"""Tables as HTML: a caption, headers with their scope, and a frame that scrolls where the page is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels.markup import Markup, some, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.panels.results import Table


def table_of(table: Table) -> Markup:
    """A table for reading, and how many rows there are in all."""
    shown = len(table.rows)
    more = f"{shown:,} of {table.total:,} rows" if table.total > shown else ""
    note = " · ".join(filter(None, (table.note, more)))
    return tag("div", grid(table.columns, table.rows, title=table.title), some("p", note, class_="sample"))


def grid(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str) -> Markup:
    """Columns and rows; the first cell of a row names it."""
    head = tag("tr", *(tag("th", column, scope="col") for column in columns))
    body = (tag("tr", *(_cell(place, cell) for place, cell in enumerate(row))) for row in rows)
    return tag(
        "div",
        tag("table", some("caption", title), tag("thead", head), tag("tbody", *body)),
        class_="scroll",
        role="group",
        aria_label=title or "Table",
        tabindex="0",
    )


def _cell(place: int, cell: object) -> Markup:
    text = "" if cell is None else cell
    return tag("th", text, scope="row") if place == 0 else tag("td", text)
