"""What every rule is given, and how it writes a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from smmetrics.strategy.faults import Finding, dotted
from smmetrics.strategy.turn import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.capability import QuestionRef
    from smmetrics.strategy.faults import Level
    from smmetrics.strategy.lookup import Known
    from smmetrics.strategy.model import Strategy


class CellLike(Protocol):
    """What a rule reads of a binding cell."""

    @property
    def goal(self) -> str:
        """The goal."""
        ...

    @property
    def question(self) -> str:
        """The question's words."""
        ...

    @property
    def metric(self) -> str:
        """The metric."""
        ...

    @property
    def status(self) -> str:
        """Whether its metric can be measured on its channel."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The strategy, what is installed, and the binding if it is known."""

    strategy: Strategy
    catalogue: Known
    cells: Sequence[CellLike] | None

    def questions(self) -> tuple[QuestionRef, ...]:
        """Every question that can be asked with what is installed."""
        return questions(self.strategy, self.catalogue)

    def find(self, code: str, level: Level, message: str, *path: str | int, hint: str = "") -> Finding:
        """A finding at a place of the file."""
        line = self.strategy.line(*path) if path else 1
        return Finding(code=f"SMM-{code}", level=level, message=message, where=dotted(path), line=line, hint=hint)
