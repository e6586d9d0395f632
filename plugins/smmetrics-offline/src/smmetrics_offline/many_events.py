"""Many entries of a calendar at once: those whose times are plainly written, in zones that Polars knows."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

INSTANT = pl.Datetime("us", "UTC")
TIMES = "%Y-%m-%d %H:%M:%S"
PLAIN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-5][0-9]:[0-5][0-9]Z?)?$"
MIDNIGHT, DAY = " 00:00:00", len("2026-11-03")
YEARS = (1970, 2200)
ZONES = 20
"""More zones than this in one calendar are no everyday calendar: the others are looked at one by one."""
MINUTE = 60 * 1_000_000


def taken(frame: pl.DataFrame, table: str, zone: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All plainly written entries with what their rows need, and the others as they are."""
    start, end = (_moments(frame, name, zone) for name in ("start", "end"))
    read = frame.with_columns(
        at=start.get_column("at"),
        until=end.get_column("at"),
        day=start.get_column("day"),
        exact=start.get_column("exact"),
        key=pl.concat_str(_or_null("uid"), _or_null("instance"), separator="/", ignore_nulls=True),
    )
    read = read.with_columns(
        minutes=pl.when("exact").then((pl.col("until").cast(pl.Int64()) - pl.col("at").cast(pl.Int64())) / MINUTE)
    )
    plain = [
        pl.col("at").is_not_null(),
        (pl.col("end") == "") | pl.col("until").is_not_null(),
        (pl.col("until") >= pl.col("at")).fill_null(value=True),
        pl.col("key") != "",
        pl.col("attendees").str.contains(r"^[0-9]{1,9}$"),
    ]
    if table == "roster":
        plain += [pl.col("summary") != "", (pl.col("until") > pl.col("at")).fill_null(value=False)]
    is_plain = read.select(pl.all_horizontal(plain).fill_null(value=False)).to_series()
    return read.filter(is_plain), frame.filter(~is_plain)


def rows(read: pl.DataFrame, table: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Rows of the table that a calendar fills."""
    of_table: dict[str, dict[str, pl.Expr]] = {
        "effort": {"entry_id": pl.col("key"), "task": pl.lit("meet"), "note": _or_null("summary")},
        "roster": {
            "person": pl.col("summary"),
            "channel": pl.lit(""),
            "from": pl.col("at"),
            "to": pl.col("until"),
        },
        "events": {
            "event_id": pl.col("key"),
            "title": _or_null("summary"),
            "kind": pl.lit(None, dtype=pl.String()),
            "precision": pl.when("exact").then(pl.lit("instant")).otherwise(pl.lit("day")),
            "invited": pl.col("attendees").cast(pl.Int64()).replace(0, None),
            "status": _or_null("status").str.to_lowercase(),
            "repeats": pl.col("repeats") != "",
        },
    }
    return read.with_columns(platform=pl.lit("offline"), **of_table[table]).select(list(schema)).cast(pl.Schema(schema))


def _or_null(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name))


def _moments(frame: pl.DataFrame, name: str, zone: str) -> pl.DataFrame:
    """Instants of times on a clock, in the zone beside each or the one that was said; null where one is in doubt."""
    cells, exact = pl.col(name), pl.col(name).str.len_bytes() > DAY
    text = pl.when(exact).then(cells.str.strip_suffix("Z")).otherwise(cells + MIDNIGHT)
    placed = pl.when(cells.str.ends_with("Z")).then(pl.lit("UTC")).when(pl.col(f"{name}_zone") != "")
    shown = frame.select(
        exact.alias("exact"),
        pl.when(cells.str.contains(PLAIN))
        .then(text)
        .str.to_datetime(TIMES, time_unit="us", strict=False)
        .alias("shown"),
        placed.then(pl.col(f"{name}_zone")).otherwise(pl.lit(zone)).alias("zone"),
    )
    shown = shown.with_columns(pl.when(pl.col("shown").dt.year().is_between(*YEARS)).then(pl.col("shown")))
    names = [each for each in shown.get_column("zone").unique().head(ZONES) if _is_known(each)]
    at = pl.lit(None, dtype=INSTANT)
    for each in names:
        local = pl.col("shown").dt.replace_time_zone(each, ambiguous="null", non_existent="null")
        at = pl.when(pl.col("zone") == each).then(local.dt.convert_time_zone("UTC")).otherwise(at)
    return shown.select(at.alias("at"), pl.col("shown").dt.date().alias("day"), "exact")


@lru_cache(maxsize=1024)
def _is_known(zone: str) -> bool:
    """Whether Polars knows a zone."""
    try:
        pl.Series([None], dtype=pl.Datetime("us")).dt.replace_time_zone(zone)
    except pl.exceptions.PolarsError:
        return False
    return True
