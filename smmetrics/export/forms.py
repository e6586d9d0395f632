"""Forms written empty, as CSV or as a workbook: a header, and below it remarks that explain it and can be no data."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter  # type: ignore[import-untyped]

from smmetrics.api.errors import Unavailable, UserMistake
from smmetrics.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.api import Form, FormColumn

REMARK = "#"
SUFFIXES = (".xlsx", ".csv")
LINES = 2000
"""So many lines of a workbook offer the words of a list and show dates as dates."""
FORMATS = {"day": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm"}
NARROW, WIDE = 12, 40
LONGEST_NOTE, LONGEST_LIST = 250, 250
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)


def write_form(form: Form, path: Path) -> Path:
    """Write a form without any data to ``path``, which says by its suffix how.

    Raises `UserMistake` where there is such a file, or the suffix is none of ours; `Unavailable` where the folder
    refuses.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UserMistake(
            say("forms.suffix", name=path.name), hint=say("forms.suffix_hint", form=form.name), code="form.suffix"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb"):  # nobody's work is written over
            pass
        (_workbook if path.suffix.lower() == ".xlsx" else _table)(form, path)
    except FileExistsError as error:
        raise UserMistake(say("forms.exists", path=path), hint=say("forms.exists_hint"), code="form.exists") from error
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}."
        raise Unavailable(message, code="out.failed") from error
    return path


def remarks(form: Form) -> tuple[list[str], list[str]]:
    """The two lines below the header: what to write, and an example; both begin with the sign of a remark."""
    means = [_meaning(column) for column in form.shown]
    likes = [column.example for column in form.shown]
    likes[0] = say("forms.example", example=likes[0])
    return [f"{REMARK} {means[0]}", *means[1:]], [f"{REMARK} {likes[0]}", *likes[1:]]


def _meaning(column: FormColumn) -> str:
    meaning = column.meaning
    if column.allowed:
        meaning = say("forms.one_of", meaning=meaning, allowed=", ".join(column.allowed))
    return say("forms.needed", meaning=meaning) if column.required else meaning


def _table(form: Form, path: Path) -> None:
    """As CSV in UTF-8 with its mark, so that a spreadsheet shows every letter."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.name for column in form.shown)
        writer.writerows(remarks(form))


def _workbook(form: Form, path: Path) -> None:
    """As a workbook: dates are dates, closed lists can be chosen from, and each column says what it wants."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED, "title": form.title})
    sheet = book.add_worksheet(form.name)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
    remark = book.add_format({"italic": True, "font_color": "#5B6770", "text_wrap": True, "valign": "top"})
    explained, shown = remarks(form)
    for place, column in enumerate(form.shown):
        kind = book.add_format({"num_format": FORMATS[column.entry]}) if column.entry in FORMATS else None
        sheet.set_column(place, place, WIDE if column.entry == "text" and len(column.example) > NARROW else 20, kind)
        sheet.write_string(0, place, column.name, head)
        sheet.write_string(1, place, explained[place], remark)
        sheet.write_string(2, place, shown[place], remark)
        sheet.data_validation(3, place, LINES, place, _validation(column))
    sheet.freeze_panes(3, 0)
    book.close()


def _validation(column: FormColumn) -> dict[str, object]:
    """What a cell offers and says when it is chosen; nothing is forbidden, what cannot be read is set aside later."""
    said = say("forms.sheet_note", meaning=column.meaning, example=column.example or "-")[:LONGEST_NOTE]
    note: dict[str, object] = {"input_title": column.name[:32], "input_message": said}
    if column.allowed and len(",".join(column.allowed)) <= LONGEST_LIST:
        return {"validate": "list", "source": list(column.allowed), "error_type": "warning", **note}
    return {"validate": "any", **note}
