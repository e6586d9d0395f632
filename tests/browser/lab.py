"""One JupyterLab on this computer, as a person has it: a server of its own, a page, notebooks that run."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

from tests.browser.watch import WIDE, below, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbconvert import HTMLExporter
    from playwright.sync_api import Browser, Page

    from tests.browser.watch import Seen

Theme = Literal["JupyterLab Light", "JupyterLab Dark"]
TOKEN = "only-for-this-test"
STARTS = 180  # seconds a server may take on a busy machine
PATIENCE = 60  # seconds until something that was set off has reached the kernel
QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
RUN = """
async () => {
  const app = window.jupyterapp;
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.context.sessionContext.ready;
  const kernel = panel.context.sessionContext.session.kernel;
  await kernel.info;
  await app.commands.execute('notebook:run-all-cells');
  const cells = panel.content.widgets.filter((cell) => cell.model.type === 'code');
  for (let waited = 0; waited < 900; waited += 1) {
    if (cells.every((cell) => cell.model.executionCount) && kernel.status === 'idle') break;
    await new Promise((done) => setTimeout(done, 100));
  }
  return cells.map((cell) => [cell.model.executionCount,
    cell.model.outputs.toJSON().filter((output) => output.output_type === 'error').map((error) => error.evalue)]);
}
"""

ALONE = """
async () => {
  const app = window.jupyterapp;
  await app.restored;
  if (!app.shell.leftCollapsed) app.shell.collapseLeft();
  app.shell.collapseRight();
}
"""
OPEN = """
async ([path, kernel]) => {
  const own = kernel ? { kernel: { id: kernel } } : {};
  await window.jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook', ...own });
}
"""
SHUT = """
async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  const { id } = panel.context.sessionContext.session.kernel;
  panel.context.model.dirty = false;
  panel.dispose();
  return id;
}
"""
BLANK = """
from ipywidgets import Widget
Widget.close_all()
get_ipython().reset(new_session=True)
"""
"""A kernel as it was when it began, but for what it has loaded: loading that again takes longer than most tests."""

ASK = """
async (code) => {
  const { kernel } = window.jupyterapp.shell.currentWidget.context.sessionContext.session;
  let text = '';
  const run = kernel.requestExecute({ code, store_history: false });
  run.onIOPub = (message) => { text += message.content.text ?? message.content.evalue ?? ''; };
  await run.done;
  return text;
}
"""


SERVER = """
import sys
sys.modules["rfc3987_syntax"] = None
from jupyterlab.labapp import main
main()
"""
"""JupyterLab as its command starts it, without what takes half the time of that (see conftest.py of the project)."""

LOADED = """
import smmetrics.dashboard.board, smmetrics.workspace.seeing, smmetrics.workspace.showing, vl_convert
vl_convert.vegalite_to_svg({"mark": "point"})
"""
"""What a kernel does as it starts, while the page loads: the first dashboard in it need not wait for that."""

BEGUN = "SMMETRICS_TEST_LAB"
"""The environment variable by which the process that starts others tells them of the JupyterLab it has begun."""


@dataclass(frozen=True, slots=True)
class Lab:
    """A server that was begun: where it listens, and the folder it shows."""

    address: str
    folder: Path
    log: Path

    def wait(self) -> None:
        """Return when it answers; raise with what it said where it ended instead."""
        deadline = time.monotonic() + STARTS
        while time.monotonic() < deadline and not self.ended.exists():
            try:
                with urllib.request.urlopen(f"{self.address}api/status?token={TOKEN}", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        message = f"JupyterLab did not start:\n{self.log.read_text(encoding='utf-8')[-2000:]}"
        raise RuntimeError(message)

    @property
    def ended(self) -> Path:
        """Stands where the server has ended."""
        return self.log.with_suffix(".ended")

    def kernel(self) -> str:
        """Start a kernel in the folder it shows; its id."""
        told, allowed = json.dumps({"path": ""}).encode(), {"Authorization": f"token {TOKEN}"}
        asked = urllib.request.Request(f"{self.address}api/kernels", told, allowed)
        with urllib.request.urlopen(asked, timeout=STARTS) as answer:
            return str(json.load(answer)["id"])

    def write(self, name: str, *cells: str) -> Path:
        """Put a notebook of these code cells into the folder."""
        import nbformat

        code = [nbformat.v4.new_code_cell(cell) for cell in cells]
        notebook = nbformat.v4.new_notebook(cells=code, metadata={"kernelspec": KERNEL})
        path = self.folder / name
        nbformat.write(notebook, path)
        return path


@contextmanager
def serving(folder: Path) -> Iterator[Lab]:
    """A JupyterLab that answers."""
    with beginning(folder) as served:
        served.wait()
        yield served


@contextmanager
def beginning(folder: Path) -> Iterator[Lab]:
    """A JupyterLab that asks nobody for news or extensions and keeps its settings in the folder; it may not answer yet."""
    port = _free_port()
    own = folder / "settings"
    _write(own / "config" / "labconfig" / "default_setting_overrides.json", json.dumps(QUIET))
    _write(own / "ipython" / "profile_default" / "startup" / "loaded.py", LOADED)
    shown = folder / "shown"
    shown.mkdir()
    begun = Lab(f"http://127.0.0.1:{port}/", shown, folder / "server.log")
    with begun.log.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(_command(port, shown), env=_environment(own), stdout=log, stderr=log)
        Thread(target=lambda: (server.wait(), begun.ended.touch()), daemon=True).start()
        try:
            yield begun
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def begun_for_others() -> Iterator[None]:
    """A JupyterLab that the processes started meanwhile find by `BEGUN`: it starts while they do."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, beginning(Path(folder)) as begun:
        os.environ[BEGUN] = json.dumps([begun.address, str(begun.folder), str(begun.log)])
        yield
        del os.environ[BEGUN]


