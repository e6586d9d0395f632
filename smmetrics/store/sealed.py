"""Small frames in one file that says what it is: believed whole or not at all.

A file holds its key, what is said beside the frames, Parquet, and a checksum of all of it. One that is torn, of another
key or another hand is as good as none; where none can be written, whoever asked computes again.
"""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.store.files import own_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BEGINS = b"kept numbers, version 1\n"
_WIDE = pl.Int128()
_NARROW = pl.Int64()


def read(path: Path, key: str) -> tuple[dict[str, Any], dict[str, pl.DataFrame]] | None:
    """What is said in a file, and its frames; None where there is no sound file of this key."""
    try:
        head, _, rest = path.read_bytes().removeprefix(BEGINS).partition(b"\n")
        said = json.loads(head)
        if said["key"] != key or said["check"] != _check(said, rest):
            return None
        frames = {}
        for name, length, wide in said["frames"]:
            frame = pl.read_parquet(BytesIO(rest[:length]))
            frames[str(name)] = frame.with_columns(pl.col(wide).cast(_WIDE)) if wide else frame
            rest = rest[length:]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError):
        return None
    return said["told"], frames


def told(path: Path) -> dict[str, Any]:
    """What is said in a file, unproven: enough to see whether to read it. Nothing where there is no such file."""
    try:
        with path.open("rb") as file:
            head = file.readline() and file.readline()
        said = json.loads(head)
        return dict(said["told"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write(
    path: Path, key: str, told: Mapping[str, Any], frames: Mapping[str, pl.DataFrame], still: Callable[[], bool]
) -> None:
    """Write beside and rename. ``still``: whether what the frames were made of still counts; else nothing stays.

    Without a word where the disk is full or read-only, or a number does not fit: it is computed again next time.
    """
    try:
        blobs = {name: _parquet(frame) for name, frame in frames.items()}
    except pl.exceptions.PolarsError:
        return
    rest = b"".join(blob for blob, _ in blobs.values())
    said: dict[str, Any] = {
        "key": key,
        "told": dict(told),
        "frames": [(name, len(blob), wide) for name, (blob, wide) in blobs.items()],
    }
    said["check"] = _check(said, rest)
    try:
        _put(path, BEGINS + json.dumps(said).encode() + b"\n" + rest, still)
    except OSError:
        return  # a workspace on a read-only or full disk can still be read


def _put(path: Path, data: bytes, still: Callable[[], bool]) -> None:
    """The file under its name, unless somebody was forgotten meanwhile: no trace may come back."""
    with own_draft(path) as draft:
        draft.write_bytes(data)
        if still():
            draft.replace(path)
            if not still():
                path.unlink(missing_ok=True)


def _parquet(frame: pl.DataFrame) -> tuple[bytes, list[str]]:
    """A frame as Parquet, which has no whole numbers of 128 bits: these must fit into 64."""
    wide = [name for name, dtype in frame.schema.items() if dtype == _WIDE]
    into = BytesIO()
    frame.with_columns(pl.col(wide).cast(_NARROW)).write_parquet(into, compression="lz4")
    return into.getvalue(), wide


def _check(said: Mapping[str, Any], rest: bytes) -> str:
    told = json.dumps([said["key"], said["told"], [list(each) for each in said["frames"]]], sort_keys=True)
    return hashlib.sha256(told.encode() + b"\n" + rest).hexdigest()
