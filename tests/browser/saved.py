"""Notebooks as they are saved after a widget was shown in them; no JupyterLab is needed to make one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from ipywidgets import DOMWidget


def notebook(path: Path, widget: DOMWidget) -> Path:
    """A notebook of one cell with all that the widget displays."""
    import nbformat

    shown: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("smmetrics.dashboard.board.display", lambda data, *, raw: shown.append(data) if raw else None)
        if hasattr(widget, "_ipython_display_"):
            widget._ipython_display_()
        else:
            data, _ = widget._repr_mimebundle_()
            shown.append(data)
    cell = nbformat.v4.new_code_cell("shown", outputs=[nbformat.v4.new_output("display_data", data) for data in shown])
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path
