"""A conversation under an article, walked by hand.

Who answers themself has not been answered: a postscript to one's own words is no turn, no reply and no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics_samples.plan import TEAM, Article, Said

if TYPE_CHECKING:
    from datetime import datetime

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Thread:
    """An article and what was said below it."""

    article: Article

    def above(self, said: Said) -> Said | None:
        """The comment that a comment answers; None: the article."""
        return next((other for other in self.article.shown if other.number == said.answers), None)

    def turns(self) -> list[Said]:
        """Comments, without postscripts to one's own words."""
        kept = []
        for said in self.article.shown:
            above = self.above(said)
            if not said.who or said.who != (above.who if above else self.article.who):
                kept.append(said)
        return kept

    def depth(self, said: Said) -> int:
        """1 for an answer to the article, 2 for an answer to that."""
        above = self.above(said)
        return 1 if above is None else 1 + self.depth(above)

    def from_readers(self) -> list[Said]:
        """Turns of readers we know from one another; nobody knows whose the nameless ones are."""
        return [said for said in self.turns() if said.who and said.who not in TEAM]

    def from_us(self) -> list[Said]:
        """Our own turns."""
        return [said for said in self.turns() if said.who in TEAM]

    def first_reader(self) -> datetime | None:
        """When the first reader said something."""
        return min((said.at for said in self.from_readers()), default=None)

    def came_back(self) -> bool:
        """Whether we said something after the first reader did."""
        first = self.first_reader()
        return first is not None and any(said.at > first for said in self.from_us())

    def answered_within(self, days: float) -> bool:
        """Whether a reader said something within so many days."""
        first = self.first_reader()
        return first is not None and (first - self.article.at).total_seconds() <= days * 24 * HOUR

    def real(self, turns: int = 3) -> bool:
        """Whether it is a conversation: two people, an answer to an answer, and so many turns with the article."""
        people = {self.article.who, *(said.who for said in self.article.shown if said.who)}
        deepest = max((self.depth(said) for said in self.turns()), default=0)
        return len(people) >= 2 and deepest >= 2 and 1 + len(self.turns()) >= turns  # noqa: PLR2004

    def answer_to(self, said: Said) -> datetime | None:
        """When somebody else first said something below a comment."""
        found = []
        for other in self.article.shown:
            above = self.above(other)
            while above is not None and above.number != said.number:
                above = self.above(above)
            if above is not None and other.who != said.who:
                found.append(other.at)
        return min(found, default=None)
