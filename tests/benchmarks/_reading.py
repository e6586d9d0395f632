"""One file read whole by one source, as an import does it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import Answers, Reader

if TYPE_CHECKING:
    from smmetrics.api.sources import Source
    from smmetrics.intake import FileResult


def read(source: Source, path: Path, copies: Path) -> FileResult:
    """Copy, hash, recognise, split, cast, check, shape; a file that is not read is a fault of the benchmark."""
    tables = {table.name: table for table in CORE_TABLES}
    result = Reader((source,), tables, copies=copies, key=b"", use={}.__getitem__).read(path, Answers())
    if result.status != "read":
        raise AssertionError(result.reason)
    return result


def kept(source: Source, path: Path) -> int:
    """How many records are kept: all that there are."""
    with tempfile.TemporaryDirectory(dir=path.parent) as copies:
        result = read(source, path, Path(copies))
    if result.kept != result.records_in:
        raise AssertionError(result)
    return result.kept
