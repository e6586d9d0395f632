"""The dashboard in a real kernel: shown, changed and saved with the notebook, without an error and without a text that runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient

from smmetrics.workspace.demo import make_demo
from tests.dashboard.conftest import ALLOWED, ATTRIBUTES, Grown, Parsed

if TYPE_CHECKING:
    from pathlib import Path

SHOW = "import smmetrics as smm\nboard = smm.open({root!r}).dashboard()\nboard"
CHANGE = """
board.recomputed = 0
for grain in ("week", "day", "week"):
    board.state.grain = grain
print(board.recomputed, board.state.view.grain)
"""
LATER = """
import asyncio
await asyncio.sleep(0.5)
print(board.recomputed, len(board.selected_rows(columns=("post_id",))) > 0)
"""


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root: Path = make_demo(tmp_path_factory.mktemp("demo")).workspace.root
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(code) for code in (SHOW.format(root=str(root)), CHANGE, LATER)]
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(root)}})
    return client.execute()


def test_every_cell_runs_without_error_or_warning(executed: Any) -> None:
    kinds = [output.output_type for cell in executed.cells for output in cell.outputs]
    assert "error" not in kinds
    assert not [
        o.text for cell in executed.cells for o in cell.outputs if o.output_type == "stream" and o.name == "stderr"
    ]


def test_the_output_holds_the_widget_and_a_copy_without_a_kernel(executed: Any) -> None:
    shown, copied = executed.cells[0].outputs
    model = shown.data["application/vnd.jupyter.widget-view+json"]["model_id"]
    state = executed.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    assert state[model]["model_name"] == "VBoxModel"
    copy = Parsed(copied.data["text/html"])
    copy.assert_harmless(also=frozenset({"style"}))
    assert "garden" in copy.text
    assert "img" in copy.tags


def test_a_burst_in_one_cell_is_followed_once_after_it(executed: Any) -> None:
    assert [cell.outputs[0].text.strip() for cell in executed.cells[1:]] == ["0 week", "1 True"]


def test_the_widgets_saved_with_the_notebook_show_the_last_state(executed: Any) -> None:
    state = executed.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    models = [each["state"] for each in state.values()]
    assert any("Shown: all days" in str(model.get("text", "")) for model in models)
    (panels,) = [model["sections"] for model in models if model.get("sections")]
    assert len(panels) > 2
    for grown in (Grown(json.loads(panel[part])) for panel in panels for part in ("head", "top", "end")):
        assert set(grown.names) <= ALLOWED
        assert {name.lower() for name, _ in grown.attributes} <= ATTRIBUTES
    assert "OutputModel" not in json.dumps([each["model_name"] for each in state.values()])
