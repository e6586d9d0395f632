"""Every table written anew into a fresh folder, then one commit, then all that is older is deleted.

Killed before the commit, everything is as it was; after it, the next writer finishes the deleting from a plan.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.store import delta, head
from smmetrics.store.files import prepare, sync, take_place
from smmetrics.store.forgetting.jobs import ORIGIN
from smmetrics.store.forgetting.traces import MASK
from smmetrics.store.head import Head
from smmetrics.store.ledger import IMPORTS, QUARANTINE
from smmetrics.tables.stamping import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from smmetrics.store.forgetting.jobs import Job, Part
    from smmetrics.store.writer import Writer

    Tell = Callable[[str, int, int], None]

PLAN = ".forgetting.json"
ROWS_A_PIECE = 250_000


@dataclass(kw_only=True)
class Removed:
    """What a rewriting takes out: rows by table, rows changed by table, records by import, sources concerned."""

    rows: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    records: dict[tuple[str, str], int] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    excerpts: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is anything to take out of the tables."""
        return bool(self.rows or self.changed)


def survey(writer: Writer, job: Job, tell: Tell) -> Removed:
    """What the job would take out, without writing anything."""
    found = Removed()
    names = [name for name in writer.head.tables if name not in {IMPORTS, QUARANTINE}]
    gone: list[pl.DataFrame] = []
    for place, name in enumerate(names):
        tell(name, place, len(names))
        for part in _parts(writer, job, name):
            found.rows[name] = found.rows.get(name, 0) + part.gone.height
            found.changed[name] = found.changed.get(name, 0) + part.changed
            found.sources |= {source.partition("#")[0] for source in part.touched}
            if part.gone.height:
                gone.append(part.gone.select(*ORIGIN, RECORD))
    found.rows = {name: count for name, count in found.rows.items() if count}
    found.changed = {name: count for name, count in found.changed.items() if count}
    if gone:
        lost = pl.concat(gone).unique()
        found.sources |= {source.partition("#")[0] for source in lost.get_column("source_id").drop_nulls()}
        found.records = _records(writer, job, names, lost.drop_nulls(RECORD))
    return found


def rewrite(
    writer: Writer, job: Job, found: Removed, *, remove: Sequence[Path], tell: Tell, files: Sequence[Path] = ()
) -> None:
    """Do it. ``remove``: files to be deleted once it counts; ``files`` (their folders must be the workspace's) too."""
    number = writer.number
    tables, folders = {}, {}
    names = list(writer.head.tables)
    for place, name in enumerate(names):
        tell(name, place, len(names))
        folder = f"{name}.{number}"
        version = _written(writer, name, folder, _fresh(writer, job, name, found))
        if version >= 0:
            tables[name], folders[name] = version, folder
        writer.steps(f"after_table:{name}")
    new = Head(number=number, tables=tables, folders=folders, batch=writer.batch_id)
    _plan(writer.root, number, [*remove, *files])
    writer.steps("before_head_write")
    head.write(writer.root / "store", new, writer.steps)
    finish(writer.root, new, writer.steps)


def finish(root: Path, now: Head, steps: Callable[[str], None]) -> bool:
    """Delete what a plan names, old heads, old folders and the cache; whether there was a plan that counts."""
    store = root / "store"
    path = store / PLAN
    if not path.is_file():
        return False
    plan = json.loads(path.read_text(encoding="utf-8"))
    if now.number < plan["number"]:
        path.unlink()
        return False
    for each in plan["remove"]:
        (root / each).unlink(missing_ok=True)
    steps("after_files")
    for old in (store / head.FORMER).glob("*.json"):
        if old.stem != str(now.number):
            old.unlink()
    kept = {head.FORMER, *(now.folder(name) for name in now.tables)}
    for folder in [each for each in store.iterdir() if each.is_dir() and each.name not in kept]:
        shutil.rmtree(folder)
    steps("after_folders")
    shutil.rmtree(root / "cache", ignore_errors=True)
    (root / "cache").mkdir(exist_ok=True)
    for each in (store, store / head.FORMER, root, root / "sources"):
        if each.is_dir():
            sync(each)
    path.unlink()
    sync(store)
    return True


