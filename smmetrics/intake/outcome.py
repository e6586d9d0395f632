"""What reading the records of a file came to, before the file as a whole is finished."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmetrics.intake.quarantine import Rejection


@dataclass(slots=True)
class Outcome:
    """Records set aside (places in the text), and the reconciliation; the rows themselves went where they are taken.

    ``records`` is counted from the text itself, not from what was kept. ``agreed``: tables in which no two of
    them contradict one another.
    """

    rejected: list[Rejection] = field(default_factory=list)
    records: int = 0
    blank: int = 0
    footer: int = 0
    not_taken: Counter[str] = field(default_factory=Counter)
    messages: list[str] = field(default_factory=list)
    facts: tuple[str, ...] = ()
    cut: bool = False
    agreed: frozenset[str] = frozenset()

    @property
    def kept(self) -> int:
        """Records that are in the rows."""
        return self.records - len(self.rejected) - self.blank - self.footer
