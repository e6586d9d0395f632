"""Rows as text and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from smmetrics.cli import output

ROWS = [
    {"name": "a", "value": 1.5, "on": date(2026, 1, 2)},
    {"name": "long name", "value": None, "on": None},
]


@pytest.mark.parametrize("rows", [ROWS, pl.DataFrame(ROWS), iter(ROWS)])
def test_piped_rows_are_aligned_text(capsys, rows):
    output.show(rows)
    assert capsys.readouterr().out.splitlines() == [
        "name       value  on",
        "a            1.5  2026-01-02",
        "long name",
    ]


@pytest.mark.parametrize("rows", [ROWS, pl.DataFrame(ROWS)])
def test_json_is_one_array_with_iso_dates(capsys, rows):
    output.show(rows, as_json=True)
    assert json.loads(capsys.readouterr().out) == [
        {"name": "a", "value": 1.5, "on": "2026-01-02"},
        {"name": "long name", "value": None, "on": None},
    ]


def test_columns_choose_and_order(capsys):
    output.show(ROWS, columns=["on", "name"], as_json=True)
    assert [list(row) for row in json.loads(capsys.readouterr().out)] == [["on", "name"], ["on", "name"]]


def test_an_empty_table_is_its_header_only(capsys):
    output.show(pl.DataFrame(schema={"a": pl.String, "b": pl.Int64}))
    assert capsys.readouterr().out == "a  b\n"
    output.show([], as_json=True)
    assert capsys.readouterr().out == "[]\n"


def test_json_holds_only_what_json_can():
    value = {
        "nan": float("nan"),
        "inf": [float("inf")],
        "at": datetime(2026, 1, 2, 3, tzinfo=UTC),
        "n": Decimal("1.5"),
        "s": {"b", "a"},
        "id": 1 << 62,
    }
    assert json.loads(output.to_json(value)) == {
        "nan": None, "inf": [None], "at": "2026-01-02T03:00:00+00:00", "n": 1.5, "s": ["a", "b"], "id": 1 << 62,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "yes"), (0.1234567, "0.123457"), (3.0, "3"), (12345678.0, "12345678"), (12345678.25, "12345678.2"), (1e-9, "1e-09"), (12345678, "12345678"),
        (["a", None, "b"], "a, , b"), ("two\nlines", "two lines"), ("\x1b[31mred", "\\x1b[31mred"), ("tab\there", "tab here"),
        ("\u202edrawkcab", "\\u202edrawkcab"), ("café 😀", "café 😀"),
    ],
)  # fmt: skip
def test_cells_are_plain_and_cannot_drive_a_terminal(value, text):
    assert output.cell(value) == text


def test_wide_characters_stay_aligned(capsys):
    output.show([{"a": "日本", "b": "x"}, {"a": "abcd", "b": "y"}])
    assert capsys.readouterr().out.splitlines() == ["a     b", "日本  x", "abcd  y"]


def test_a_terminal_gets_a_table_without_markup(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    output.show([{"text": "[bold]not bold[/bold]"}])
    assert "[bold]not bold[/bold]" in capsys.readouterr().out
