"""One Delta table on disk: append, take rows away, check that it is whole, set it back to what counts.

Only versions that HEAD names count. A writer that died leaves versions behind HEAD's; the next writer removes
their log entries before it writes (``restore`` would not do: it must read the newest log entry, which a power cut
may have left half written, and it would leave the dead rows in the table's history for good).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import polars as pl
from deltalake import DeltaTable, PostCommitHookProperties, write_deltalake
from deltalake.exceptions import DeltaError

from smmetrics.api.errors import UserMistake
from smmetrics.store.files import sync

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATISTICS = ("platform", "created_on", "window_start", "window_end", "start", "end", "day")
"""The only columns whose smallest and largest values may stand in the log: it outlives the rows."""
PARTED = "platform"
"""The column whose values have folders of their own, in every table that has it."""
LOG = "_delta_log"
_MISREAD = re.compile(r"[=\[\]^|\\\x00-\x1f]|%[0-9A-Fa-f]{2}")
"""What Delta refuses in an address or decodes, and what names a partition."""
CHECKPOINT_EVERY = 50
FILES_A_PARTITION = 64
_QUIET = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
"""A checkpoint of a version that never counts would be worse than none; old log entries keep old heads readable."""


def refuse(root: Path) -> None:
    """Raise `UserMistake` for a folder in which no table can be kept: its path has what is read as something else."""
    found = _MISREAD.search(root.resolve().as_posix())
    if found:
        message = (
            f"No workspace can be in this folder: its path has {found[0]!r}, which the tables' format cannot hold."
        )
        hint = "Choose another name for the folder, or another place. Spaces, accents, # and ? do no harm."
        raise UserMistake(message, where=str(root), hint=hint, code="store.place")


def append(folder: Path, frame: pl.DataFrame) -> int:
    """Add rows, and columns the table has not had; the table's new version. The first rows make the table."""
    if (folder / LOG).is_dir():
        table = DeltaTable(folder)
        write_deltalake(table, frame, mode="append", schema_mode="merge", post_commithook_properties=_QUIET)
        return table.version()
    statistics = [name for name in STATISTICS if name in frame.columns] or [frame.columns[0]]
    write_deltalake(
        folder,
        frame,
        mode="error",
        partition_by=[PARTED] if PARTED in frame.columns else None,
        configuration={"delta.dataSkippingStatsColumns": ",".join(statistics)},
        post_commithook_properties=_QUIET,
    )
    return 0


def take_away(folder: Path, *, batch_id: str, source_id: str) -> int:
    """Remove the rows one source brought in one batch; the table's new version."""
    table = DeltaTable(folder)
    predicate = f"batch_id = {_quoted(batch_id)} AND source_id = {_quoted(source_id)}"
    table.delete(predicate, post_commithook_properties=_QUIET)
    return table.version()


def compact(folder: Path, version: int) -> int:
    """Put many small files together where a partition has too many; the table's version afterwards.

    The rows stay as they are, and so do the old files: older heads still read them.
    """
    if version < FILES_A_PARTITION:  # a version adds a file to a partition, unless its rows are very many
        return version
    table = DeltaTable(folder, version=version)
    names = pl.DataFrame(table.get_add_actions(flatten=True)).get_column("path")
    most = names.str.extract(r"^(.*)/", 1).fill_null("").value_counts().get_column("count").max()
    if most is None or most <= FILES_A_PARTITION:  # type: ignore[operator]
        return version
    table.optimize.compact(post_commithook_properties=_QUIET)
    return table.version()


def scan(folder: Path, version: int) -> pl.LazyFrame:
    """The rows of one version, read when they are needed.

    By its files' paths: Polars' own way takes Delta's addresses for paths, and finds nothing in a folder with a space.
    """
    found, schema = _opened(folder, version, _log(folder, version))
    if not found:
        return pl.LazyFrame(schema=schema)
    apart = {name: dtype for name, dtype in schema.items() if name == PARTED}
    return pl.scan_parquet(
        [path for path, _ in found],
        glob=False,
        schema={name: dtype for name, dtype in schema.items() if name not in apart},
        hive_partitioning=bool(apart),
        hive_schema=apart or None,
        missing_columns="insert",
    ).select(*schema)


def files(folder: Path, version: int) -> tuple[tuple[Path, int], ...]:
    """The data files of one version, and how many bytes each must have.

    Raises:
        DeltaError, OSError, ValueError: if the log cannot be read.

    """
    return _opened(folder, version, _log(folder, version))[0]


def entry(folder: Path, version: int) -> Path:
    """The log entry that made a version."""
    return folder / LOG / f"{version:020}.json"


