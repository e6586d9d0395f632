"""The drawer of evidence: every number shown can be chosen here, and says what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from smmetrics.dashboard import behind
from smmetrics.dashboard.html import Markup, tag
from smmetrics.dashboard.inputs import button, choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from smmetrics.dashboard.behind import Told
    from smmetrics.panels.results import PanelResult
    from smmetrics.panels.source import Source, View

NOTHING = "No number is shown."
ASK = "What is behind this number?"


class Drawer(widgets.VBox):  # type: ignore[misc]
    """A list of the numbers shown, a button that asks, and the answer with its rows by the page."""

    def __init__(self, source: Source, view: Callable[[], View]) -> None:
        """``view`` gives what is looked at now."""
        self._source = source
        self._view = view
        self._told: Told = {}
        self._asked: View | None = None
        self._page = 0
        self.number = choice("Number", [(NOTHING, "")], "The numbers shown above")
        self.ask = button(ASK, "Show formula, files, what was left out, and the rows")
        self.newer = button("Newer rows", "One page back")
        self.older = button("Older rows", "One page on")
        self.answer = widgets.HTML()
        self.rows = widgets.HTML()
        self.ask.on_click(lambda _: self.tell(self.number.value))
        self.newer.on_click(lambda _: self.turn(-1))
        self.older.on_click(lambda _: self.turn(1))
        choose = widgets.HBox([self.number, self.ask])
        choose.add_class("smm-controls")
        super().__init__([choose, self.answer, self.rows, widgets.HBox([self.newer, self.older])])
        self._paging(pages=0)

    def offer(self, results: Sequence[PanelResult]) -> None:
        """Offer the numbers of these results; an answer given before is of a former view and goes."""
        chosen = self.number.value
        numbers = dict(_numbers(results))
        self.number.options = [(words, id_) for id_, words in numbers.items()] or [(NOTHING, "")]
        self.number.value = chosen if chosen in numbers else next(iter(numbers), "")
        self.ask.disabled = not numbers
        self._told, self._asked = {}, None
        self.answer.value = self.rows.value = ""
        self._paging(pages=0)

    def tell(self, reading_id: str) -> Told:
        """Show what is behind a number; gives it too."""
        self._asked = self._view()
        self._told = self._source.evidence(reading_id, self._asked)
        self.answer.value = _framed(behind.evidence(self._told))
        self._page = 0
        self.turn(0)
        return self._told

    def turn(self, by: int) -> None:
        """Show another page of rows."""
        if self._asked is None:
            return
        pages = behind.pages(self._source, self._told, self._asked)
        self._page = max(0, min(self._page + by, pages - 1))
        self.rows.value = _framed(behind.rows(self._source, self._told, self._asked, page=self._page))
        self._paging(pages=pages)

    def _paging(self, *, pages: int) -> None:
        self.newer.disabled = self._page <= 0 or pages <= 1
        self.older.disabled = self._page >= pages - 1
        for each in (self.newer, self.older):
            each.layout.display = "" if pages > 1 else "none"


def _framed(inner: Markup) -> str:
    return str(tag("section", inner, class_="smm", aria_label="Evidence"))


def _numbers(results: Sequence[PanelResult]) -> Iterator[tuple[str, str]]:
    """Every reading shown on a card, with words to choose it by."""
    for result in results:
        for card in result.cards:
            if card.reading_id:
                value = card.value_text or "no value"
                yield card.reading_id, " · ".join(part for part in (result.goal, card.title, value) if part)
