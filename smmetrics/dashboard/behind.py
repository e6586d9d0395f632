"""What is behind a number, as HTML: its definition, its files, what was left out, and a page of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.dashboard.html import Markup, joined, some, table, tag
from smmetrics.panels import values
from smmetrics.panels.asked import beside_words
from smmetrics.panels.telling import value_text
from smmetrics.panels.words import reason_words, state_words
from smmetrics.panels.worked import worked_words
from smmetrics.words import cut, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.panels.source import Source, View

Told = Mapping[str, Any]
PAGE = 20
"""Rows shown at once."""
COLUMNS = (
    "created_at", "created_on", "at", "day", "window_start", "platform", "account", "text", "title",
    "display", "task", "goal", "minutes",
)  # fmt: skip
"""Columns that tell people which row it is; those a formula names come after them."""
_LONG = 280
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
UNKNOWN = "Nothing is known of this number any more. It was of a view shown before."


def evidence(told: Told, source: Source, worked: Told) -> Markup:
    """Definition, files and what was left out. ``worked``: the formula with its numbers, where it is known."""
    if not told:
        return tag("p", UNKNOWN)
    return joined(
        [
            tag("h5", "What is behind: ", told.get("title") or told.get("metric", "")),
            some("p", told.get("asks", "")),
            _definition(told, source, worked),
            _files(told.get("sources", ())),
            _set_aside(told),
            _origin(told.get("provenance", {})),
        ]
    )


def _definition(told: Told, source: Source, worked: Told) -> Markup:
    unit = str(told.get("unit", "")).partition(" ")[0]
    parameters = ", ".join(f"{name} = {value}" for name, value in dict(told.get("parameters", {})).items())
    top, bottom = told.get("numerator"), told.get("denominator")
    of = f"{values.number(top)} ÷ {values.number(bottom)}" if top is not None and bottom is not None else ""
    return _pairs(
        [
            ("Value", values.shown(told.get("value"), unit)),
            ("Between", values.interval(told.get("low"), told.get("high"), unit)),
            ("Note", _note(told, source)),
            ("Sample", values.number(told["n"]) if told.get("n") is not None else ""),
            ("Counted", "" if worked.get("numbers") else of),
            ("Formula", tag("code", told.get("formula", ""))),
            ("With", parameters),
            *_worked(told, source, worked),
            ("Take care", told.get("caveat", "")),
            ("Defined by", told.get("citation", "")),
            ("Metric", f"{told.get('metric', '')} {told.get('version', '')}"),
        ]
    )


def _worked(told: Told, source: Source, worked: Told) -> Iterable[tuple[str, object]]:
    """The formula with its numbers in it, as ``smmetrics explain`` says it; it stands there without any already."""
    if not worked:
        return
    known = told.get("value") is not None
    value = value_text(told["value"], told.get("unit", ""), source.currency) if known else _note(told, source)
    parts = worked["parts"]
    for name, text in worked_words(worked["formula"], worked["numbers"], worked["in_words"], parts, value=value):
        if name != "definition":
            label = say(f"reading.label.{name}")
            yield label[:1].upper() + label[1:], tag("code", text) if name == "numbers" else text


def _note(told: Told, source: Source) -> str:
    """Why there is no number, or what stands beside it, as its card says it."""
    if told.get("value") is None:
        return state_words(told.get("state", ""), told.get("reason", ""))
    return beside_words(told, source)


def _pairs(pairs: Iterable[tuple[str, object]]) -> Markup:
    return some("dl", *(joined([tag("dt", name), tag("dd", value)]) for name, value in pairs if value))


def _files(sources: Sequence[Told]) -> Markup:
    if not sources:
        return tag("p", "No file feeds it.")
    columns = ("File", "Kind", "Seen at", "Records kept", "Set aside")
    shown = ("file", "kind", "observed_at", "kept", "quarantined")
    rows = ([_cell(each.get(name)) for name in shown] for each in map(_seen, sources))
    return joined([tag("h6", "Files it comes from"), table(columns, rows, label="Files it comes from")])


def _seen(file: Told) -> Told:
    """A file of which it is said, too, that nobody knows of which day its numbers are."""
    return file if file.get("observed_at") else {**file, "observed_at": say("reading.observed_unknown")}


def _set_aside(told: Told) -> Markup:
    """Every record that does not count, with how many of them."""
    left = [tag("li", f"{count:,} ", words) for words, count in dict(told.get("left_out", {})).items()]
    aside = told.get("quarantined", 0)
    if aside:
        left.append(tag("li", f"{aside:,} records of these files could not be read and are set aside"))
    if told.get("immature"):
        left.append(tag("li", "Too young to say: ", reason_words(told["immature"])))
    whose = tag("p", "Of all that came in: a number misses only what it would have counted.") if left else ""
    return joined([tag("h6", "Left out"), whose, some("ul", *left) or tag("p", "Nothing is left out.")])


def _origin(document: Told) -> Markup:
    """The document two people need to get the same number."""
    pairs = [(name.replace("_", " "), _plain(value)) for name, value in sorted(dict(document).items())]
    if not pairs:
        return joined(())
    return tag("details", tag("summary", "Where it comes from, in full"), _pairs(pairs))


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def rows(source: Source, told: Told, view: View, *, page: int) -> Markup:
    """A page of the table's rows, newest first."""
    name = str(told.get("table", ""))
    if not name:
        return joined(())
    inside = within(told, view)
    total = source.count(name, inside)
    if not total:
        return tag("p", f"The table {name} has no row here.")
    shown = source.table(name, inside, columns=columns(told), limit=PAGE, offset=page * PAGE)
    first = page * PAGE + 1
    words = f"Rows {first:,} to {first + shown.height - 1:,} of {total:,} of the table {name}, newest first. "
    return joined(
        [
            tag("h6", "Rows"),
            tag("p", words, "The formula says which of them count."),
            _rows(_dated(shown, source.zone), name),
        ]
    )


