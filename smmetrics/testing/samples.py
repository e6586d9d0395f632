"""A plugin's sample files: drawn by its own generators, read by the real reader, damaged in known ways."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmetrics.intake import Answers, Reader
from smmetrics.testing.network import no_network

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.intake import FileResult
    from smmetrics.testing.subject import Subject

SEED = 20261130
START = date(2026, 1, 1)
MONTHS = 2
KEY = b"the kit's workspace key, 32 b..."


def draw(smm: Subject, folder: Path, *, seed: int = SEED) -> tuple[Path, ...]:
    """Let every generator of the plugin write its files into a folder of its own."""
    drawn: list[Path] = []
    for sample in smm.samples:
        into = folder / sample.name
        into.mkdir(parents=True, exist_ok=True)
        write: Any = smm.registry.use(sample.load)
        with no_network():
            drawn += map(Path, write(into, seed, START, MONTHS))
    return tuple(drawn)


def reader(smm: Subject, copies: Path) -> Reader:
    """A reader that knows the sources of this plugin and no others."""
    copies.mkdir(parents=True, exist_ok=True)
    return Reader(sources=smm.sources, tables=smm.tables, copies=copies, key=KEY, use=smm.registry.use)


def read(smm: Subject, files: Sequence[Path], copies: Path, answers: Mapping[str, Any]) -> dict[Path, FileResult]:
    """Read files in the order given, with one reader and no network."""
    one = reader(smm, copies)
    with no_network():
        return {path: one.read(path, Answers(**answers)) for path in files}


def damaged(raw: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Ways in which files arrive broken: what happened, the bytes, and whether the loss can be seen at all.

    A file that ends between two records looks whole to anybody; every other damage must be said.
    """
    dice = random.Random(SEED)  # noqa: S311 (a seed, so that a failure can be repeated)
    middle = _inside_a_line(raw, len(raw) // 2)
    yield "nothing in it", b"", False
    yield "only blank lines", b"\n\n\n", False
    yield "noise", dice.randbytes(4096), True
    yield "cut in the middle", raw[:middle], raw.endswith(b"\n")
    yield "cut in the last line", raw[: _inside_a_line(raw, len(raw) - 8)], raw.endswith(b"\n")
    yield "noise in the middle", raw[:middle] + b"\xff\xfe\x00\x9d" + raw[middle:], True
    yield (
        "a line of another kind in the middle",
        _with_line(raw, middle, b"}{,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,"),
        True,
    )


def _inside_a_line(raw: bytes, place: int) -> int:
    """The nearest place before this one that is not at the edge of a line."""
    place = max(1, min(place, len(raw) - 1))
    while place > 1 and raw[place - 1 : place + 1].strip() != raw[place - 1 : place + 1]:
        place -= 1
    return place


def _with_line(raw: bytes, place: int, line: bytes) -> bytes:
    end = raw.find(b"\n", place)
    end = len(raw) if end < 0 else end + 1
    return raw[:end] + line + b"\n" + raw[end:]
