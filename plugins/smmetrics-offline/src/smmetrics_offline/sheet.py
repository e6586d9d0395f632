"""Reads a filled-in form of any kind to rows of its table.

All lines that are plainly written are read together; the others one by one, which also says what is wrong with them.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api import Batch, Rejected
from smmetrics_offline.cells import Fault, Writing, chosen, yes_no
from smmetrics_offline.many import identified, taken
from smmetrics_offline.told import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from smmetrics.api import Context, Form, FormColumn, Preview, Source

INSTANT = pl.Datetime("us", "UTC")
TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "list": pl.String(),
    "day": pl.Date(),
    "time": INSTANT,
    "number": pl.Float64(),
    "whole": pl.Int64(),
    "yes_no": pl.Boolean(),
}
SPANS = {
    **dict.fromkeys(("platform", "account_id", "grain", "facts", "basis"), pl.String()),
    **dict.fromkeys(("start", "end"), pl.Date()),
    "complete": pl.Boolean(),
    "record": pl.Int64(),
}
REMARK, REMARK_OR_ID = r"^#", r"^#(?:[^0-9]|[0-9]+[^0-9]|$)"
"""How a remark begins; in a column of ids, a sign and a number alone are that of a case, as help desks write it."""
IDS: Mapping[str, str] = {
    "effort": "entry_id", "cases": "case_id", "outreach": "outreach_id", "ideas": "idea_id", "findings": "finding_id",
    "outcomes": "outcome_id", "events": "event_id", "ratings": "rating_id", "pulse": "pulse_id",
    "credits": "credit_id",
}  # fmt: skip
"""Tables whose rows have an id of their own."""
OUTSIDERS = frozenset({
    "cases", "outreach", "ideas", "outcomes", "contacts", "ratings", "memberships", "same_person", "credits",
})  # fmt: skip
"""Tables whose ``person`` is not one of us: the name becomes a pseudonym before anything is kept."""
UNTIMED = frozenset({"roster"})
"""Tables that note the day but not how exact the time is."""
WRITTEN: Mapping[str, Callable[[str], str]] = {"currency": str.upper, "platform": str.lower}
"""Columns whose words are written in one way, whichever way they stand in the sheet."""
COVERS: Mapping[str, str] = {"costs": "effort.cost"}
"""Forms whose days say nothing of their whole table: a sheet of costs does not say that nobody worked."""
SAID = ("labeller", "version")
"""What a line of labels says of who put it there."""
DAYS = frozenset({"day", "date", "asked_on", "from"})


@dataclass(slots=True)
class Sheet:
    """A form while it is read: how the file writes things, whose pseudonyms it takes, and what was said before."""

    form: Form
    table: str
    writing: Writing
    context: Context

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Columns of the table's rows."""
        columns = [column for column in self.form.columns if column.name != "hours"]
        own: dict[str, pl.DataType] = {column.name: TYPES[column.entry] for column in columns}
        if self.table == "labels":
            own = {**{name: dtype for name, dtype in own.items() if name != "by"}, **dict.fromkeys(SAID, pl.String())}
        given = {name: pl.String() for name in ("platform", *([IDS[self.table]] if self.table in IDS else []))}
        timed: dict[str, pl.DataType] = {"day": pl.Date()} if self.timed else {}
        timed |= {"precision": pl.String()} if self.timed and self.table not in UNTIMED else {}
        return {**own, **given, **timed, "record": pl.Int64()}

    @property
    def nothing(self) -> pl.DataFrame:
        """The table without rows."""
        return pl.DataFrame(schema=self.schema)

    @property
    def first(self) -> FormColumn | None:
        """The column that says when it was, if there is one."""
        return next((column for column in self.form.columns if column.entry == "time"), None)

    @property
    def timed(self) -> bool:
        """Whether lines say when it was."""
        return self.first is not None

    def row(self, given: Mapping[str, str]) -> dict[str, Any]:
        """One line as a row of the table. Raises `Fault` naming the cell."""
        row: dict[str, Any] = {"platform": "offline"}
        clocks: list[bool] = []
        for column in self.form.columns:
            text = given.get(column.name, "")
            try:
                row[column.name] = self.value(column, text, row, clocks)
            except Fault as fault:
                raise Fault(reason=fault.reason, column=column.name) from None
        self._check(row, given)
        if self.timed and self.table not in UNTIMED:
            row["precision"] = "instant" if all(clocks) else "day"
        return told(row) if self.table == "labels" else row

    def value(self, column: FormColumn, text: str, row: dict[str, Any], clocks: list[bool]) -> Any:  # noqa: ANN401
        """What a cell says; of a time also its day, in ``row``, and whether a clock stood there. Raises `Fault`."""
        if not text:
            if self.is_needed(column):
                raise Fault(reason="missing_required")
            return None
        if column.entry == "time":
            moment, day, clock = self.writing.moment(text)
            clocks.append(clock)
            if column is self.first:
                row["day"] = day
            return moment
        if self._hides(column):
            return self.context.pseudonym("offline", " ".join(text.casefold().split()))
        return self._plain(column, text)

    def is_needed(self, column: FormColumn) -> bool:
        """Whether a line without this cell is at fault; of effort, minutes may stand as hours."""
        return column.required and not (self.table == "effort" and column.name == "minutes")

    def as_written(self, column: FormColumn) -> bool:
        """Whether the words of a column stay what they are."""
        return column.entry == "text" and column.name not in WRITTEN and not self._hides(column)

    def _hides(self, column: FormColumn) -> bool:
        return column.name == "person" and self.table in OUTSIDERS

    def minutes(self, hours: str) -> float:
        """Minutes of a cell of hours. Raises `Fault`."""
        return float(self.writing.number(hours) * 60)

    def _plain(self, column: FormColumn, text: str) -> Any:  # noqa: ANN401
        match column.entry:
            case "day":
                return self.writing.day(text)
            case "number":
                return float(self.writing.number(text))
            case "whole":
                return self.writing.whole(text)
            case "yes_no":
                return yes_no(text)
            case "list":
                return chosen(text, column.allowed)
        return WRITTEN[column.name](text) if column.name in WRITTEN else text

    def _check(self, row: dict[str, Any], given: Mapping[str, str]) -> None:
        """What holds between the cells of a line."""
        if self.form.name == "effort":
            hours = row.pop("hours")
            if row["minutes"] is None and hours is not None:
                row["minutes"] = self.minutes(given["hours"])
            if row["minutes"] is None:
                raise Fault(reason="missing_required", column="minutes" if "minutes" in given else "hours")
        if row.get("from") and row.get("to") and row["to"] <= row["from"]:
            raise Fault(reason="ends_first", column="to")


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a form; an empty one gives no rows, and the summary says so."""
    form = source.form
    if form is None:
        raise AssertionError(source.id)
    locale = context.answers.get("locale", "")
    writing = Writing.of(locale=locale, delimiter=preview.delimiter, zone=context.zone)
    sheet = Sheet(form=form, table=source.table, writing=writing, context=context)
    header = _names(preview.headers[0], form)
    remark = REMARK_OR_ID if header[0] in IDS.values() else REMARK
    parts: list[pl.DataFrame] = []
    rejected: list[Rejected] = []
    remarks = 0
    for given in context.rows():
        is_remark = given.frame.get_column("0").str.strip_chars().str.contains(remark)
        remarks += int(is_remark.sum())
        quickly, others = taken(sheet, header, given.frame.filter(~is_remark))
        rows: list[dict[str, Any]] = []
        for record in given.records(sorted([*others, *given.ragged])):
            cells = _cells(record.raw.decode(_encoding(preview.encoding)), preview.delimiter or ",")
            if cells and re.match(remark, cells[0]):
                remarks += 1
                continue
            try:
                rows.append({**sheet.row(_given(header, cells)), "record": record.number})
            except Fault as fault:
                rejected.append(Rejected(record=record, column=fault.column, reason=fault.reason))
        parts += [quickly, pl.DataFrame(rows, schema=sheet.schema)]
    filled = identified(pl.concat(parts).sort("record"), IDS.get(sheet.table)) if parts else sheet.nothing
    empty = f"The sheet {form.title!r} is empty: nothing was taken in."
    yield Batch(
        frames={source.table: filled, "spans": _spans(filled, form, source.table)},
        records=filled.height + len(rejected) + remarks,
        rejected=tuple(rejected),
        blank=remarks,
        messages=() if filled.height or rejected else (empty,),
    )


def _names(cells: Iterable[str], form: Form) -> list[str]:
    """The header in the form's words."""
    known = {_folded(word): column.name for column in form.columns for word in (*column.aliases, column.name)}
    return [known.get(_folded(cell), _folded(cell)) for cell in cells]


