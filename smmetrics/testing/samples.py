"""A plugin's sample files: drawn by its own generators, read by the real reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmetrics.testing.network import no_network

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.intake import FileResult, Reader
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
    from smmetrics.intake import Reader  # noqa: PLC0415 (packs read no files)

    copies.mkdir(parents=True, exist_ok=True)
    return Reader(sources=smm.sources, tables=smm.tables, copies=copies, key=KEY, use=smm.registry.use)


def read(smm: Subject, files: Sequence[Path], copies: Path, answers: Mapping[str, Any]) -> dict[Path, FileResult]:
    """Read files in the order given, with one reader and no network."""
    from smmetrics.intake import Answers  # noqa: PLC0415 (packs read no files)

    one = reader(smm, copies)
    with no_network():
        return {path: one.read(path, Answers(**answers)) for path in files}
