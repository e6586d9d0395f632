"""Records set aside: why, where they stand in the file as it was given, and how they begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.intake.records import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smmetrics.api.reading import Record

EXCERPT = 200
SCHEMA: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("sha256", "file", "member", "sheet"), pl.String()),
    **dict.fromkeys(("record", "line", "start", "end"), pl.Int64()),
    **dict.fromkeys(("column", "reason", "excerpt", "adapter_version"), pl.String()),
}
"""One row a record. ``start`` and ``end`` are byte offsets in the file as given, ``end`` the first one behind it; in a
container they are offsets in the member, and of a sheet in the CSV that `contents.reread` writes of it."""
NOTHING = pl.DataFrame(schema=SCHEMA)
"""The quarantine of a file of which no record is set aside."""
FEW, SHARE = 20, 0.05
"""From this many failing records on, and more than this share of all, a file is refused whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejection:
    """A record set aside. ``lines``: how many lines it runs over, each of which may have been a record.

    ``cell``: what stands in the column at fault, where it is the first such record of many.
    """

    number: int
    line: int
    start: int
    end: int
    reason: str
    column: str = ""
    excerpt: str = ""
    lines: int = 1
    cell: str = ""

    def moved(self, origin: Mapping[int, int]) -> Rejection:
        """The same record with its place in the file as given."""
        return replace(self, start=origin[self.start], end=origin[self.end])


def rejection(record: Record, reason: str, column: str = "", encoding: str = "utf-8") -> Rejection:
    """A rejection of a record whose bytes are at hand. A reason outside the closed list is the source's fault."""
    if reason not in REASONS:
        message = f"The reason {reason!r} is not in the list of reasons."
        raise PluginFault(message, hint=f"Known: {', '.join(REASONS)}.", code="reason.unknown")
    return Rejection(
        number=record.number,
        line=record.line,
        start=record.start,
        end=record.end,
        reason=reason,
        column=column,
        excerpt=excerpt(record.raw, encoding),
        lines=record.raw.count(b"\n") + 1,
    )


def excerpt(raw: bytes, encoding: str = "utf-8") -> str:
    """The first 200 characters; bytes that are no text are shown by their hexadecimal number."""
    return raw[: 4 * EXCERPT].decode(encoding, "backslashreplace")[:EXCERPT]


def frame(
    rejections: Iterable[Rejection], *, file: str, sha256: str, version: str, member: str = "", sheet: str = ""
) -> pl.DataFrame:
    """The quarantine of a file or a part of it, in the order of its records."""
    rows = [
        {
            "sha256": sha256, "file": file, "member": member, "sheet": sheet, "adapter_version": version,
            "record": each.number, "line": each.line, "start": each.start, "end": each.end,
            "column": each.column, "reason": each.reason, "excerpt": each.excerpt,
        }
        for each in sorted(rejections, key=lambda each: each.number)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA) if rows else NOTHING


def too_many(rejections: Sequence[Rejection], records: int, *, a_line_each: bool = True) -> bool:
    """Whether so many records fail structurally that the file is not what it seems.

    What the platform itself reports as an error does not count. Where records mostly stand on a line each
    (``a_line_each``: tables), one that runs over many because a quotation mark is missing counts as that many.
    """
    failing = [each for each in rejections if each.reason != "platform_error"]
    torn = {"bad_quotes", "unterminated_last_record"} if a_line_each else set()
    extra = sum(each.lines - 1 for each in failing if each.reason in torn)
    weight = len(failing) + extra
    everything = bool(failing) and len(rejections) == len(failing) == records
    return everything or (weight >= FEW and weight > SHARE * (records + extra))
