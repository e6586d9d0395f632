"""Pictures for people: ``python -m tests.browser.shots OUT_DIR`` shows the sample's reports, its dashboard and planner.

Each in light and dark, wide and as on a telephone, cut into pictures of a height that a screen shows.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

import smmetrics as smm
from smmetrics.panels.source import View
from smmetrics.report import write
from smmetrics.workspace.demo import make_demo
from tests.browser import chromium, lab, poison
from tests.browser.watch import NARROW, WIDE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from smmetrics.panels.source import Source
    from tests.browser.lab import Lab
    from tests.browser.watch import Seen

TALL = 1500
PAPER = 720
"""Pixels of a sheet's width between its margins."""
WIDTHS = (WIDE, NARROW)
EDITIONS = ("team", "board", "public")


def main(out: Path) -> None:
    """Make the sample, look at everything, and say where the pictures are."""
    path = chromium.find()
    if not path:
        sys.exit(chromium.MISSING)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="smmetrics-") as folder, chromium.launched(path) as browser:
        root = make_demo(Path(folder) / "garden").workspace.root
        for edition in EDITIONS:
            report(browser, smm.open(root).report(Path(folder) / f"{edition}.html", edition=edition), out)
        states(browser, root, Path(folder), out)
        with lab.serving(_made(Path(folder) / "lab")) as served, lab.desk(browser, served) as desk:
            dashboard(desk, root, served, out)
            planner(desk, root, served, out)
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pictures are in {out}\n")


def report(browser: Browser, path: Path, out: Path) -> None:
    """A report by day and by night."""
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            with opened(browser, path, width=width, scheme=scheme) as (page, _):
                page.wait_for_timeout(1500)
                height = page.evaluate("document.documentElement.scrollHeight")
                pieces(page, height, out / f"report-{path.stem}-{width}-{scheme}")


def states(browser: Browser, root: Path, folder: Path, out: Path) -> None:
    """Reports of what is not whole: no data, no strategy, a panel that fails; and one as it is printed."""
    empty, aimless = smm.init(folder / "empty").root, folder / "aimless"
    aimless.mkdir()
    poison.command(aimless, "import", *sorted((root / "inbox").glob("*.csv")))
    failing = _Failing(smm.open(root).source())
    for name, source in {
        "empty": smm.open(empty).source(),
        "aimless": smm.open(aimless).source(),
        "failing": failing,
    }.items():
        report(browser, write(source, View(), folder / f"{name}.html"), out)
    for edition in EDITIONS:
        path = smm.open(root).report(folder / f"printed-{edition}.html", edition=edition)
        with opened(browser, path, width=PAPER) as (page, _):
            page.emulate_media(media="print")
            page.wait_for_timeout(1500)
            pieces(page, page.evaluate("document.documentElement.scrollHeight"), out / f"print-{edition}")


class _Failing:
    """A source with a plugin's panel that fails."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def plugin_panels(self) -> list[tuple[str, str, Any]]:
        return [("weather", "smmetrics-weather", ZeroDivisionError("division by zero"))]


def dashboard(desk: tuple[Page, Seen], root: Path, served: Lab, out: Path) -> None:
    """The dashboard in JupyterLab."""
    code = f"import smmetrics as smm\nsmm.open({str(root)!r}).dashboard()"
    with lab.notebook(desk, served.write("dashboard.ipynb", code)) as (page, _):
        lab.run(page)
        page.wait_for_selector(".smm-grid[data-ready='true']")
        for width in WIDTHS:
            for theme in ("Light", "Dark"):
                whole(page, width, theme, out / f"dashboard-{width}-{theme.lower()}")


def planner(desk: tuple[Page, Seen], root: Path, served: Lab, out: Path) -> None:
    """Every step of the planner in JupyterLab, the last one with a channel supposed gone."""
    code = f"import smmetrics as smm\nsmm.open({str(root)!r}).planner()"
    with lab.notebook(desk, served.write("planner.ipynb", code)) as (page, _):
        lab.run(page)
        page.wait_for_selector(".smm-plan-group")
        for step in page.locator(".smm-plan-step").all():
            step.click()
            name = step.get_attribute("data-step")
            page.wait_for_selector(f"[data-step={name}][aria-current=step]")
            if name == "channels":
                page.get_by_label("x", exact=True).uncheck()
                page.wait_for_selector(".smm-plan-changes")
            for width in WIDTHS:
                for theme in ("Light", "Dark"):
                    whole(page, width, theme, out / f"planner-{name}-{width}-{theme.lower()}")


def whole(page: Page, width: int, theme: Literal["Light", "Dark"], name: Path) -> None:
    """A notebook in a window as high as it is, so that nothing is scrolled away."""
    lab.theme(page, f"JupyterLab {theme}")
    page.set_viewport_size({"width": width, "height": 1000})
    page.wait_for_timeout(1000)
    height = page.eval_on_selector(".jp-WindowedPanel-outer", "(all) => all.scrollHeight") + 200
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(1500)
    pieces(page, height, name)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def pieces(page: Page, height: int, name: Path) -> None:
    """Cut a long page into pictures."""
    width = page.viewport_size["width"]
    for number, top in enumerate(range(0, height, TALL), start=1):
        clip = {"x": 0, "y": top, "width": width, "height": min(TALL, height - top)}
        page.screenshot(path=f"{name}-{number}.png", clip=clip, full_page=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where the pictures should go: python -m tests.browser.shots OUT_DIR")
    main(Path(sys.argv[1]))