def pages(source: Source, told: Told, view: View) -> int:
    """How many pages of rows there are."""
    name = str(told.get("table", ""))
    return -(-source.count(name, within(told, view)) // PAGE) if name else 0


def within(told: Told, view: View) -> View:
    """The view cut down to the platforms the reading was counted from, and to its own period."""
    counted = (told["platform"],) if told.get("platform") else tuple(told.get("platforms", ()))
    if counted:
        view = view.with_(platforms=tuple(name for name in counted if not view.platforms or name in view.platforms))
    if told.get("grain", "total") != "total":
        view = view.with_(since=told.get("period_start"), until=told.get("period_end"))
    return view


def columns(told: Told) -> tuple[str, ...]:
    """The columns to show: those that tell a row, then those the formula names."""
    return tuple(dict.fromkeys((*COLUMNS, *_NAME.findall(str(told.get("formula", ""))))))


def _dated(frame: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Times in the strategy's zone; where a source gives no time of day, its day."""
    local = frame.with_columns(
        pl.col(name).dt.convert_time_zone(zone).dt.strftime("%Y-%m-%d %H:%M")
        for name, dtype in frame.schema.items()
        if isinstance(dtype, pl.Datetime) and dtype.time_zone
    )
    if not {"created_at", "created_on"} <= set(local.columns):
        return local
    either = pl.coalesce("created_at", pl.col("created_on").cast(pl.String)).alias("created_at")
    return local.with_columns(either).drop("created_on")


def _rows(frame: pl.DataFrame, name: str) -> Markup:
    there = [column for column in frame.columns if frame.get_column(column).null_count() < frame.height]
    cells = ([_cell(value) for value in row] for row in frame.select(there).iter_rows())
    return table([column.replace("_", " ") for column in there], cells, label=f"Rows of {name}")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return values.number(value)
    return cut(", ".join(map(str, value)) if isinstance(value, list) else str(value), _LONG)
