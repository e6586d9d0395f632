"""Reads a filled-in form of any kind to rows of its table.

Lines without an id of their own get one from what they say and their number among equal lines, so that the same form
read twice, or two forms that overlap, give the same rows once.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api import Batch, Rejected
from smmetrics_offline.cells import Fault, Writing, chosen, yes_no
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
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Columns of the table's rows."""
        columns = [column for column in self.form.columns if column.name != "hours"]
        own: dict[str, pl.DataType] = {column.name: TYPES[column.entry] for column in columns}
        if self.table == "labels":
            own = {**{name: dtype for name, dtype in own.items() if name != "by"}, **dict.fromkeys(SAID, pl.String())}
        given = {name: pl.String() for name in ("platform", *([IDS[self.table]] if self.table in IDS else []))}
        timed: dict[str, pl.DataType] = {"day": pl.Date()} if self._timed else {}
        timed |= {"precision": pl.String()} if self._timed and self.table not in UNTIMED else {}
        return {**own, **given, **timed, "record": pl.Int64()}

    @property
    def _first(self) -> FormColumn | None:
        return next((column for column in self.form.columns if column.entry == "time"), None)

    @property
    def _timed(self) -> bool:
        return self._first is not None

    def row(self, given: Mapping[str, str]) -> dict[str, Any]:
        """One line as a row of the table. Raises `Fault` naming the cell."""
        row: dict[str, Any] = {"platform": "offline"}
        clocks: list[bool] = []
        for column in self.form.columns:
            text = given.get(column.name, "")
            try:
                row[column.name] = self._value(column, text, row, clocks)
            except Fault as fault:
                raise Fault(reason=fault.reason, column=column.name) from None
        self._check(row, given)
        if self._timed and self.table not in UNTIMED:
            row["precision"] = "instant" if all(clocks) else "day"
        return told(row) if self.table == "labels" else self._identified(row)

    def _value(self, column: FormColumn, text: str, row: dict[str, Any], clocks: list[bool]) -> Any:  # noqa: ANN401
        if not text:
            if column.required and not (self.table == "effort" and column.name == "minutes"):
                raise Fault(reason="missing_required")
            return None
        if column.entry == "time":
            moment, day, clock = self.writing.moment(text)
            clocks.append(clock)
            if column is self._first:
                row["day"] = day
            return moment
        if column.name == "person" and self.table in OUTSIDERS:
            return self.context.pseudonym("offline", " ".join(text.casefold().split()))
        return self._plain(column, text)

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
                row["minutes"] = float(self.writing.number(given["hours"]) * 60)
            if row["minutes"] is None:
                raise Fault(reason="missing_required", column="minutes" if "minutes" in given else "hours")
        if row.get("from") and row.get("to") and row["to"] <= row["from"]:
            raise Fault(reason="out_of_range", column="to")

    def _identified(self, row: dict[str, Any]) -> dict[str, Any]:
        name = IDS.get(self.table)
        if name is None:
            return row
        said = "\x1f".join(f"{key}={value}" for key, value in sorted(row.items()) if key != name)
        self.seen[said] += 1
        made = hashlib.sha256(f"{said}\x1f{self.seen[said]}".encode()).hexdigest()[:32]
        return {**row, name: row.get(name) or made}


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a form; an empty one gives no rows, and the summary says so."""
    form = source.form
    if form is None:
        raise AssertionError(source.id)
    locale = context.answers.get("locale", "")
    writing = Writing.of(locale=locale, delimiter=preview.delimiter, zone=context.zone)
    sheet = Sheet(form=form, table=source.table, writing=writing, context=context)
    header = _names(preview.headers[0], form)
    rows: list[dict[str, Any]] = []
    rejected: list[Rejected] = []
    remarks = 0
    for record in context.records():
        cells = _cells(record.raw.decode(_encoding(preview.encoding)), preview.delimiter or ",")
        if cells and cells[0].startswith("#"):
            remarks += 1
            continue
        try:
            rows.append({**sheet.row(_given(header, cells)), "record": record.number})
        except Fault as fault:
            rejected.append(Rejected(record=record, column=fault.column, reason=fault.reason))
    empty = f"The sheet {form.title!r} is empty: nothing was taken in."
    yield Batch(
        frames={source.table: pl.DataFrame(rows, schema=sheet.schema), "spans": _spans(rows, form, source.table)},
        records=len(rows) + len(rejected) + remarks,
        rejected=tuple(rejected),
        blank=remarks,
        messages=() if rows or rejected else (empty,),
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


def _spans(rows: list[dict[str, Any]], form: Form, table: str) -> pl.DataFrame:
    """From the first day to the last: a day without a line in between is a day on which nothing was."""
    days = [day for row in rows for name, day in row.items() if name in DAYS and type(day) is date]
    if not days:
        return pl.DataFrame(schema=SPANS)
    span = {
        "platform": "offline",
        "account_id": f"({form.name} log)",
        "grain": "event",
        "facts": COVERS.get(form.name, table),
        "basis": "first to last day",
        "start": min(days),
        "end": max(days) + timedelta(days=1),
        "complete": True,
    }
    return pl.DataFrame([span], schema=SPANS)
