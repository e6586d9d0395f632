"""docs/metrics.md is what the packs say: nothing is missing, nothing is of yesterday."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from smmetrics.contracts.catalogue import build
from smmetrics.registry import Registry

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def writer():
    spec = importlib.util.spec_from_file_location("metrics_page", ROOT / "tools" / "metrics_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_tool_writes(writer):
    assert writer.PAGE.read_text(encoding="utf-8") == writer.page(), "run: .venv/bin/python tools/metrics_page.py"


def test_every_metric_and_kind_of_goal_has_its_entry(writer):
    registry = Registry.discover()
    registry.load()
    catalogue = build(registry)
    headings = [line for line in writer.PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("### ")]

    assert len(headings) == len(catalogue.metrics) + len(catalogue.goal_types)
    for id_ in (*catalogue.metrics, *catalogue.goal_types):
        assert sum(f"`{id_}`" in heading for heading in headings) == 1, id_
