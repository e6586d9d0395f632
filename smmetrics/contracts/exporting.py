"""Formats in which readings leave: the core's, and those that plugins add, each with the ending it is known by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.api.about import Exporter
from smmetrics.contracts.collect import of_type, unique
from smmetrics.contracts.compiled import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.contracts.collect import Answers

FORMATS: tuple[str, ...] = ("table", "csv", "csv-sheet", "json", "parquet", "xlsx")
SUFFIXES: Mapping[str, str] = {
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
"""The format of a file by the ending of its name."""
_SUFFIX = re.compile(r"\.[a-z0-9][a-z0-9_.-]*")


def gather_exporters(registry: Answers) -> tuple[Mapping[str, Exporter], tuple[Fault, ...]]:
    """The plugins' formats by name: no name and no ending of the core's or of another plugin's."""
    answers = of_type(registry.answers("smmetrics_exporters"), Exporter)
    named, clashes = unique(answers, lambda each: each.name, "export format", taken=FORMATS)
    ended, doubled = unique(named.values(), lambda each: each.suffix, "ending of an export format", taken=SUFFIXES)
    odd = [(each, answer) for each, answer in ended.values() if not _SUFFIX.fullmatch(each.suffix)]
    faults = tuple(
        Fault.of(
            answer,
            f"the export format {each.name!r} is left out: {each.suffix!r} is no ending of a file's name.",
            code="exporter.malformed",
            subject=each.name,
            hint="An ending is a point and small letters, such as .ods.",
        )
        for each, answer in odd
    )
    left_out = {each.name for each, _ in odd}
    kept = {each.name: each for each, _ in ended.values() if each.name not in left_out}
    return kept, (*clashes, *doubled, *faults)
