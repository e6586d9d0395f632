"""Pictures for people: ``python -m tests.browser.shots OUT_DIR [PART...]`` shows the sample's reports, dashboards, planner.

A part is *reports*, *paper*, *pdf*, *dashboard*, *evidence* (what stands behind a number), *planner*, or a state that is
not whole, as a report and as a dashboard: *empty* (no data), *aimless* (no strategy), *failing* (a panel that fails);
*states* are all three. None: all. Each in light and dark, wide and as on a telephone, cut into pictures of a height that
a screen shows. Pages of a PDF need pypdfium2 (``uv run --with pypdfium2``), which nothing else here does.
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
    from collections.abc import Callable, Collection

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
PARTS = ("reports", "paper", "pdf", "dashboard", "evidence", "planner", *STATES)
OPENED = "import smmetrics as smm\nsmm.open({root!r}).dashboard()"


def main(out: Path, parts: Collection[str] = PARTS) -> None:
    """Make the sample, look at everything, and say where the pictures are."""
    path = chromium.find()
    if not path:
        sys.exit(chromium.MISSING)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="smmetrics-") as folder, chromium.launched(path) as browser:
        root = make_demo(Path(folder) / "garden").workspace.root
        states = {name: make() for name, make in _states(root, Path(folder)).items() if name in parts}
        for edition in EDITIONS if "reports" in parts else ():
            report(browser, smm.open(root).report(Path(folder) / f"{edition}.html", edition=edition), out)
        for name, source in states.items():
            report(browser, write(source, View(), Path(folder) / f"{name}.html"), out)
        if "paper" in parts:
            paper(browser, root, Path(folder), out)
        if "pdf" in parts:
            pdf(root, Path(folder), out)
        if {*STATES, "dashboard", "evidence", "planner"}.intersection(parts):
            with lab.serving(_made(Path(folder) / "lab")) as served, lab.desk(browser, served) as desk:
                notebooks(desk, root, served, out, parts)
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pictures are in {out}\n")


def notebooks(desk: tuple[Page, Seen], root: Path, served: Lab, out: Path, parts: Collection[str]) -> None:
    """Dashboards and the planner in JupyterLab."""
    if "dashboard" in parts:
        dashboard(desk, OPENED.format(root=str(root)), served, out / "dashboard")
    if "evidence" in parts:
        evidence(desk, OPENED.format(root=str(root)), served, out)
    for name in STATES:
        if name not in parts:
            continue
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


def _states(root: Path, folder: Path) -> dict[str, Callable[[], Source]]:
    """What is not whole, made when it is asked for: no data, no strategy, a panel that fails."""

    def aimless() -> Source:
        alone = _made(folder / "aimless")
        poison.command(alone, "import", *sorted((root / "inbox").glob("*.csv")))
        return smm.open(alone).source()

    return {
        "empty": lambda: smm.open(smm.init(folder / "empty").root).source(),
        "aimless": aimless,
        "failing": lambda: Failing(smm.open(root).source()),
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


def pdf(root: Path, folder: Path, out: Path) -> None:
    """Every page of the PDF of each edition."""
    import pypdfium2

    for edition in EDITIONS:
        document = pypdfium2.PdfDocument(smm.open(root).report(folder / f"{edition}.pdf", edition=edition))
        for number, page in enumerate(document, start=1):
            page.render(scale=1.4).to_pil().save(out / f"pdf-{edition}-page-{number}.png")


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


def evidence(desk: tuple[Page, Seen], code: str, served: Lab, out: Path) -> None:
    """What stands behind the first number of each goal, and nothing else."""
    with lab.notebook(desk, served.write("evidence.ipynb", code)) as (page, _):
        lab.run(page)
        page.wait_for_selector(".smm-grid[data-ready='true']")
        goals = page.locator("section:has(> * [data-reading])")
        for number in range(goals.count()):
            goals.nth(number).locator("[data-reading]").first.dispatch_event("click")
            behind = page.locator(".smm-evidence")
            behind.locator("td").first.wait_for()
            for width in WIDTHS:
                for theme in ("Light", "Dark"):
                    lab.theme(page, f"JupyterLab {theme}")
                    page.set_viewport_size({"width": width, "height": 4000})
                    page.wait_for_timeout(700)
                    behind.screenshot(path=out / f"evidence-{number + 1}-{width}-{theme.lower()}.png")


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
    wanted = {part for word in sys.argv[2:] for part in (STATES if word == "states" else (word,))}
    if len(sys.argv) < 2 or not wanted <= set(PARTS):
        parts = " | ".join((*PARTS, "states"))
        sys.exit(f"Say where the pictures should go: python -m tests.browser.shots OUT_DIR [{parts}]")
    main(Path(sys.argv[1]), wanted or PARTS)
