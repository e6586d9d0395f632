"""The schema of readings says what an export holds: an independent validator and a database agree."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

import jsonschema
import polars as pl
import pytest

from smmetrics.cli.main import main
from smmetrics.engine.schema import EXPORTED
from smmetrics.export import described, write


def exported(**values: object) -> pl.DataFrame:
    texts = {name: "" for name, dtype in EXPORTED.items() if dtype == pl.String()}
    said = {"reading_id": "a" * 32, "grain": "month", "unit": "percent", "state": "value", "value": 0.5, "gone": False}
    row = dict.fromkeys(EXPORTED) | texts | said | values
    return pl.DataFrame([row], schema=dict(EXPORTED))


def test_an_export_meets_its_json_schema(tmp_path):
    out = tmp_path / "readings.json"
    write(exported(period_start=date(2026, 3, 1), n=3, interval_method="wilson", restated=True), None, out)
    jsonschema.Draft202012Validator.check_schema(described.json_schema())
    jsonschema.validate(json.loads(out.read_text(encoding="utf-8")), described.json_schema())


@pytest.mark.parametrize(("column", "value"), [("state", "fine"), ("grain", "year"), ("value", "0.5"), ("goal", None)])
def test_what_is_no_reading_does_not_meet_it(tmp_path, column, value):
    out = tmp_path / "readings.json"
    write(exported(), None, out)
    (row,) = json.loads(out.read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([row | {column: value}], described.json_schema())


def test_the_schema_names_every_column_in_order_with_a_meaning():
    made = described.columns()
    assert [each.column for each in made] == list(EXPORTED)
    assert all(each.meaning for each in made)


def test_a_database_takes_the_table():
    base = sqlite3.connect(":memory:")
    base.execute(described.sql())
    told = base.execute("SELECT name, pk FROM pragma_table_info('readings')").fetchall()
    assert [name for name, _ in told] == list(EXPORTED)
    assert [name for name, key in told if key] == ["reading_id"]


def test_the_command_gives_each_form(tmp_path, capsys):
    assert main(["schema", "readings", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == described.json_schema()
    assert main(["schema", "--format", "sql"]) == 0
    assert capsys.readouterr().out == described.sql() + "\n"
    assert main(["schema"]) == 0
    told = capsys.readouterr().out
    assert "state is one of: not_permitted" in told
    out = tmp_path / "strategy.json"
    assert main(["schema", "strategy", "--out", str(out)]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out.read_text(encoding="utf-8")))
    capsys.readouterr()
    assert main(["schema", "posts"]) == 0
    assert capsys.readouterr().out.startswith("column")
    assert main(["schema", "postz"]) == 2
    assert "'posts'" in capsys.readouterr().err
