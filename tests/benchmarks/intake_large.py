"""A CSV of 1 GiB into the store: its peak of memory; and one of 2,681 columns: its seconds.

``SMMETRICS_BENCH_MIB`` takes another size of the first.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from smmetrics.store import ImportBatch, Store
from tests.benchmarks import intake
from tests.benchmarks._reading import read
from tests.benchmarks._turns import measured, take_turns

MIB = int(os.environ.get("SMMETRICS_BENCH_MIB", "1024"))
ALLOWED_MIB, ALLOWED_SECONDS = 1024, 5.0
COLUMNS, ROWS = 2681, 500
WIDE = replace(intake.SOURCE, columns=(intake.SOURCE.columns[0], *intake.SOURCE.columns[4:21]), signature=replace(
    intake.SOURCE.signature, required=("Post id", *intake.FACTS)))  # fmt: skip


def make_wide(path: Path) -> None:
    """Write a table of many columns, most of which nobody reads."""
    names = ["Post id", *intake.FACTS]
    names += [f"Lifetime number {number}" for number in range(COLUMNS - len(names))]
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for row in range(ROWS):
            file.write(",".join([str(row + 1), *(str(row * place % 97) for place in range(1, COLUMNS))]) + "\n")


def large(path: Path) -> int:
    """Read a file and keep it."""
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        result = read(intake.SOURCE, path, Path(name) / "copies")
        batch = ImportBatch(
            source_id=result.source_id, file=result.file, kind=result.kind, frames=result.frames, copy=result.copy,
            counts={"records_in": result.records_in, "kept": result.kept},
        )  # fmt: skip
        Store.create(Path(name) / "store").commit([batch])
        return int(result.kept)


def wide(path: Path) -> int:
    """Read a file of many columns."""
    with tempfile.TemporaryDirectory(dir=path.parent) as copies:
        return int(read(WIDE, path, Path(copies)).kept)


def run() -> None:
    """Print the peak of the first and the seconds of the second."""
    with tempfile.TemporaryDirectory() as folder:
        path, many = Path(folder) / "large.csv", Path(folder) / "wide.csv"
        intake.make(path, MIB << 20)
        make_wide(many)
        first, second = (
            take_turns("tests.benchmarks.intake_large", ("large",), path, 1)["large"],
            take_turns("tests.benchmarks.intake_large", ("wide",), many, 3)["wide"],
        )
    print(f"  {MIB} MiB: peak {first.peak} MiB (allowed {ALLOWED_MIB}), {first.wall:.1f} s, {first.records:,} records")
    print(f"  {COLUMNS} columns: {second.wall:.2f} s (allowed {ALLOWED_SECONDS}), {second.records:,} records")


if __name__ == "__main__":
    measured({"large": large, "wide": wide}[sys.argv[1]], Path(sys.argv[2]))
