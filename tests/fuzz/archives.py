"""The guard of archives beside the standard library's zipfile: listed and unpacked within bounds, or refused in words."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from typing import TYPE_CHECKING

from smmetrics.api.errors import SmmetricsError
from smmetrics.intake.unpacking import beginning, gunzip, member
from smmetrics.intake.zipguard import files_of, open_zip
from tests.fuzz.watching import kept_to

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1 << 20
SMALL, RATIO = MIB, 200
CSV = "a,b\n1,2\n"
WORDS = (
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"../",
    b"C:\\",
    b"\xff\xff\xff\xff",
)


def zipped(files: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """An archive of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as made:
        made.comment = comment
        for name, data in files.items():
            made.writestr(name, data)
    return held.getvalue()


def claiming(data: bytes, place: int = 20, value: int = 1 << 24) -> bytes:
    """An archive whose list says something else of its last file; as it stands, that it is packed in too many bytes."""
    at = data.rindex(b"PK\x01\x02") + place
    return data[:at] + value.to_bytes(4, "little") + data[at + 4 :]


SEEDS = (
    zipped(dict.fromkeys(("data/tweets.js", "data/account.js", "a.csv"), CSV * 40)),
    zipped({"a.csv": CSV, "b/": "", "__MACOSX/._a.csv": "x"}, zipfile.ZIP_STORED, b"a comment"),
    zipped({"é.csv": CSV, "b.zip": zipped({"a": "b"})}),
    zipped({"../a.csv": CSV, "C:\\a.csv": CSV, "/etc/a": CSV}),
    zipped({"bomb.csv": b"0" * (2 * MIB)}),
    claiming(zipped({"bomb.csv": b"0" * (2 * MIB)})),
    gzip.compress(CSV.encode() * 20),
    gzip.compress(b"0" * (2 * MIB)),
)


def check_archive(data: bytes, folder: Path) -> SmmetricsError | None:
    """An archive is unpacked as zipfile does, in private files of ``folder``, or refused; returns the refusal."""
    path, inner = folder / "given.zip", folder / "unpacked"
    path.write_bytes(data)
    inner.mkdir()
    try:
        with kept_to(folder):
            _unpacked(path, inner, most=max(SMALL, RATIO * len(data)))
    except SmmetricsError as error:
        return _in_words(error)
    finally:
        path.unlink()
        inner.rmdir()
    return None


def _in_words(error: SmmetricsError) -> SmmetricsError:
    assert error.code.startswith("zip.")
    assert error.message
    assert error.hint
    return error


def _unpacked(path: Path, inner: Path, *, most: int) -> None:
    with open_zip(path) as opened, zipfile.ZipFile(path) as plain:
        files = files_of(opened)
        assert {info.filename for info in files} <= {info.filename for info in plain.infolist() if not info.is_dir()}
        assert len({info.filename.casefold() for info in files}) == len(files)
        for info in files[:20]:
            name = info.filename
            assert name
            assert not name.startswith(("/", "\\"))
            assert ".." not in re.split(r"[/\\]", name)
            made = member(opened, info, inner)
            try:
                assert made.parent == inner
                assert made.stat().st_size <= most
                written = made.read_bytes()
            finally:
                made.unlink()
            assert written == plain.read(info.filename)
            assert beginning(opened, info) == written[:4096]


def check_compressed(data: bytes, folder: Path) -> SmmetricsError | None:
    """A compressed file is unpacked as gzip does, within bounds, or refused; returns the refusal."""
    path = folder / "given.gz"
    path.write_bytes(data)
    try:
        with kept_to(folder):
            made = gunzip(path, folder, name="given")
    except SmmetricsError as error:
        return _in_words(error)
    finally:
        path.unlink()
    written = made.read_bytes()
    made.unlink()
    assert len(written) <= max(SMALL, RATIO * len(data))
    assert written == gzip.decompress(data)
    return None


def check(data: bytes, folder: Path) -> None:
    """Whatever bytes these are: an archive, a compressed file, or neither."""
    (check_compressed if data.startswith(b"\x1f\x8b") else check_archive)(data, folder)
    assert not list(folder.iterdir())
