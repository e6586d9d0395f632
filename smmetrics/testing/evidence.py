"""What the files that were read prove, or fail to prove, of what a source claims.

Each function gives a list of faults, empty where all is well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts import sourcing
from smmetrics.contracts.catalogue import build
from smmetrics.tables.schema import stored_schema
from smmetrics.testing.samples import KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from smmetrics.api import Capability, Source, Table
    from smmetrics.intake import FileResult
    from smmetrics.testing.subject import Subject

UNTIL_STORED = ("batch_id",)
"""What only the store can say."""
PSEUDONYM = r"^[0-9a-f]{16}$"
ROWS_OF = ("posts", "post_counts", "account_counts", "acts", "effort", "people")
"""Tables whose rows come from records; an account or a span may be known from a file's name alone."""

_COUNTED = frozenset(view.name for view in CORE_VIEWS) | {
    fact.partition(".")[0] for view in CORE_VIEWS for column in view.columns for fact in (*column.needs, *column.any_of)
}
"""Tables of whose rows something is counted."""


def unbalanced(name: str, result: FileResult) -> list[str]:
    """Records that came in and are nowhere."""
    accounted = (
        result.kept + result.quarantined + result.duplicate + result.blank + result.footer + result.forgotten
    )  # fmt: skip
    if result.status == "read" and result.records_in != accounted:
        return [f"{name}: {result.records_in} records came in and {accounted} are accounted for"]
    return []


def misshapen(name: str, result: FileResult, tables: Mapping[str, Table]) -> list[str]:
    """Columns that no fact declares, of another type, or absent where they tell rows apart."""
    faults = [f"{name}: {table!r} is no table" for table in result.frames if table not in tables]
    for table_name, frame in result.frames.items():
        if table_name in tables:
            table = tables[table_name]
            wanted = stored_schema(table) | {"record": pl.Int64()}
            faults += [
                f"{name}: {table_name}.{column} is {kind}, declared {wanted.get(column, 'by no fact')}"
                for column, kind in frame.schema.items()
                if kind != wanted.get(column)
            ]
            faults += [
                f"{name}: {table_name} lacks {column}, which tells its rows apart"
                for column in table.key
                if column not in frame.columns and column not in UNTIL_STORED
            ]
    return faults


def unproven(source: Source, results: Iterable[FileResult], tables: Mapping[str, Table]) -> list[str]:
    """Claims of a source that its own sample does not show."""
    frames: dict[str, list[pl.DataFrame]] = {}
    for result in results:
        if result.kind == source.id:
            for table, frame in result.frames.items():
                frames.setdefault(table, []).append(frame)
    whole = {table: pl.concat(each, how="diagonal_relaxed") for table, each in frames.items()}
    return [fault for claim in source.can for fault in _claim(source, claim, whole, tables)]


def _claim(
    source: Source, claim: Capability, frames: Mapping[str, pl.DataFrame], tables: Mapping[str, Table]
) -> list[str]:
    table, _, column = claim.fact.partition(".")
    frame = frames.get(table)
    if frame is None or column not in frame.columns or frame[column].null_count() == frame.height:
        return [f"{source.id} claims {claim.fact}; no row of its sample has it"]
    shown = frame.filter(pl.col(column).is_not_null())
    faults = []
    if "scope" in frame.columns and claim.scope not in set(shown["scope"]):
        faults.append(
            f"{source.id} claims {claim.fact} for scope {claim.scope}; its sample shows {_some(shown, 'scope')}"
        )
    if "window" in frame.columns and claim.grain not in set(shown["window"]):
        faults.append(f"{source.id} claims {claim.fact} per {claim.grain}; its sample shows {_some(shown, 'window')}")
    fact = next((fact for fact in tables[table].columns if fact.name == column), None)
    if fact is not None and fact.unit == "count" and shown[column].dtype.is_numeric() and shown[column].min() < 0:  # type: ignore[operator]
        negative = any(each.negative for each in source.columns if each.fact in (claim.fact, column))
        faults += [] if negative else [f"{source.id}: {claim.fact} is a count and its sample has one below 0"]
    return faults


def _some(frame: pl.DataFrame, column: str) -> str:
    return ", ".join(sorted(map(str, frame[column].unique().to_list())))


def backward(name: str, result: FileResult) -> list[str]:
    """Spans whose end is not after their start: half-open means that the end is left out."""
    spans = result.frames.get("spans")
    if spans is None:
        return []
    bad = spans.filter(pl.col("start") >= pl.col("end"))
    return [f"{name}: {bad.height} spans end on or before the day they start; ends are left out"] if bad.height else []


def unlike(name: str, one: FileResult, other: FileResult) -> list[str]:
    """Tables that two readings of one file do not agree on."""
    if one.status != other.status or one.frames.keys() != other.frames.keys():
        return [f"{name}: {one.status} with {sorted(one.frames)}, then {other.status} with {sorted(other.frames)}"]
    return [f"{name}: {table} differs" for table in one.frames if not one.frames[table].equals(other.frames[table])]


def undeclared(smm: Subject) -> list[str]:
    """Tables, constants and columns of sources that nobody declares."""
    return [f"{each.id} {why}" for each in smm.sources for why, _ in sourcing.undeclared(each, smm.facts, smm.tables)]


def unclaimed(smm: Subject) -> list[str]:
    """Columns of which a source says neither that it reports them nor why it cannot."""
    views = build(smm.registry).views.values()
    return [
        f"{source} reads {fact} and says nothing of it: add a Capability, or a Gap that says why not"
        for source, fact in sourcing.unclaimed(smm.sources, views, smm.facts)
    ]


def named(name: str, result: FileResult, own: Iterable[str]) -> list[str]:
    """Tables in which people stand by something that is no pseudonym."""
    faults = []
    for table in sorted(({"posts", "acts", "people"} | set(own)) & set(result.frames)):
        frame = result.frames[table]
        persons = [frame["person"]] if "person" in frame.columns else []
        persons += [frame["mentions"].explode()] if "mentions" in frame.columns else []
        if any((~each.cast(pl.String).str.contains(PSEUDONYM)).any() for each in persons):
            faults.append(
                f"{name}: {table} names people in clear; code makes a key with context.pseudonym(platform, id)"
            )
    return faults


def has_spans(result: FileResult) -> bool:
    """Whether the file says which days it covers; of rows that nothing counts, as consents, none is asked."""
    spans = result.frames.get("spans")
    counted = any(name in _COUNTED for name, frame in result.frames.items() if frame.height)
    return not counted or (spans is not None and spans.height > 0)


def one_of_each(results: Mapping[Path, FileResult]) -> dict[str, Path]:
    """The smallest sample file of every kind: what is tried many times should be small."""
    chosen: dict[str, Path] = {}
    for path, result in sorted(results.items(), key=lambda pair: (pair[1].size, pair[0])):
        if result.status == "read":
            chosen.setdefault(result.kind, path)
    return chosen


def leaks(result: FileResult) -> bool:
    """Whether the reader's key stands anywhere in a result, plain or in hexadecimal."""
    frames = [*result.frames.values(), *([] if result.quarantine is None else [result.quarantine])]
    said = " ".join(
        [*(frame.write_csv() for frame in map(_flat, frames)), *result.messages, result.reason, result.hint]
    )
    return any(form in said for form in (KEY.decode(), KEY.hex()))


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, kind in frame.schema.items() if kind.is_nested()]
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(" ")) if lists else frame
