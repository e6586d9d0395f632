"""The whole catalogue of metrics, where it lies beside the repository."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest

from smmetrics.api.metrics import Parameter
from smmetrics.contracts.catalogue import build

SHARED = Path(__file__).parents[3] / "shared"
CATALOGUE = SHARED / "design" / "kpi-formulas.tsv"
PAIRED = {"economic_value_per_visit", "conversation_time_share"}
pytestmark = pytest.mark.skipif(not CATALOGUE.is_file(), reason="the shared catalogue is not on this machine")


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _parameters():
    stated = json.loads((SHARED / "oracles" / "parameters.json").read_text(encoding="utf-8"))
    named = {
        name: Parameter(name=name, type="texts" if isinstance(value, list) else "number", default=_default(value))
        for name, value in stated.items()
    }
    return named | {"within": Parameter(name="within", type="hours", default=8)}


def _default(value):
    return tuple(value) if isinstance(value, list) else value


def test_every_formula_of_the_catalogue_reads_and_is_a_number(read):
    rows = [row for row in _rows(CATALOGUE) if row["kind"] == "formula"]
    assert len(rows) == 162
    for row in rows:
        pairing = "on purpose" if row["id"] in PAIRED else ""
        formula = read(row["formula_or_calculator"], parameters=_parameters(), pairing=pairing)
        assert formula.type == "number", row["id"]
        tables = {name.strip() for name in row["tables"].split(",")}
        assert {node.table for node in formula.aggregates} <= tables, row["id"]


def test_every_oracle_formula_reads(read):
    for row in _rows(SHARED / "oracles" / "expected.tsv"):
        assert read(row["formula"], parameters=_parameters()).type == "number", row["metric"]


def test_own_metrics_of_the_templates_compile(fake_registry):
    catalogue = build(fake_registry())
    found = 0
    for path in sorted((SHARED / "templates").glob("*.toml")):
        for name, metric in tomllib.loads(path.read_text(encoding="utf-8")).get("metrics", {}).items():
            stated = {key: metric[key] for key in ("title", "formula", "unit", "better", "pairing") if key in metric}
            assert catalogue.own_metric(name, **stated).id == name
            found += 1
    assert found >= 4
