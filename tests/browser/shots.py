"""Pictures for people: ``python -m tests.browser.shots OUT_DIR [PART...]`` shows the sample's reports, dashboards, planner.

A part is *reports*, *states* (no data, no strategy, a panel that fails), *paper*, *dashboard* or *planner*; none: all.
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
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

    from smmetrics.panels.source import Source
    from tests.browser.lab import Lab
    from tests.browser.watch import Seen

TALL = 1500
PAPER = 720
"""Pixels of a sheet's width between its margins."""
WIDTHS = (WIDE, NARROW)
EDITIONS = ("team", "board", "public")
STATES = ("empty", "aimless", "failing")
PARTS = ("reports", "states", "paper", "dashboard", "planner")
OPENED = "import smmetrics as smm\nsmm.open({root!r}).dashboard()"


def main(out: Path, parts: Sequence[str] = PARTS) -> None:
    """Make the sample, look at everything, and say where the pictures are."""
    path = chromium.find()
    if not path:
        sys.exit(chromium.MISSING)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="smmetrics-") as folder, chromium.launched(path) as browser:
        root = make_demo(Path(folder) / "garden").workspace.root
        states = _states(root, Path(folder))
        for edition in EDITIONS if "reports" in parts else ():
            report(browser, smm.open(root).report(Path(folder) / f"{edition}.html", edition=edition), out)
        for name, source in states.items() if "states" in parts else ():
            report(browser, write(source, View(), Path(folder) / f"{name}.html"), out)
        if "paper" in parts:
            paper(browser, root, Path(folder), out)
        if {"states", "dashboard", "planner"}.intersection(parts):
            with lab.serving(_made(Path(folder) / "lab")) as served, lab.desk(browser, served) as desk:
                notebooks(desk, root, served, out, parts)
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pictures are in {out}\n")


def notebooks(desk: tuple[Page, Seen], root: Path, served: Lab, out: Path, parts: Sequence[str]) -> None:
    """Dashboards and the planner in JupyterLab."""
    if "dashboard" in parts:
        dashboard(desk, OPENED.format(root=str(root)), served, out / "dashboard")
    for name in STATES if "states" in parts else ():
        dashboard(desk, _code(name, root), served, out / f"dashboard-{name}")
    if "planner" in parts:
        planner(desk, root, served, out)


def report(browser: Browser, path: Path, out: Path) -> None:
    """A report by day and by night."""
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            with opened(browser, path, width=width, scheme=scheme) as (page, _):
                page.wait_for_timeout(1500)
                height = page.evaluate("document.documentElement.scrollHeight")
                pieces(page, height, out / f"report-{path.stem}-{width}-{scheme}")


def _states(root: Path, folder: Path) -> dict[str, Source]:
    """What is not whole: no data, no strategy, a panel that fails."""
    empty, aimless = smm.init(folder / "empty").root, folder / "aimless"
    aimless.mkdir()
    poison.command(aimless, "import", *sorted((root / "inbox").glob("*.csv")))
    return {
        "empty": smm.open(empty).source(),
        "aimless": smm.open(aimless).source(),
        "failing": Failing(smm.open(root).source()),
    }


def _code(name: str, root: Path) -> str:
    """A cell that shows the dashboard of it."""
    if name != "failing":
        return OPENED.format(root=str(root.with_name(name)))
    here = Path(__file__).parents[2]
    return f"""import sys
import smmetrics as smm
from smmetrics.dashboard import Dashboard
sys.path.insert(0, {str(here)!r})
from tests.browser.shots import Failing
Dashboard(Failing(smm.open({str(root)!r}).source()))"""


def paper(browser: Browser, root: Path, folder: Path, out: Path) -> None:
    """Reports as they are printed, as a page and as what a PDF is made of."""
    for edition, static in ((edition, static) for edition in EDITIONS for static in (False, True)):
        name = f"{'pdf' if static else 'print'}-{edition}"
        path = smm.open(root).report(folder / f"{name}.html", edition=edition, static=static)
        with opened(browser, path, width=PAPER) as (page, _):
            page.emulate_media(media="print")
            page.wait_for_timeout(1500)
            pieces(page, page.evaluate("document.documentElement.scrollHeight"), out / name)


class Failing:
    """A source with a plugin's panel that fails."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def plugin_panels(self) -> list[tuple[str, str, Any]]:
        return [("weather", "smmetrics-weather", ZeroDivisionError("division by zero"))]


def dashboard(desk: tuple[Page, Seen], code: str, served: Lab, name: Path) -> None:
    """A dashboard in JupyterLab; where it has numbers, with what is behind the first of them."""
    with lab.notebook(desk, served.write(f"{name.name}.ipynb", code)) as (page, _):
        lab.run(page)
        page.wait_for_selector(".smm-grid[data-ready='true']")
        if page.locator("[data-reading]").count():
            page.locator("[data-reading]").first.click()
            page.wait_for_selector(".smm-grid h5")
        for width in WIDTHS:
            for theme in ("Light", "Dark"):
                whole(page, width, theme, Path(f"{name}-{width}-{theme.lower()}"))


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
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(PARTS):
        sys.exit(f"Say where the pictures should go: python -m tests.browser.shots OUT_DIR [{' | '.join(PARTS)}]")
    main(Path(sys.argv[1]), sys.argv[2:] or PARTS)
