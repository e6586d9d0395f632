"""What anybody would write to read a file whose types they know: with Polars, or as a loop over its records."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from smmetrics.api.sources import Column
    from tests.benchmarks._grown import Grown

FORMS = ("%a %b %d %H:%M:%S %z %Y", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M", "%d %b %Y")
"""How the samples of sources with code write instants."""


def by_polars(grown: Grown) -> Callable[[], int]:
    """A typed read, dates too; what no column declares is learnt from the file before."""
    if grown.source.container == "xml":
        return lambda: sum(1 for _ in ET.iterparse(grown.path))
    if grown.source.container == "json":
        schema = pl.read_ndjson(grown.records, infer_schema_length=5_000).schema
        return lambda: pl.read_ndjson(grown.records, schema=schema).height
    read = _typed_read(grown)
    return lambda: read().height


def by_unpivot(grown: Grown) -> Callable[[], int] | None:
    """A typed read and then a row a number, where the source makes one; None where it does not."""
    if grown.source.container != "csv" or not any(column.sets for column in grown.source.columns):
        return None
    read = _typed_read(grown)
    declared = _declared(grown)
    names = read().columns
    set_by = {name: column for name in names if (column := declared.get(name.strip().casefold())) and column.sets}
    numbers = [name for name, column in set_by.items() if not _is_text(column)]
    others = [name for name in names if name not in numbers]

    def run() -> int:
        rows = read().unpivot(on=numbers, index=others, variable_name="what", value_name="number").drop_nulls("number")
        where = {"platform": grown.source.platform, "account_id": "acme", "kind": grown.source.id}
        return rows.with_columns(pl.lit(value).alias(name) for name, value in where.items()).height

    return run if numbers else None


def _typed_read(grown: Grown) -> Callable[[], pl.DataFrame]:
    none = list(grown.source.layout.missing)
    how: dict[str, Any] = {"skip_lines": grown.above - 1, "separator": grown.delimiter, "null_values": none}
    found = pl.read_csv(grown.path, infer_schema_length=50_000, ignore_errors=True, **how).schema
    declared = _declared(grown)
    columns = {name: declared.get(name.strip().casefold()) for name in found}
    types = {name: pl.String() if _is_text(columns[name]) else kind for name, kind in found.items()}
    dates = [_dated(name, column) for name, column in columns.items() if column is not None and _is_date(column)]
    return lambda: pl.read_csv(grown.path, schema=types, ignore_errors=True, **how).with_columns(dates)


def _declared(grown: Grown) -> dict[str, Column]:
    return {name.casefold(): column for column in grown.source.columns for name in column.names}


def by_loop(grown: Grown) -> Callable[[], int]:
    """A loop over the records, as a source with code is one; which cells are dates is learnt from the first record."""
    if grown.source.container == "json":
        return lambda: len([json.loads(line) for line in grown.records.open("rb")])
    with grown.path.open(encoding="utf-8", errors="replace", newline="") as file:
        first = next(_dictionaries(file, grown))
    forms = {name: form for name, cell in first.items() for form in FORMS if _fits(cell, form)}
    return lambda: _typed(grown, forms)


def _typed(grown: Grown, forms: dict[str, str]) -> int:
    with grown.path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [
            {name: _value(cell, forms.get(name)) for name, cell in row.items()} for row in _dictionaries(file, grown)
        ]
    return len(rows)


def _dictionaries(file: Any, grown: Grown) -> csv.DictReader[str]:
    for _ in range(grown.above - 1):
        file.readline()
    return csv.DictReader(file, delimiter=grown.delimiter, restval="")


def _value(cell: str, form: str | None) -> object:
    if form is not None:
        return datetime.strptime(cell, form) if cell else None  # noqa: DTZ007 (a zone is what some lack)
    return int(cell) if cell.isdecimal() else cell or None


def _fits(cell: str, form: str) -> bool:
    try:
        datetime.strptime(cell, form)  # noqa: DTZ007 (only whether it fits)
    except ValueError:
        return False
    return True


def _is_text(column: Column | None) -> bool:
    return column is not None and (column.parse in {"text", "id"} or _is_date(column))


def _is_date(column: Column) -> bool:
    return column.parse.startswith(("date %", "instant %"))


def _dated(name: str, column: Column) -> pl.Expr:
    word, _, forms = column.parse.partition(" ")
    form = forms.split(" | ", 1)[0].replace(".%f", "%.f")
    cells = pl.col(name).str
    return cells.to_date(form, strict=False) if word == "date" else cells.to_datetime(form, strict=False)
