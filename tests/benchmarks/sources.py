"""Each source of the plugins on a large file of its kind, against a plain typed read of that file, in one table.

The files are the plugins' own samples, their records repeated with other ids. The plain read knows all types: of a
table ``polars.read_csv``, of JSON ``polars.read_ndjson`` of the same records a line each, of XML the standard library's
parser. Both read in turns; seconds are those of all cores, as only these compare well on a busy machine.
``SMMETRICS_BENCH_MIB`` takes another size, ``SMMETRICS_BENCH_SOURCES`` only some of them (divided by commas).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.intake import release
from tests.benchmarks._grown import ANSWERS, Nursery

if TYPE_CHECKING:
    from collections.abc import Callable

    from smmetrics.api.sources import Column
    from tests.benchmarks._grown import Grown

MIB = float(os.environ.get("SMMETRICS_BENCH_MIB", "16"))
SOURCES = tuple(filter(None, os.environ.get("SMMETRICS_BENCH_SOURCES", "").split(",")))
ROUNDS, LONG = 3, 1.0
"""Rounds, and seconds from which on one is enough."""
ALLOWED = {"csv": 3.0, "json": 4.0}
KEPT_BY_PEOPLE = "offline"
"""A platform whose tables people fill in by hand: hundreds of rows, each judged by itself, and no bar."""


def run() -> None:
    """Print the table, a row a source, and how many are beyond their bar."""
    print(
        f"  {'source':26} {'MiB':>5} {'records':>9} {'records/s':>10} {'plain s':>8} {'ours s':>8} {'ratio':>6} {'bar':>5}"
    )
    beyond = []
    with tempfile.TemporaryDirectory() as name:
        nursery = Nursery(Path(name))
        for grown in nursery.grown(int(MIB * (1 << 20)), SOURCES):
            plain, ours, records = _compared(nursery, grown)
            bar = None if grown.source.platform == KEPT_BY_PEOPLE else ALLOWED.get(grown.source.container)
            ratio = ours / plain
            print(
                f"  {grown.source.id:26} {grown.path.stat().st_size / (1 << 20):5.0f} {records:9,} {records / ours:10,.0f}"
                f" {plain:8.2f} {ours:8.2f} {ratio:6.2f} {bar or '':>5}",
                flush=True,
            )
            if bar and ratio > bar:
                beyond.append(grown.source.id)
            grown.path.unlink()
            grown.records.unlink()
    print(f"  beyond their bar: {', '.join(beyond) or 'none'} (load {os.getloadavg()[0]:.1f})")


def _compared(nursery: Nursery, grown: Grown) -> tuple[float, float, int]:
    """Seconds of the plain read and of ours, each the median of some rounds, and the records there are."""
    read = _plain(grown)
    plain, ours, records = [], [], 0
    for _ in range(ROUNDS):
        plain.append(_seconds(read)[0])
        seconds, records = _seconds(lambda: _ours(nursery, grown))
        ours.append(seconds)
        if seconds > LONG:
            break
    return statistics.median(plain), statistics.median(ours), records


def _seconds(what: Callable[[], int]) -> tuple[float, int]:
    before = time.process_time()
    records = what()
    return time.process_time() - before, records


def _ours(nursery: Nursery, grown: Grown) -> int:
    result = nursery.reader((grown.source,)).read(grown.path, ANSWERS)
    if result.status != "read":
        raise AssertionError(result.reason)
    release(result)
    return result.kept


def _plain(grown: Grown) -> Callable[[], int]:
    """What anybody would write who knows the types, dates too; what no column declares is learnt from the file."""
    if grown.source.container == "xml":
        return lambda: sum(1 for _ in ET.iterparse(grown.path))
    if grown.source.container == "json":
        schema = pl.read_ndjson(grown.records, infer_schema_length=5_000).schema
        return lambda: pl.read_ndjson(grown.records, schema=schema).height
    none = list(grown.source.layout.missing)
    how: dict[str, Any] = {"skip_lines": grown.above - 1, "separator": grown.delimiter, "null_values": none}
    found = pl.read_csv(grown.path, infer_schema_length=50_000, ignore_errors=True, **how).schema
    declared = {name.casefold(): column for column in grown.source.columns for name in column.names}
    columns = {name: declared.get(name.strip().casefold()) for name in found}
    types = {name: pl.String() if _is_text(columns[name]) else kind for name, kind in found.items()}
    dates = [_dated(name, column) for name, column in columns.items() if column is not None and _is_date(column)]
    return lambda: pl.read_csv(grown.path, schema=types, ignore_errors=True, **how).with_columns(dates).height


def _is_text(column: Column | None) -> bool:
    return column is not None and (column.parse in {"text", "id"} or _is_date(column))


def _is_date(column: Column) -> bool:
    return column.parse.startswith(("date %", "instant %"))


def _dated(name: str, column: Column) -> pl.Expr:
    word, _, forms = column.parse.partition(" ")
    form = forms.split(" | ", 1)[0]
    cells = pl.col(name).str
    return cells.to_date(form, strict=False) if word == "date" else cells.to_datetime(form, strict=False)


if __name__ == "__main__":
    sys.exit(run())