def found() -> Lab | None:
    """The JupyterLab begun by the process that started this one."""
    told = os.environ.get(BEGUN)
    if told is None:
        return None
    address, folder, log = json.loads(told)
    return Lab(address, Path(folder), Path(log))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def _command(port: int, shown: Path) -> list[str]:
    return [
        *(sys.executable, "-c", SERVER, "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={shown}"),
        *(f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"),
        *("--LabApp.extension_manager=readonly", "--ServerApp.terminals_enabled=False"),
    ]


def _environment(own: Path) -> dict[str, str]:
    folders = {
        "JUPYTER_CONFIG_DIR": own / "config",
        "JUPYTER_DATA_DIR": own / "data",
        "JUPYTER_RUNTIME_DIR": own / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": own / "user-settings",
        "JUPYTERLAB_WORKSPACES_DIR": own / "workspaces",
        "IPYTHONDIR": own / "ipython",
    }
    paths = (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", ""))
    own_paths = os.pathsep.join(path for path in paths if path)
    ours = {"PYTHONPATH": own_paths, "PYTHONDONTWRITEBYTECODE": ""}  # each kernel would compile all anew
    return {**os.environ, **{name: str(path) for name, path in folders.items()}, **ours}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def desk(browser: Browser, lab: Lab, *, width: int = WIDE) -> Iterator[tuple[Page, Seen]]:
    """JupyterLab in a page, with nothing beside what is opened in it: loading it takes longer than most tests."""
    with loading(browser, lab, width=width) as (page, seen):
        cleared(page)
        yield page, seen


@contextmanager
def loading(browser: Browser, lab: Lab, *, width: int = WIDE) -> Iterator[tuple[Page, Seen]]:
    """A page that loads JupyterLab while the kernel of its notebooks starts; it is a desk when it is `cleared`."""
    kernel = lab.kernel()
    with watched(browser, below(lab.address), width=width) as (page, seen):
        page.goto(f"{lab.address}lab?token={TOKEN}&reset", wait_until="domcontentloaded")
        page.evaluate("(kernel) => { window.lastKernel = kernel; }", kernel)
        yield page, seen


def cleared(page: Page) -> None:
    """Wait for JupyterLab, and leave nothing in it beside what is opened."""
    page.wait_for_function("window.jupyterapp", timeout=60_000)
    page.evaluate(ALONE)


@contextmanager
def notebook(desk: tuple[Page, Seen], path: Path) -> Iterator[tuple[Page, Seen]]:
    """A notebook opened on a desk; it is gone afterwards, and so are what its cells made and what was seen.

    All of a desk share one kernel, which is blank when one is opened.
    """
    page, seen = desk
    page.evaluate(OPEN, [path.name, page.evaluate("window.lastKernel")])
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    try:
        yield page, seen
        page.evaluate(ASK, BLANK)
    finally:  # whatever failed in this one: the next is not opened behind it
        page.evaluate(f"async () => {{ window.lastKernel = await ({SHUT})(); }}")
        seen.forget()


def run(page: Page) -> None:
    """Run all cells, each to its end, none of them in error."""
    counts = page.evaluate(RUN)
    assert [count for count, _ in counts] == list(range(1, len(counts) + 1))
    assert [error for _, errors in counts for error in errors] == []


def asked(page: Page, expression: str) -> Any:
    """What the notebook's own kernel says of an expression."""
    said = page.evaluate(ASK, f"import json; print(json.dumps({expression}))")
    return json.loads(said)


def until(page: Page, expression: str, wanted: Any) -> None:
    """Wait until the notebook's kernel says this of an expression."""
    said = asked(page, expression)
    deadline = time.monotonic() + PATIENCE
    while said != wanted and time.monotonic() < deadline:
        page.wait_for_timeout(50)
        said = asked(page, expression)
    assert said == wanted, f"{expression} is {said!r}"


def save(page: Page) -> None:
    """Save the notebook with its outputs, as a person does who mails it."""
    page.evaluate(
        """async () => { const app = window.jupyterapp;
        await app.shell.currentWidget.context.save(); }"""
    )


def theme(page: Page, name: Theme) -> None:
    """Change JupyterLab's theme and wait until it shows; what shows it already stays as it is."""
    light = "true" if name == "JupyterLab Light" else "false"
    if page.evaluate("document.body.dataset.jpThemeLight") == light:
        return
    page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
    page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")


def as_html(saved: Path, out: Path, *, held: dict[str, Any] | None = None) -> Path:
    """A saved notebook as a page for a reader without a kernel. The exporter's own addresses are left out.

    ``held``: what widgets hold, kept in the notebook as *Save Widget State Automatically* keeps it.
    """
    import nbformat

    notebook = nbformat.read(saved, as_version=4)
    if held is not None:
        state = {"state": held, "version_major": 2, "version_minor": 0}
        notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    html, _ = _exporter().from_notebook_node(notebook)
    out.write_text(html, encoding="utf-8")
    return out


@cache
def _exporter() -> HTMLExporter:
    """One for all pages: it reads its templates once, and takes as long to load as three tests."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(require_js_url="", mathjax_url="", jupyter_widgets_base_url="", widget_renderer_url="")
    exporter.mermaid_js_url = ""
    return exporter
