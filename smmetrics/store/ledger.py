"""What came in: one record an import, one row a record that could not be taken. Both are kept as Delta tables."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.tables.parted import height

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

IMPORTS = "imports"
QUARANTINE = "quarantine"
COUNTS = ("records_in", "kept", "quarantined", "duplicate", "blank", "footer", "forgotten")
Status = Literal["imported", "duplicate", "refused", "undone"]

_TEXT, _INT, _INSTANT = pl.String(), pl.Int64(), pl.Datetime("us", "UTC")
IMPORT_SCHEMA: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("id", "batch_id", "source_id", "file", "kind", "adapter", "adapter_version"), _TEXT),
    **dict.fromkeys(("sha256", "member", "answers"), _TEXT),
    "observed_at": _INSTANT,
    "observed_basis": _TEXT,
    "imported_at": _INSTANT,
    **dict.fromkeys(COUNTS, _INT),
    **dict.fromkeys(("not_taken", "messages", "status", "reason", "tables"), _TEXT),
}
QUARANTINE_SCHEMA: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("import_id", "batch_id", "source_id", "sha256", "file", "member", "sheet"), _TEXT),
    **dict.fromkeys(("record", "line", "start", "end"), _INT),
    **dict.fromkeys(("column", "reason", "excerpt", "adapter", "adapter_version"), _TEXT),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportBatch:
    """What intake read of one file, ready to be kept.

    ``source_id`` is the file's SHA-256, with its member if any; ``answers`` are what the user said of it, as JSON;
    ``frames`` are canonical rows by table, each with ``record``, the number of the record it came from;
    ``counts`` hold the reconciliation; ``copy`` is the private copy to keep (none: the source is not kept).
    """

    source_id: str
    file: str
    kind: str
    frames: Mapping[str, pl.DataFrame]
    adapter: str = ""
    adapter_version: str = ""
    member: str = ""
    sha256: str = ""
    answers: str = "{}"
    observed_at: datetime | None = None
    observed_basis: str = ""
    quarantine: pl.DataFrame | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    not_taken: Mapping[str, int] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    copy: Path | None = None

    @property
    def hash(self) -> str:
        """The file's SHA-256."""
        return self.sha256 or self.source_id.partition("#")[0]

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two imports the same one."""
        return (self.hash, self.member, self.kind, self.adapter_version, self.answers)

    def check(self) -> None:
        """Every record must be somewhere: kept, in quarantine, or counted as what it is. Raises `PluginFault`."""
        accounted = sum(self.counts.get(name, 0) for name in COUNTS[1:])
        if self.counts.get("records_in", accounted) != accounted:
            message = f"{self.file}: {self.counts['records_in']} records came in and {accounted} are accounted for"
            raise PluginFault(message, hint="Nothing was stored; this is a fault of the adapter.", code="records.lost")


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportRow:
    """One import as the ledger has it. ``not_taken``, ``messages`` and ``tables`` (rows by table) are JSON."""

    id: str
    batch_id: str
    source_id: str
    file: str
    kind: str
    adapter: str
    adapter_version: str
    sha256: str
    member: str
    answers: str
    observed_at: datetime | None
    observed_basis: str
    imported_at: datetime
    records_in: int
    kept: int
    quarantined: int
    duplicate: int
    blank: int
    footer: int
    forgotten: int
    not_taken: str
    messages: str
    status: Status
    reason: str
    tables: str

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two imports the same one."""
        return (self.sha256, self.member, self.kind, self.adapter_version, self.answers)

    def record(self) -> dict[str, object]:
        """The row as plain values, the JSON columns opened."""
        opened = {name: json.loads(getattr(self, name)) for name in ("not_taken", "messages", "tables")}
        return asdict(self) | opened

    def undone(self) -> ImportRow:
        """The same import, taken back."""
        return replace(self, status="undone", reason="taken back on request")


def row_of(batch: ImportBatch, *, import_id: str, batch_id: str, at: datetime, duplicate: int) -> ImportRow:
    """The ledger's row of a new import; ``duplicate`` of its kept records brought nothing new."""
    counts = {name: int(batch.counts.get(name, 0)) for name in COUNTS}
    counts["kept"] -= duplicate
    counts["duplicate"] += duplicate
    rows = {name: rows for name in sorted(batch.frames) if (rows := height(batch.frames, name))}
    return ImportRow(
        id=import_id, batch_id=batch_id, source_id=batch.source_id, file=batch.file, kind=batch.kind,
        adapter=batch.adapter, adapter_version=batch.adapter_version, sha256=batch.hash, member=batch.member,
        answers=batch.answers, observed_at=batch.observed_at, observed_basis=batch.observed_basis, imported_at=at,
        not_taken=json.dumps(dict(batch.not_taken), sort_keys=True), messages=json.dumps(list(batch.messages)),
        status="imported", reason="", tables=json.dumps(rows), **counts,
    )  # fmt: skip


def rows_of(frame: pl.DataFrame) -> list[ImportRow]:
    """The ledger's rows as records."""
    names = {each.name for each in fields(ImportRow)}
    return [ImportRow(**{k: v for k, v in row.items() if k in names}) for row in frame.iter_rows(named=True)]


def import_frame(rows: Iterable[ImportRow], *, number: int) -> pl.DataFrame:
    """Rows to append to the ledger. ``number`` is the head's that made them: the latest word on an import counts."""
    schema = {**IMPORT_SCHEMA, "number": _INT, "part": _INT}
    records = [{**asdict(row), "number": number, "part": part} for part, row in enumerate(rows)]
    return pl.DataFrame(records, schema=schema)


def latest(events: pl.DataFrame) -> pl.DataFrame:
    """One row an import, as it stands, in the order in which they came in."""
    order = events.group_by("id").agg(pl.col("number").min().alias("_first"), pl.col("part").first())
    newest = events.sort("number").unique("id", keep="last").drop("number", "part")
    ordered = newest.join(order, on="id").sort("_first", "part")
    return ordered.select(pl.col(name).cast(dtype) for name, dtype in IMPORT_SCHEMA.items())


def quarantine_frame(batch: ImportBatch, row: ImportRow) -> pl.DataFrame:
    """Quarantined records with where they came from. Raises `PluginFault` for a column the ledger does not know."""
    if batch.quarantine is None or batch.quarantine.is_empty():
        return pl.DataFrame(schema=QUARANTINE_SCHEMA)
    known = {
        "import_id": row.id, "batch_id": row.batch_id, "source_id": row.source_id, "sha256": row.sha256,
        "file": row.file, "member": row.member, "adapter": row.adapter, "adapter_version": row.adapter_version,
    }  # fmt: skip
    frame = batch.quarantine.with_columns(pl.lit(value).alias(name) for name, value in known.items())
    undeclared = sorted(set(frame.columns) - set(QUARANTINE_SCHEMA))
    if undeclared:
        message = f"the quarantine has no column {', '.join(map(repr, undeclared))}"
        raise PluginFault(message, where=batch.file, code="column.undeclared")
    absent = [pl.lit(None).alias(name) for name in QUARANTINE_SCHEMA if name not in frame.columns]
    return frame.with_columns(absent).select(pl.col(n).cast(dtype) for n, dtype in QUARANTINE_SCHEMA.items())


def part_of(row: Mapping[str, Any]) -> str:
    """The file of an import or of a record set aside, without its folder, and which sheet or member of it."""
    name = PurePath(row["file"]).name
    return f"{name}: {row['member']}" if row["member"] else name
