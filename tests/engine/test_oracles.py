"""Formulas over made-up tables equal what plain loops gave, in one piece and in any number of merged pieces."""

from __future__ import annotations

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

FOLDER = Path(__file__).parents[2].parent / "shared" / "oracles"
if not FOLDER.is_dir():
    pytest.skip("the oracle tables are not on this machine", allow_module_level=True)

EXPECTED = list(csv.DictReader((FOLDER / "expected.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
PARAMETERS = json.loads((FOLDER / "parameters.json").read_text(encoding="utf-8"))
RENAMED = {"period": "window", "period_start": "window_start"}


def read(name, views):
    """A table of the oracle with the names and types of the view."""
    made = pl.read_ndjson(FOLDER / "tables" / f"{name}.ndjson", infer_schema_length=None)
    made = made.rename({old: new for old, new in RENAMED.items() if old in made.columns})
    columns = [c for c in views[name].columns if c.name in made.columns]
    return made.select(as_declared(pl.col(c.name), c.type, made.schema[c.name]) for c in columns)


def as_declared(column, kind, have):
    if kind == "instant":
        return column.cast(pl.String).str.to_datetime(time_unit="us", time_zone="UTC")
    if kind == "date":
        return column.cast(pl.String).str.slice(0, 10).str.to_date()
    wanted = {"int": pl.Int64, "number": pl.Float64, "bool": pl.Boolean, "text": pl.String, "texts": pl.List(pl.String)}
    return column if have == wanted[kind] else column.cast(wanted[kind])


@pytest.fixture(scope="module")
def tables():
    return {}


@pytest.fixture
def made_up(tables, views, held):
    """All tables, read when first asked for; every day of 2026 is covered."""
    if not tables:
        tables |= {path.stem: read(path.stem, views) for path in sorted((FOLDER / "tables").glob("*.ndjson"))}
    return held(tables, [("m", "a1", date(2026, 1, 1), date(2027, 1, 1))])


def cases():
    return [pytest.param(row, id=row["metric"]) for row in EXPECTED]


def wanted(row):
    return (
        json.loads(row["slice"]),
        date.fromisoformat(row["period_start"][:10]),
        date.fromisoformat(row["period_end"][:10]),
    )


def measured(row, made_up, ask, **more):
    """The readings of a row's formula in its slice and window."""
    slices, since, until = wanted(row)
    more |= {"by": tuple(slices), "since": since, "until": until, "min_units": 0, "min_denominator": 0}
    found = ask(row["formula"], made_up, params=PARAMETERS, **more)
    return [reading for reading in found if not slices or json.loads(reading["slice"]) == slices]


@pytest.mark.parametrize("row", cases())
def test_a_formula_gives_the_expected_value(row, made_up, ask):
    chosen = measured(row, made_up, ask)
    assert [r["state"] for r in chosen] == ["value"]
    assert chosen[0]["value"] == pytest.approx(float(row["expected"]), rel=1e-9)


@pytest.mark.parametrize("row", cases())
@pytest.mark.parametrize("grain", ["day", "month"])
def test_a_month_is_the_same_period_however_it_is_named(row, grain, made_up, ask):
    chosen = measured(row, made_up, ask, grain=grain)
    _, since, until = wanted(row)
    last = until - timedelta(days=1)
    months = (last.year - since.year) * 12 + last.month - since.month + 1
    assert len(chosen) == (months if grain == "month" else (until - since).days)
    # The period before March is February in a calendar of months, and else the 31 days before.
    if grain == "month" and "previous" not in row["formula"]:
        assert chosen[0]["value"] == pytest.approx(float(row["expected"]), rel=1e-9)


@pytest.mark.parametrize("row", cases())
def test_merged_pieces_give_the_expected_value(row, made_up, ask, monkeypatch):
    """The whole engine over pieces: every pass is run on random pieces of its rows, and the partials merged."""
    rng = random.Random(row["metric"])

    def split(plans, made, setting):
        merged = {}
        for number, plan in plans.items():
            whole = plan.rows(setting).collect()
            piece = pl.Series([rng.randrange(5) for _ in range(whole.height)], dtype=pl.Int64)
            merged[number] = made[number].merge([made[number].run(whole.filter(piece == i).lazy()) for i in range(6)])
        return merged

    monkeypatch.setattr("smmetrics.engine.cells.collect", split)
    chosen = measured(row, made_up, ask)
    assert chosen[0]["value"] == pytest.approx(float(row["expected"]), rel=1e-9)
