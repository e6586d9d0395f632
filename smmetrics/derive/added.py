"""Tables of plugins: as they came in, with what is known of who acted, or made of other tables by a plugin's code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import polars as pl

from smmetrics.api.errors import PluginFault, SmmetricsError
from smmetrics.derive import kept, who
from smmetrics.registry.states import describe
from smmetrics.tables.schema import view_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from smmetrics.api.facts import View
    from smmetrics.contracts.adding import Filled
    from smmetrics.derive.base import Base

BROKEN = "derived.broken"
"""The code of a fault in what makes a table."""
CREATED = "created_on"
STORED, READ = "account_id", "account"
"""What a table declares of its account, and what formulas and code know it by."""


class Frames(Protocol):
    """Tables as formulas see them, by name."""

    def frame(self, view: str, columns: Collection[str]) -> pl.LazyFrame:
        """Rows of one."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Filling:
    """What makes a table, and how its code is found: loaded when rows are first asked for.

    The code takes the rows of tables by name, or of one table alone, and gives the rows of the table.
    """

    what: Filled
    code: Callable[[], Callable[..., pl.DataFrame]]

    @property
    def record(self) -> tuple[str, ...]:
        """What tells its rows from those of other code."""
        return (self.what.table, self.what.plugin, self.what.version, repr(self.what.reads))

    def rows(self, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """What the code gives."""
        code = self.code()
        return code(*frames.values()) if self.what.alone else code(frames)


def stored(base: Base, view: View) -> pl.LazyFrame:
    """A plugin's table as it came in: the account as read, the day in the strategy's zone, who acted."""
    rows = base.snapshot.current(view.name)
    there = set(rows.collect_schema().names())
    if view.column("account"):
        rows = who.with_account(rows, base.accounts)
    if view.event_time:
        rows = rows.with_columns(_day(view.event_time, there, base.scope.zone))
    return _acting(rows, view, base)


def _acting(rows: pl.LazyFrame, view: View, base: Base) -> pl.LazyFrame:
    """What is known of the person of each row, where rows have one."""
    if not view.column("person"):
        return rows
    dated = rows if view.event_time else rows.with_columns(pl.lit(None, dtype=pl.Date()).alias(CREATED))
    return kept.acting(dated, base)


def _day(event_time: str, there: Collection[str], zone: str) -> pl.Expr:
    """The day of a row: that of its instant in a zone, or the date of a table that knows no time of day."""
    if event_time in there:
        return pl.col(event_time).dt.convert_time_zone(zone).dt.date().alias(CREATED)
    return pl.col(event_time.removesuffix("_at")).alias(CREATED)


def made(filling: Filling, view: View, tables: Mapping[str, View], source: Frames, base: Base) -> pl.DataFrame:
    """A table that a plugin's code makes, with the day of each row and who acted.

    Raises:
        PluginFault: the code fails, or gives columns, types or rows its table does not declare.

    """
    frames = {
        name: source.frame(name, columns or [each.name for each in tables[name].columns if each.computed]).collect()
        for name, columns in filling.what.reads
    }
    rows = asked(filling, view, frames)
    if view.event_time and CREATED not in rows.columns:
        rows = rows.with_columns(_day(view.event_time, rows.columns, base.scope.zone))
    return _acting(rows.lazy(), view, base).collect()


def asked(filling: Filling, view: View, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """What the code makes of these rows, in the types its table declares. Raises as `made`."""
    try:
        given = filling.rows(frames)
    except SmmetricsError:
        raise
    except (Exception, SystemExit) as error:
        said = f"failed: {describe(error)}"
        raise _broken(filling, said, "Its author will want to know; smmetrics plugins lists whom to tell.") from error
    if not isinstance(given, pl.DataFrame):
        raise _broken(filling, f"gave {type(given).__name__} and not a Polars frame", "Give back a polars.DataFrame.")
    return _held(given, filling, view)


def named(rows: pl.DataFrame) -> str:
    """A name for these very rows: code may be changed under the same version."""
    return hashlib.sha256(rows.hash_rows(seed=0).to_numpy().tobytes()).hexdigest()[:32]


def _held(given: pl.DataFrame, filling: Filling, view: View) -> pl.DataFrame:
    """The rows as the table declares them: its columns, their types, one row a key, a time."""
    schema = view_schema(view)
    if STORED in given.columns and READ in schema and READ not in given.columns:
        given = given.rename({STORED: READ})
    odd = sorted(set(given.columns) - schema.keys())
    if odd:
        raise _broken(filling, f"gave the column {odd[0]!r}", f"Its table declares {', '.join(schema)}.")
    needed = (*view.key, *(("platform", "person") if view.column("person") else ()))
    lacks = [name for name in needed if name not in given.columns]
    if lacks:
        raise _broken(filling, f"gave no column {lacks[0]!r}", f"Each row needs {', '.join(dict.fromkeys(needed))}.")
    try:
        rows = given.select(pl.col(name).cast(schema[name]) for name in given.columns)
    except pl.exceptions.PolarsError as error:
        said = f"gave another type: {str(error).splitlines()[0]}"
        raise _broken(filling, said, "Give the declared types.") from error
    twice = rows.height - rows.select(pl.struct(view.key).n_unique()).item() if rows.height else 0
    if twice:
        raise _broken(filling, f"gave {twice:,} rows whose key is another's", f"Its key is {', '.join(view.key)}.")
    if view.event_time and not {CREATED, view.event_time, view.event_time.removesuffix("_at")} & set(rows.columns):
        raise _broken(filling, "gave no time", f"Each row needs {view.event_time}, or its day as {CREATED}.")
    return rows


def _broken(filling: Filling, what: str, hint: str) -> PluginFault:
    message = f"the code of the plugin {filling.what.plugin} that makes the table {filling.what.table} {what}"
    return PluginFault(message, hint=hint, code=BROKEN)
