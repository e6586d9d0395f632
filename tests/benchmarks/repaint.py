"""From a click in a chart to six charts painted anew, over ten million posts, in JupyterLab and headless Chromium."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import _cube
from tests.browser import chromium, lab

if TYPE_CHECKING:
    from playwright.sync_api import Page

CLICKS = 40
WARM = 5
CELLS = ("from tests.benchmarks._cube import board\nboard()",)
SEEN = "performance.getEntriesByName('smmetrics:repaint').map((each) => [each.duration, each.detail.kernel, each.detail.drawing])"
BAR = 150
KERNEL = 50


def run() -> None:
    """Print medians and ranges of the whole, of what waits for the kernel, and of what the kernel itself takes."""
    path = chromium.find()
    if not path:
        print("  no Chromium on this machine: nothing is measured")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        lab.serving(Path(folder)) as served,
        chromium.launched(path) as browser,
        lab.desk(browser, served) as desk,
        lab.notebook(desk, served.write("repaint.ipynb", *CELLS)) as (page, _),
    ):
        lab.run(page)
        page.wait_for_selector(".smm-grid[data-ready='true'] [data-chart='kinds'] .smm-values button[data-value]")
        for click in range(CLICKS):
            _click(page, click)
        waits = page.evaluate(SEEN)
        answers = (served.folder / _cube.TOOK).read_text(encoding="utf-8").splitlines()
    kernel, cores = (list(part)[WARM:] for part in zip(*(map(float, line.split()) for line in answers), strict=True))
    whole, reached, drawing = (list(part)[WARM:] for part in zip(*waits, strict=True))
    for name, found in (
        ("click to paint", whole),
        ("click to new rows", reached),
        ("rows to paint", drawing),
        ("of it in the kernel", kernel),
        ("the same, all cores", cores),
    ):
        print(
            f"  {name:20} {statistics.median(found):6.0f} ms median, {min(found):.0f} to {max(found):.0f} ({len(found)} clicks)"
        )
    print(f"  bars: {BAR} ms median from click to paint, {KERNEL} ms of it in the kernel")


def _click(page: Page, click: int) -> None:
    """Choose in turn in two charts, by their buttons, and wait until all is painted."""
    chart = ("kinds", "platforms")[click % 2]
    buttons = page.locator(f"[data-chart='{chart}'] .smm-values button[data-value]")
    buttons.nth((click // 2) % buttons.count()).click()
    page.wait_for_function(f"performance.getEntriesByName('smmetrics:repaint').length > {click}")
