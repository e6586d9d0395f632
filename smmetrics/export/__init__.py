"""Readings and rows leave here: for a terminal, for a spreadsheet, for another program.

`write` is the one verb. Nothing is loaded before it is needed: a format's library comes with its first file.
`smmetrics.export.words` turns states and reason codes into the words a person reads.
"""

from __future__ import annotations

from smmetrics.contracts.exporting import FORMATS
from smmetrics.export.writing import format_for, write

__all__ = ["FORMATS", "format_for", "write"]
