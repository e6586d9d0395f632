"""What the planner is shown of the world: it reads no file and knows no plugin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.changing import Shift
    from smmetrics.dashboard.planner.draft import Document, Edit
    from smmetrics.strategy.faults import Level


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something to mend or to look at. ``where`` is the place (``goals.answer-people.why``); ``accepted``: answered."""

    level: Level
    message: str
    where: str = ""
    hint: str = ""
    code: str = ""
    accepted: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question of a goal; ``own``: its number among the goal's own questions, None where its type brings it."""

    goal: str
    ask: str
    lead: tuple[str, ...]
    beside: tuple[str, ...] = ()
    own: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What is said of a document: remarks, the questions it asks, and from which channel each number can be had.

    ``readable``: whether every value could be read; what could not is left out of all the rest.
    """

    remarks: tuple[Remark, ...]
    asked: tuple[Asked, ...]
    cells: tuple[Cell, ...]
    readable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A metric in the words people read."""

    id: str
    title: str
    asks: str = ""
    caveat: str = ""
    formula: str = ""
    in_words: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A goal type: its id, title and activities, and its questions with all their metrics, first numbers first."""

    id: str
    title: str
    activities: tuple[str, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Supposed:
    """What would be with other channels: from where each number could be had, and what becomes of it."""

    cells: tuple[Cell, ...]
    shifts: tuple[Shift, ...]


class FileChanged(Exception):
    """The file is not the one that was read: somebody else wrote it meanwhile, and nothing was saved."""


class PlanSource(Protocol):
    """A strategy file with all that is installed."""

    @property
    def file(self) -> str:
        """What the file is called."""
        ...

    def read(self) -> Document:
        """The document as the file holds it now; what is saved later is held against this state."""
        ...

    def judge(self, draft: Document) -> Judged:
        """What is said of a document, without reading any data."""
        ...

    def supposed(self, draft: Document, *, without: Sequence[str] = (), with_: Sequence[str] = ()) -> Supposed:
        """What would be without some channels, and with some platforms besides."""
        ...

    def save(self, edits: Sequence[Edit]) -> Document:
        """Make these edits in the file, all or none; gives the document as it is then.

        Raises `FileChanged` where somebody else wrote the file, `smmetrics.api.errors.SmmetricsError` where it cannot
        be saved.
        """
        ...

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Goal types by id."""
        ...

    @property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that something installed can read: id to title."""
        ...

    @property
    def closed(self) -> frozenset[str]:
        """Those among them that nobody can join any more: only what was saved of them is left."""
        ...

    @property
    def numbers(self) -> Mapping[str, str]:
        """Titles of all metrics by id."""
        ...

    def number(self, id: str) -> Number:  # noqa: A002 (the metric's word)
        """A metric in words; one that nobody installed has its id alone."""
        ...
