"""The readings shown, as a file to take away: a link that holds the whole file, so that nothing leaves the page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.dashboard.html import Markup, joined, tag

if TYPE_CHECKING:
    from smmetrics.panels.source import Source, View

NAME = "readings.csv"
_LIVE = r"^[\s]*[=+\-@\t\r\n|%]"
"""How cells begin that a spreadsheet would take for an order."""


def readings(source: Source, view: View) -> pl.DataFrame:
    """The readings a view shows: in all, and by its grain."""
    whole = source.readings(view)
    return whole if view.grain == "total" else pl.concat([whole, source.readings(view, grain=view.grain)])


def csv_of(frame: pl.DataFrame) -> str:
    """A frame as CSV for spreadsheets: texts that would run there get an apostrophe before them."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    calm = frame.with_columns(
        pl.when(pl.col(name).str.contains(_LIVE)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )
    return calm.write_csv()


def link(frame: pl.DataFrame) -> Markup:
    """A link to the file, inside the page."""
    held = base64.b64encode(csv_of(frame).encode()).decode()
    words = f"Save {NAME}: {frame.height:,} readings"
    return tag("p", tag("a", words, href=f"data:text/csv;base64,{held}", download=NAME), class_="smm")


def nothing() -> Markup:
    """No link yet."""
    return joined(())