def _folded(cell: str) -> str:
    return "_".join(cell.strip().lower().split())


def _encoding(name: str) -> str:
    return "utf-8-sig" if name.lower().replace("_", "-") in {"", "utf-8", "utf8"} else name


def _cells(text: str, delimiter: str) -> list[str]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [cell.strip() for row in rows for cell in row]  # a return alone, where a line end was hurt, divides no rows


def _given(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise Fault(reason="too_few_fields" if len(cells) < len(header) else "too_many_fields")
    return dict(zip(header, cells, strict=True))


def _spans(filled: pl.DataFrame, form: Form, table: str) -> pl.DataFrame:
    """From the first day to the last: a day without a line in between is a day on which nothing was."""
    days = [filled.get_column(name) for name, kind in filled.schema.items() if name in DAYS and kind == pl.Date()]
    found = [day for each in days for day in (each.min(), each.max()) if isinstance(day, date)]
    if not found:
        return pl.DataFrame(schema=SPANS)
    span = {
        "platform": "offline",
        "account_id": f"({form.name} log)",
        "grain": "event",
        "facts": COVERS.get(form.name, table),
        "basis": "first to last day",
        "start": min(found),
        "end": max(found) + timedelta(days=1),
        "complete": True,
    }
    return pl.DataFrame([span], schema=SPANS)
