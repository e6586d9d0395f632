"""What is behind a number, a page of its rows at a time: what the page beside a card shows when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.dashboard import behind
from smmetrics.panels.markup import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from smmetrics.dashboard.behind import Told
    from smmetrics.panels.source import Source, View


class Drawer:
    """The answer to *where does this come from*, of one number; closed where nobody asks."""

    def __init__(self, source: Source, view: Callable[[], View], show: Callable[[dict[str, Any]], None]) -> None:
        """``view`` gives what is looked at now; ``show`` gets the answer, empty where it is closed."""
        self._source = source
        self._view = view
        self._show = show
        self._told: Told = {}
        self._worked: tuple[str, Told] = ("", {})

    def tell(self, reading_id: str, page: int = 0) -> Told:
        """Show what is behind a number, with a page of its rows; gives it too."""
        view = self._view()
        self._told = self._source.evidence(reading_id, view)
        pages = behind.pages(self._source, self._told, view)
        page = max(0, min(page, pages - 1))
        rows = behind.rows(self._source, self._told, view, page=page)
        if reading_id != self._worked[0]:
            self._worked = reading_id, self._source.working(reading_id, view)
        self._show(
            {
                "reading": reading_id,
                "title": str(self._told.get("title") or self._told.get("metric") or ""),
                "tree": joined([behind.evidence(self._told, self._source, self._worked[1]), rows]).tree(),
                "page": page,
                "pages": pages,
            }
        )
        return self._told

    def shut(self) -> None:
        """Close it: what was asked was of a former view, or is no longer wanted."""
        self._told, self._worked = {}, ("", {})
        self._show({})
