"""For another program: CSV, JSON and Parquet, raw. ISO dates, null stays null, no cell is dressed up.

This CSV is not for opening in a spreadsheet, which would run a cell that begins with ``=``: that is what the
format xlsx is for.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INSTANT = "%Y-%m-%dT%H:%M:%S%.fZ"
LOCAL = "%Y-%m-%dT%H:%M:%S%.f"


def csv_text(frame: pl.DataFrame) -> str:
    """Comma-separated text with a header. An empty cell is null; an empty text is ``""``."""
    return _flat(frame).write_csv()


def json_text(frame: pl.DataFrame) -> str:
    """A JSON array with an object a row."""
    return "".join(_json_pieces(frame))


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """The same as `csv_text`, into a file."""
    with path.open("wb") as file:  # Polars does not open a path whose name is no UTF-8
        _flat(frame).write_csv(file)


def write_json(frame: pl.DataFrame, path: Path) -> None:
    """The same as `json_text`, into a file, a row at a time."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_json_pieces(frame))


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Parquet with the frame's own types."""
    with path.open("wb") as file:  # see above
        frame.write_parquet(file, compression="zstd", compression_level=9)


def _json_pieces(frame: pl.DataFrame) -> Iterator[str]:
    between = "["
    for row in iso(frame).iter_rows(named=True):
        cells = {name: _finite(value) for name, value in row.items()}
        yield f"{between}\n  {json.dumps(cells, ensure_ascii=False, allow_nan=False)}"
        between = ","
    yield "\n]\n" if between == "," else "[]\n"


def _finite(value: object) -> object:
    """JSON knows neither infinity nor NaN; both mean that there is no number."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def iso(frame: pl.DataFrame) -> pl.DataFrame:
    """Dates and instants as ISO text; an instant ends with ``Z`` because it is UTC."""
    return frame.with_columns(_iso(name, dtype) for name, dtype in frame.schema.items() if dtype.is_temporal())


def _iso(name: str, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Datetime):
        if dtype.time_zone is None:
            return pl.col(name).dt.strftime(LOCAL)
        return pl.col(name).dt.convert_time_zone("UTC").dt.strftime(INSTANT)
    return pl.col(name).dt.to_string("iso")


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as JSON text: a cell of CSV holds one value."""
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    return iso(frame).with_columns(
        pl.col(name).map_elements(as_json, return_dtype=pl.String, skip_nulls=True) for name in lists
    )


def as_json(values: pl.Series) -> str:
    """A list cell as a JSON array."""
    return json.dumps(values.to_list(), ensure_ascii=False)