def pending(root: Path) -> bool:
    """Whether a rewriting was interrupted."""
    return (root / "store" / PLAN).is_file()


def _plan(root: Path, number: int, remove: Sequence[Path]) -> None:
    names = sorted({str(path.relative_to(root)) for path in remove})
    draft = prepare(root / "store" / PLAN, json.dumps({"number": number, "remove": names}).encode())
    take_place(draft, root / "store" / PLAN)


def _pieces(writer: Writer, name: str) -> Iterator[pl.DataFrame]:
    """A table's rows as they are stored, many at once."""
    folder = writer.root / "store" / writer.head.folder(name)
    held: list[pl.DataFrame] = []
    for piece in delta.scan(folder, writer.head.tables[name]).collect_batches():
        held.append(piece)
        if sum(each.height for each in held) >= ROWS_A_PIECE:
            yield pl.concat(held)
            held = []
    if held:
        yield pl.concat(held)


def _parts(writer: Writer, job: Job, name: str) -> Iterator[Part]:
    declared = writer.tables.get(name)
    return (job.part(name, declared, piece) for piece in _pieces(writer, name))


def _fresh(writer: Writer, job: Job, name: str, found: Removed) -> Iterator[pl.DataFrame]:
    if name == IMPORTS:
        counted = (_recounted(piece, found) for piece in _pieces(writer, name))
        return (job.part(name, None, piece).frame for piece in counted)
    if name == QUARANTINE:
        return (job.part(name, None, _silenced(piece, found)).frame for piece in _pieces(writer, name))
    return (part.frame for part in _parts(writer, job, name))


def _written(writer: Writer, name: str, folder: str, pieces: Iterator[pl.DataFrame]) -> int:
    path, version = writer.root / "store" / folder, -1
    for piece in pieces:
        if piece.height:
            version = delta.append(path, piece)
    if version >= 0:
        delta.make_lasting(path, range(version + 1))
        sync(path.parent)
    del name
    return version


def _records(writer: Writer, job: Job, names: Sequence[str], lost: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Records of which nothing is left, by import."""
    key = [*ORIGIN, RECORD]
    for name in names:
        for part in _parts(writer, job, name):
            lost = lost.join(part.frame.select(key), on=key, how="anti")
    counted = lost.group_by(ORIGIN).len()
    return {(batch, source): count for batch, source, count in counted.iter_rows()}


def _recounted(ledger: pl.DataFrame, found: Removed) -> pl.DataFrame:
    """The ledger with what was forgotten taken from what was kept, so that every record is still accounted for."""
    counted = [(batch, source, count) for (batch, source), count in found.records.items()]
    schema = {**dict.fromkeys(ORIGIN, pl.String()), "_gone": pl.Int64()}
    gone = pl.DataFrame(counted, schema=schema, orient="row")
    joined = ledger.join(gone, on=ORIGIN, how="left", maintain_order="left").with_columns(pl.col("_gone").fill_null(0))
    from_kept = pl.min_horizontal("_gone", "kept")
    hash_ = pl.col("source_id").str.split("#").list.first()
    note = pl.when(hash_.is_in(sorted(found.sources))).then(pl.lit("its private copy was deleted")).otherwise("reason")
    return joined.with_columns(
        kept=pl.col("kept") - from_kept,
        duplicate=pl.col("duplicate") - (pl.col("_gone") - from_kept),
        forgotten=pl.col("forgotten") + pl.col("_gone"),
        reason=pl.when(pl.col("reason") == "").then(note).otherwise("reason"),
    ).drop("_gone")


def _silenced(rows: pl.DataFrame, found: Removed) -> pl.DataFrame:
    """Set-aside records without their excerpts, where they are of a file that held what is taken out."""
    hash_ = pl.col("source_id").str.split("#").list.first()
    masked = pl.when(hash_.is_in(sorted(found.sources)) & pl.col("excerpt").is_not_null()).then(pl.lit(MASK))
    return rows.with_columns(masked.otherwise("excerpt").alias("excerpt"))
