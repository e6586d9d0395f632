"""What goes into reading a file and what comes out of it, as plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    import polars as pl

NOT_NAMED = "(not named)"
"""The account of a file that names none; read as the platform's only own account where there is exactly one."""

REASONS: Mapping[str, str] = {
    "too_few_fields": "the record has fewer cells than the header",
    "too_many_fields": "the record has more cells than the header",
    "unterminated_last_record": "the file ends inside this record",
    "bad_encoding": "the record holds bytes that are no text in the file's encoding",
    "bad_quotes": "a quotation mark is opened or closed inside a cell",
    "malformed_element": "the element is no well-formed XML",
    "malformed_record": "the record is no well-formed JSON",
    "missing_key": "the cell that identifies the record is empty",
    "missing_required": "a cell that the format always fills is empty",
    "id_precision_lost": "a spreadsheet rounded the id",
    "spreadsheet_error": "a spreadsheet put an error of its own in place of the id",
    "not_a_number": "the cell is no number",
    "not_an_integer": "the cell is no whole number",
    "out_of_range": "the number is too large to be a count",
    "ends_first": "the end lies before the beginning",
    "non_finite": "the number is infinite or not a number",
    "negative": "the number is negative, and the format does not allow that",
    "not_a_date": "the cell is no date in the format's way of writing dates",
    "ambiguous_date": "the local time does not exist, or exists twice, because clocks were changed",
    "unknown_zone": "the time is of a zone that nobody knows",
    "not_a_duration": "the cell is no duration",
    "not_in_list": "the word is none of those the format knows",
    "not_a_bool": "the cell is neither true nor false",
    "platform_error": "the platform itself reports an error for this record",
}
"""Why a record can be set aside: the closed list, in plain words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What the user said about a file; empty where nothing was said.

    ``since`` and ``until`` keep records in ``[since, until)``; ``observed_at`` is when the counts were true;
    ``accept_quarantine`` takes a file of which many records fail.
    """

    as_: str = ""
    account: str = ""
    zone: str = "UTC"
    year: int | None = None
    locale: str = ""
    observed_at: datetime | None = None
    since: date | None = None
    until: date | None = None
    accept_quarantine: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far the reading of a file is: bytes, and records so far. Told from one second on."""

    file: str
    bytes_done: int
    bytes_total: int
    records: int
    quarantined: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FileResult:
    """All that came of one file. ``status`` is ``read`` or ``refused``; a refused file stores nothing.

    ``frames``: canonical rows by table, with provenance (``batch_id`` and ``adapter`` left null, the caller's) and the
    Int64 column ``record``. ``quarantine``: one row a record set aside, with reason and byte range in the file as
    given. ``not_taken``: known records that are none of ours, by kind, and records outside ``since`` and ``until``.
    ``member`` and ``sheet``: which part of a container this is. ``copy``: the private copy of the file as it was given.
    ``exit_code``: 0, or 2, 4 or 5 where refused; ``no_loss``: refused as what holds nothing to measure, namely
    ``left_out`` by name, or ``for_show``: a picture, script or page; or as a sheet or table of no known kind ``within``
    a document that is read.

    records_in = kept + quarantined + duplicate + blank + footer + forgotten.
    """

    file: str
    name: str
    member: str = ""
    sheet: str = ""
    sha256: str = ""
    size: int = 0
    kind: str = ""
    adapter: str = ""
    adapter_version: str = ""
    observed_at: datetime | None = None
    observed_basis: str = ""
    frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    quarantine: pl.DataFrame | None = None
    records_in: int = 0
    kept: int = 0
    quarantined: int = 0
    duplicate: int = 0
    blank: int = 0
    footer: int = 0
    forgotten: int = 0
    not_taken: Mapping[str, int] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    status: Literal["read", "refused"] = "read"
    reason: str = ""
    hint: str = ""
    exit_code: int = 0
    no_loss: Literal["", "left_out", "for_show", "within"] = ""
    copy: Path | None = None

    @property
    def part(self) -> str:
        """The word for the part of a container that this is; empty where it is the file itself."""
        return "/".join(filter(None, (self.member, self.sheet)))

    @property
    def source_id(self) -> str:
        """What its rows bear: the file's SHA-256, with the part, if any."""
        return f"{self.sha256}#{self.part}" if self.part else self.sha256
