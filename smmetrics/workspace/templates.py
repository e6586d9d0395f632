"""What of each template can be measured with what is installed here: declarations alone, no data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.binding import bind
from smmetrics.workspace.fetching import measurable

if TYPE_CHECKING:
    from smmetrics.contracts.catalogue import Catalogue


@dataclass(frozen=True, kw_only=True, slots=True)
class Within:
    """Of the numbers that a template asks for, how many its channels can show here, wholly or in part.

    ``kinds``: kinds of goals that no installed plugin knows; how many numbers those ask for is not known.
    """

    shown: int
    asked: int
    kinds: tuple[str, ...] = ()


def within(name: str, installed: Catalogue) -> Within:
    """How much of a template can be measured."""
    from smmetrics.strategy import channels, own_metrics, questions, read_bytes  # noqa: PLC0415 (pydantic is heavy)
    from smmetrics.strategy.templates import text_of  # noqa: PLC0415

    strategy = read_bytes(text_of(name).encode())
    catalogue = installed.with_own(own_metrics(strategy))
    cells = bind(questions(strategy, catalogue), channels(strategy, catalogue), catalogue)
    shown, asked = measurable(cells)
    kinds = dict.fromkeys(goal.type for goal in strategy.goals.values() if goal.type)
    return Within(shown=shown, asked=asked, kinds=tuple(kind for kind in kinds if kind not in catalogue.goal_types))
