"""Every notebook runs from top to bottom, says what it teaches, and stays small enough to mail."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
LARGEST = 1_500_000
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def executed() -> dict[str, NotebookNode]:
    books = {}
    for name in NAMES:
        book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
        books[name] = NotebookClient(book, timeout=240, kernel_name="python3").execute()
    return books


def texts(book: NotebookNode) -> str:
    """All that the cells put out, as text."""
    parts = [output for cell in book.cells for output in cell.get("outputs", [])]
    return "\n".join(part.get("text", "") or str(part.get("data", {}).get("text/plain", "")) for part in parts)


def test_there_are_four_that_teach():
    assert NAMES == ["first-dashboard", "own-metric", "planner", "what-cannot-be-measured"]


@pytest.mark.parametrize("name", NAMES)
def test_outputs_are_not_kept_in_the_repository(name):
    book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_runs_and_the_file_stays_small(executed, name):
    book = executed[name]
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert len(json.dumps(book)) < LARGEST


def test_the_first_dashboard_is_a_widget_with_a_copy_for_readers_without_a_kernel(executed):
    outputs = [cell.get("outputs", []) for cell in executed["first-dashboard"].cells]
    live = "application/vnd.jupyter.widget-view+json"
    ((shown, copy),) = [
        [output.data for output in cell] for cell in outputs if any(live in out.get("data", {}) for out in cell)
    ]
    assert live in shown
    assert "smm-card" in copy["text/html"]


def test_the_metric_of_ones_own_is_measured_and_a_slip_is_pointed_at(executed):
    said = texts(executed["own-metric"])
    assert "answers_to_questions" in said
    assert "comments" in re.findall(r"Did you mean '(\w+)'", said)


def test_what_cannot_be_measured_is_named_and_never_zero(executed):
    said = texts(executed["what-cannot-be-measured"])
    for word in ("not_measurable", "not_covered", "too_few", "save_rate", "promo_share"):
        assert word in said


def test_the_planner_is_a_widget_with_a_copy_and_says_what_is_missing(executed):
    cells = executed["planner"].cells
    shown = [output.data for cell in cells for output in cell.get("outputs", []) if "data" in output]
    widgets = [data for data in shown if "application/vnd.jupyter.widget-view+json" in data]
    assert len(widgets) == 1
    assert "There is no purpose yet" in widgets[0]["text/html"]
    said = texts(executed["planner"])
    assert "There is no purpose yet" not in said
    assert "No channels yet" in said
    assert "by the labeller" in said
