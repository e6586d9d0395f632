"""What lies about in a workspace: damaged tables and copies, files nobody needs, and how much room each part takes."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl
import zstandard
from deltalake.exceptions import DeltaError

from smmetrics.store import delta, head
from smmetrics.store.files import sync
from smmetrics.store.forgetting import rewriting
from smmetrics.store.ledger import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from smmetrics.store.head import Head
    from smmetrics.store.snapshot import Snapshot
    from smmetrics.store.writer import Writer

PARTS = ("store", "sources", "cache", "reports", "history")
QUIET = 3600.0
"""Seconds for which a draft may still be somebody's; older ones are left over."""


@dataclass(kw_only=True)
class Leftovers:
    """Files that no state of the store needs, by why they are there, and the bytes of all together."""

    files: dict[str, list[Path]] = field(default_factory=dict)
    size: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, self.files.values()))


def sizes(root: Path) -> dict[str, int]:
    """Bytes each part of a workspace takes."""
    return {part: sum(_size(path) for path in (root / part).rglob("*")) for part in PARTS if (root / part).is_dir()}


def damaged_copies(snapshot: Snapshot) -> Iterator[tuple[Path, str]]:
    """Private copies that cannot be unpacked or are not what they were, and the imports that are of them."""
    import hashlib  # noqa: PLC0415 (only where copies are looked into)

    files = {row.sha256: row.file for row in rows_of(snapshot.imports())}
    for path in sorted((snapshot.root / "sources").glob("*.zst")):
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
        except (zstandard.ZstdError, OSError):
            yield path, files.get(path.stem, "")
            continue
        if path.stem in files and _is_sha(path.stem) and digest.hexdigest() != path.stem:
            yield path, files[path.stem]


def missing_copies(snapshot: Snapshot) -> list[str]:
    """Files that count and of which no copy is kept any more."""
    rows = [row for row in rows_of(snapshot.imports()) if row.status == "imported" and not row.reason]
    return sorted({row.file for row in rows if not (snapshot.root / "sources" / f"{row.sha256}.zst").is_file()})


def leftovers(root: Path, sound: Head, snapshot: Snapshot) -> Leftovers:
    """What may go: data of no kept state, folders of no table, drafts of dead writers, copies of no import."""
    store = root / "store"
    kept = [sound, *head.former(store)]
    folders = {each.folder(name) for each in kept for name in each.tables}
    found: dict[str, list[Path]] = {"rows of no kept state": [], "folders of no table": [], "drafts": [], "copies": []}
    for folder in sorted(path for path in store.iterdir() if path.is_dir() and path.name != head.FORMER):
        if folder.name not in folders:
            found["folders of no table"] += [path for path in folder.rglob("*") if path.is_file()]
        else:
            found["rows of no kept state"] += _unread(folder, kept)
    found["drafts"] = [path for path in _drafts(root) if time.time() - path.stat().st_mtime > QUIET]
    known = {row.sha256 for row in rows_of(snapshot.imports())}
    found["copies"] = [path for path in sorted((root / "sources").glob("*.zst")) if path.stem not in known]
    files = {why: paths for why, paths in found.items() if paths}
    return Leftovers(files=files, size=sum(_size(path) for paths in files.values() for path in paths))


def vacuum(writer: Writer, snapshot: Snapshot, *, keep: int = head.KEPT) -> Leftovers:
    """Remove what no kept state needs; ``keep``: how many former states stay readable. The lock is held.

    Nothing that a kept state reads is touched, so that it may be ended at any moment and run again.
    """
    store = writer.root / "store"
    rewriting.finish(writer.root, writer.head, writer.steps)
    former = list(head.former(store))
    for old in former[max(1, keep) :]:
        (store / head.FORMER / f"{old.number}.json").unlink(missing_ok=True)
    sync(store / head.FORMER)
    writer.steps("after_heads")
    found = leftovers(writer.root, writer.head, snapshot)
    for path in [path for paths in found.files.values() for path in paths]:
        path.unlink(missing_ok=True)
        writer.steps("after_file")
    for folder in [path for path in store.iterdir() if path.is_dir() and path.name != head.FORMER]:
        _prune(folder)
    return found


def table_faults(root: Path, sound: Head) -> list[str]:
    """What is wrong with tables that count; looks at names and sizes, and reads every footer."""
    found = []
    for name, version in sound.tables.items():
        folder = root / "store" / sound.folder(name)
        wrong = delta.fault(folder, version)
        if wrong:
            found.append(wrong)
            continue
        for path, _ in delta.files(folder, version):
            try:
                pl.read_parquet_schema(io.BytesIO(path.read_bytes()))
            except (pl.exceptions.PolarsError, OSError) as error:
                found.append(f"the file {path.relative_to(root)} is damaged ({str(error).splitlines()[0]})")
    return found


def _unread(folder: Path, kept: list[Head]) -> list[Path]:
    versions = {each.tables[name] for each in kept for name in each.tables if each.folder(name) == folder.name}
    needed: set[Path] = set()
    for version in versions:
        try:
            needed |= {path for path, _ in delta.files(folder, version)}
        except (DeltaError, OSError, ValueError):
            return []  # what a damaged log needs nobody can say: nothing of this table is touched
    return [path for path in sorted(folder.rglob("*.parquet")) if delta.LOG not in path.parts and path not in needed]


def _drafts(root: Path) -> Iterator[Path]:
    for pattern in ("*.new", "_commit_*.tmp"):
        for part in ("store", "sources", "cache"):
            yield from (root / part).rglob(pattern)


def _prune(folder: Path) -> None:
    for path in sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True):
        if not any(path.iterdir()) and path.name != delta.LOG:
            path.rmdir()
    if not any(folder.iterdir()):
        folder.rmdir()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _is_sha(name: str) -> bool:
    return len(name) == 64 and not set(name) - set("0123456789abcdef")  # noqa: PLR2004 (SHA-256 in hexadecimal)
