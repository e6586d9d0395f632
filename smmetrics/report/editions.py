"""Who a report is for, and what each of them is shown. What an edition leaves out, its panels never see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from smmetrics.api.errors import UserMistake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.panels.results import PanelResult

EditionName = Literal["team", "board", "public"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """What readers of one kind are shown.

    ``smallest``: numbers about fewer than that many are withheld. ``panels``: the only panels shown (empty: all).
    ``charts``: at most that many for a goal (None: all); ``chart_height``: how high they are (None: as they are made).
    """

    name: EditionName
    words: str
    names: bool = False
    quotes: bool = False
    evidence: bool = False
    findings: bool = False
    plugins: bool = False
    decisions: bool = False
    cards: bool = True
    tables: bool = True
    smallest: int = 0
    panels: frozenset[str] = frozenset()
    charts: int | None = None
    chart_height: int | None = None

    @property
    def private(self) -> bool:
        """Whether people are left out of what is shown."""
        return not self.names

    def shows(self, panel: PanelResult, plugins: frozenset[str]) -> bool:
        """Whether a panel is for these readers; failures of parts are for those who can mend them."""
        if panel.panel in plugins:
            return self.plugins
        return not self.panels or panel.panel in self.panels


TEAM = Edition(
    name="team",
    words="for the team",
    names=True,
    quotes=True,
    evidence=True,
    findings=True,
    plugins=True,
    decisions=True,
)
BOARD = Edition(
    name="board",
    words="for the board, without names of persons",
    decisions=True,
    cards=False,
    tables=False,
    panels=frozenset({"headline", "empty", "cards", "trend", "platforms"}),
    charts=1,
    chart_height=140,
)
PUBLIC = Edition(
    name="public",
    words="for everybody: no persons, no quotes, nothing about fewer than ten",
    evidence=True,
    smallest=10,
    panels=frozenset({"headline", "empty", "cards", "more", "trend", "platforms", "gaps", "audience"}),
)
EDITIONS: Mapping[str, Edition] = {edition.name: edition for edition in (TEAM, BOARD, PUBLIC)}


def edition_of(name: str) -> Edition:
    """The edition of that name.

    Raises `UserMistake` for a name nobody knows.
    """
    if name not in EDITIONS:
        message = f"There is no edition {name!r}."
        raise UserMistake(message, hint=f"Known: {', '.join(EDITIONS)}.", code="edition.unknown")
    return EDITIONS[name]