def added(folder: Path, version: int) -> list[Path]:
    """The data files a version added, as far as its log entry can be read."""
    adds = (action.get("add") for action in _actions(folder, version))
    return [folder / unquote(add["path"]) for add in adds if add is not None]


def make_lasting(folder: Path, versions: range) -> None:
    """Sync what these versions wrote: data files, log entries, and the folders that list them.

    Delta itself syncs nothing, so a power cut could leave a log that names an empty file.
    """
    folders = {folder, folder / LOG}
    for version in versions:
        for path in added(folder, version):
            sync(path)
            folders.add(path.parent)
        sync(entry(folder, version))
    for each in folders:
        sync(each)


def fault(folder: Path, version: int) -> str:
    """What is missing of a version, in plain words; empty where it is whole. Looks at names and sizes only."""
    try:
        if not _actions(folder, version):  # Delta takes an empty entry for a change that changed nothing
            return f"the log of the table {folder.name} is empty"
        expected = files(folder, version)
    except (DeltaError, OSError, ValueError) as error:
        return f"the log of the table {folder.name} cannot be read ({str(error).splitlines()[0]})"
    for path, size in expected:
        if not path.is_file():
            return f"a file of the table {folder.name} is missing ({path.name})"
        if path.stat().st_size != size:
            return f"a file of the table {folder.name} is {path.stat().st_size} bytes long instead of {size}"
    return ""


def set_back(folder: Path, version: int, *, keep_files: bool = False) -> None:
    """Remove every version after ``version`` (-1: the whole table), newest first.

    ``keep_files`` spares their data files: where a committed version is stepped back from because some of it is
    missing, the rest may still be wanted by somebody who finds the missing part.
    """
    if version < 0:
        shutil.rmtree(folder)
        return
    for number in sorted(_versions(folder), reverse=True):
        if number > version:
            files = [] if keep_files else list(_added_leniently(folder, number))
            entry(folder, number).unlink()
            for path in files:
                path.unlink(missing_ok=True)
    _forget_checkpoints(folder, version)
    for leftover in (folder / LOG).glob("_commit_*.tmp"):
        leftover.unlink()
    sync(folder / LOG)


def newest(folder: Path) -> int:
    """The newest version whose log entry exists, counted or not."""
    return max(_versions(folder), default=-1)


def shorten_log(folder: Path, version: int) -> None:
    """Sum up a long log in a checkpoint, so that opening stays quick. Only ever of a version that counts."""
    if version // CHECKPOINT_EVERY > _checkpoint(folder) // CHECKPOINT_EVERY:
        DeltaTable(folder, version=version).create_checkpoint()


@lru_cache(maxsize=64)
def _opened(folder: Path, version: int, _log: object) -> tuple[tuple[tuple[Path, int], ...], pl.Schema]:
    """A version's data files and columns, read once as long as its log is the same."""
    table = DeltaTable(folder, version=version)
    actions = pl.DataFrame(table.get_add_actions(flatten=True))
    found = actions.select("path", "size_bytes").iter_rows() if actions.height else ()
    return tuple((folder / unquote(name), size) for name, size in found), pl.Schema(table.schema())


def _log(folder: Path, version: int) -> frozenset[tuple[str, int, int, int]]:
    """What tells a version's log from another: a version that was set back may be written again in other words."""
    with os.scandir(folder / LOG) as entries:
        known = [each for each in entries if each.name[:20].isdigit() and int(each.name[:20]) <= version]
        stats = [(each.name, each.stat()) for each in known]
    return frozenset((name, said.st_ino, said.st_size, said.st_mtime_ns) for name, said in stats)


def _actions(folder: Path, version: int) -> list[dict[str, Any]]:
    lines = entry(folder, version).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _forget_checkpoints(folder: Path, version: int) -> None:
    for path in (folder / LOG).glob("*.checkpoint*.parquet"):
        name = path.name.partition(".")[0]
        if name.isdigit() and int(name) > version:
            (folder / LOG / "_last_checkpoint").unlink(missing_ok=True)
            path.unlink()


def _versions(folder: Path) -> Iterator[int]:
    for path in (folder / LOG).glob("*.json"):
        if path.stem.isdigit():
            yield int(path.stem)


def _checkpoint(folder: Path) -> int:
    found = (path.name.partition(".")[0] for path in (folder / LOG).glob("*.checkpoint*.parquet"))
    return max((int(name) for name in found if name.isdigit()), default=0)


def _added_leniently(folder: Path, version: int) -> Iterator[Path]:
    """Files of an entry that never counted; a half-written entry names none (its files are merely not read)."""
    try:
        yield from added(folder, version)
    except ValueError:
        return


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
