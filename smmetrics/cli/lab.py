"""`smmetrics lab`: JupyterLab on the workspace's notebook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, open_here

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOTEBOOK = "dashboard.ipynb"
PORTS = click.IntRange(0, 65_535)
CELLS: tuple[tuple[str, str], ...] = (
    (
        "markdown",
        "# Dashboard\n\nRun all cells (Run menu). This notebook is yours: change it, it is never overwritten.",
    ),
    ("code", 'import smmetrics as smm\n\nws = smm.open(".")'),
    ("code", "ws.dashboard()"),
    ("markdown", "Readings are Polars frames: one row a value, with its state, interval and sample."),
    ("code", 'ws.export(grain="month").frame'),
)


@click.command(
    name="lab",
    short_help="Open JupyterLab on your dashboard.",
    epilog=examples("smmetrics -w acme lab", "smmetrics -w acme lab --no-browser --port 8890"),
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser; the address is printed.")
@click.option("--port", type=PORTS, default=8888, show_default=True, help="Port on this machine; 0: any free one.")
@click.option("--allow-root", is_flag=True, help="Run as root, too, as in a container: JupyterLab refuses it else.")
def command(*, no_browser: bool, port: int, allow_root: bool) -> int:
    """Open JupyterLab on dashboard.ipynb of the folder, written if it is not there. Ctrl-C ends it."""
    from smmetrics.api.errors import Unavailable

    workspace = open_here()
    if find_spec("jupyterlab") is None:
        message = "JupyterLab is not installed here."
        raise Unavailable(message, hint="Install it into this environment: pip install jupyterlab", code="lab.absent")
    notebook = ready_notebook(workspace.root)
    arguments = lab_command(
        workspace.root.resolve(), notebook.name, port=port, no_browser=no_browser, allow_root=allow_root
    )
    click.echo(f"JupyterLab on {notebook}; Ctrl-C ends it.", err=True)
    if is_root() and not allow_root:
        click.echo("JupyterLab does not run as root unless you say so: smmetrics lab --allow-root", err=True)
    return _run(arguments)


def is_root() -> bool:
    """Whether this runs as the user who may do everything."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def ready_notebook(root: Path) -> Path:
    """The workspace's notebook, written if it is not there; one that is there is never touched."""
    path = root / NOTEBOOK
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(notebook_text())
    except FileExistsError:
        return path
    click.echo(f"Wrote {path}.", err=True)
    return path


def notebook_text() -> str:
    """A notebook of a few cells, in Jupyter's format 4.5."""
    cells = [_cell(place, kind, text) for place, (kind, text) in enumerate(CELLS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _cell(place: int, kind: str, text: str) -> dict[str, Any]:
    runs: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": f"cell-{place}", "metadata": {}, "source": text.splitlines(keepends=True), **runs}


def lab_command(root: Path, notebook: str, *, port: int, no_browser: bool, allow_root: bool = False) -> list[str]:
    """How JupyterLab is started: this interpreter's own, with the workspace as its root, open at the notebook.

    ``-P`` keeps a file of the workspace that is called like a module of Python from being run instead of it.
    """
    return [
        *(sys.executable, "-P", "-m", "jupyterlab"),
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{notebook}",
        f"--ServerApp.port={port}",
        "--ServerApp.answer_yes=True",
        *(["--no-browser"] if no_browser else []),
        *(["--allow-root"] if allow_root else []),
    ]


def _run(arguments: Sequence[str]) -> int:
    """Become JupyterLab where the system can; elsewhere wait for it, and let Ctrl-C end it."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(arguments[0], list(arguments))  # noqa: S606 (the interpreter we run in)
    with subprocess.Popen(arguments) as process:  # noqa: S603 (see above)
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # JupyterLab got it too, asks, and ends by itself
