"""What the planner is shown of a workspace: `smmetrics.dashboard.planner.source.PlanSource` over its strategy file."""

from __future__ import annotations

import tomllib
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from smmetrics.api.capability import ChannelRef
from smmetrics.api.errors import UserMistake
from smmetrics.contracts.binding import Limits, bind
from smmetrics.contracts.changing import changed, left_out, shifts
from smmetrics.contracts.spoken import in_words
from smmetrics.dashboard.planner.source import Asked, FileChanged, Judged, Kind, Number, Remark, Supposed
from smmetrics.strategy import channels, own_metrics, promises, questions, read_bytes, review
from smmetrics.workspace.core import STRATEGY
from smmetrics.workspace.drafting import Drafted, drafted, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smmetrics.api.capability import QuestionRef
    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric
    from smmetrics.dashboard.planner import Planner
    from smmetrics.dashboard.planner.draft import Document, Edit
    from smmetrics.strategy import Strategy
    from smmetrics.workspace.core import Workspace

READ_FROM_IT = ("strategy", "catalogue", "scope")
"""What a workspace keeps of its strategy once it is read."""


def planner(workspace: Workspace) -> Planner:
    """See `Workspace.planner`."""
    from smmetrics.dashboard.planner import Planner  # noqa: PLC0415 (widgets are for notebooks only)

    if not (workspace.root / STRATEGY).is_file():
        workspace.need_strategy()
    return Planner(Planning(workspace))


class Planning:
    """A workspace's strategy file, drafts of it, and what is installed. No data is read, but which files came in."""

    def __init__(self, workspace: Workspace) -> None:
        """Nothing is read yet."""
        self._workspace = workspace
        self._path = workspace.root / STRATEGY
        self._as_read: Drafted | None = None
        self._own: tuple[Any, Catalogue] = ({}, workspace.installed)
        self._bound: dict[object, tuple[Cell, ...]] = {}
        self._numbers: dict[str, Number] = {}

    @property
    def file(self) -> str:
        """What the file is called."""
        return str(self._path)

    def read(self) -> Document:
        """The document as the file holds it now. What is no TOML raises `StrategyFaults`; single faults do not."""
        data = self._path.read_bytes()
        try:
            raw = tomllib.loads(data.decode("utf-8-sig"))
        except ValueError:  # no TOML or no text: said with line and hint
            return read_bytes(data, path=self._path).raw
        self._forget()
        self._as_read = drafted(raw, path=self._path, digest=sha256(data).hexdigest())
        return raw

    def judge(self, draft: Document) -> Judged:
        """Faults and findings of a document, its questions, and where their numbers come from."""
        found = drafted(draft)
        if found.strategy is None:
            return Judged(remarks=found.remarks, asked=(), cells=(), readable=False)
        catalogue = self._catalogue(found.strategy)
        asked = questions(found.strategy, catalogue)
        there = channels(found.strategy, catalogue)
        cells = self._cells(asked, there, catalogue)
        findings = review(
            found.strategy, catalogue, cells,
            promised=self._cells(promises(found.strategy), there, catalogue),
            possible=self._possible(found.strategy, asked, there, catalogue),
        )  # fmt: skip
        remarks = (
            Remark(
                level=each.level, message=each.message, where=found.place(each.where), hint=each.hint, code=each.code,
                accepted=each.accepted,
            )
            for each in findings
        )  # fmt: skip
        return Judged(
            remarks=(*found.remarks, *remarks), asked=tuple(map(_asked, asked)), cells=cells, readable=not found.remarks
        )

    def supposed(self, draft: Document, *, without: Sequence[str] = (), with_: Sequence[str] = ()) -> Supposed:
        """What would be without some channels, and with some platforms besides."""
        strategy = drafted(draft).strategy
        if strategy is None:
            return Supposed(cells=(), shifts=())
        catalogue = self._catalogue(strategy)
        asked, there = questions(strategy, catalogue), channels(strategy, catalogue)
        before = self._cells(asked, there, catalogue)
        then, _ = changed(there, catalogue, without=without, with_=with_)
        after = self._cells(asked, then, catalogue, gone=left_out(there, then, catalogue))
        return Supposed(cells=after, shifts=shifts(before, after))

    def save(self, edits: Sequence[Edit]) -> Document:
        """Make the edits in the file, all or none; gives the document as it is then."""
        if self._as_read is None or self._as_read.strategy is None:
            self.read()
        assert self._as_read is not None, "read sets it, or raises"
        try:
            after = written(self._as_read, edits)
        except UserMistake as mistake:
            if mistake.code == "strategy.changed":
                raise FileChanged(mistake.message) from mistake
            raise
        self._forget()
        self._as_read = Drafted(strategy=after)
        return after.raw

    def _forget(self) -> None:
        """Let the workspace read the file anew."""
        for name in READ_FROM_IT:
            vars(self._workspace).pop(name, None)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """Goal types by id."""
        return {
            kind.id: Kind(
                id=kind.id, title=kind.title, activities=kind.activities,
                questions=tuple(
                    Asked(goal="", ask=each.text, lead=each.lead, beside=each.guard) for each in kind.questions
                ),
            )
            for kind in self._workspace.installed.goal_types.values()
        }  # fmt: skip

    @cached_property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that something installed can read: id to title."""
        known = sorted(self._workspace.installed.platforms.values(), key=lambda each: each.access == "closed")
        return {platform.id: platform.title for platform in known}

    @cached_property
    def closed(self) -> frozenset[str]:
        """Those among them that nobody can join any more: only what was saved of them is left."""
        known = self._workspace.installed.platforms.values()
        return frozenset(platform.id for platform in known if platform.access == "closed")

    @property
    def numbers(self) -> Mapping[str, str]:
        """Titles of all metrics by id, by title."""
        titles = {id_: found.metric.title for id_, found in self._own[1].metrics.items()}
        return dict(sorted(titles.items(), key=lambda pair: pair[1].casefold()))

    def number(self, id: str) -> Number:  # noqa: A002 (the metric's word)
        """A metric in words; one that nobody installed has its id alone."""
        if id not in self._numbers:
            self._numbers[id] = _number(id, self._own[1].metrics.get(id))
        return self._numbers[id]

    def _catalogue(self, strategy: Strategy) -> Catalogue:
        """What is installed and the draft's own metrics; compiled anew only when one of them changes."""
        stated = strategy.metrics
        if self._own[0] != stated:
            self._own = (stated, self._workspace.installed.with_own(own_metrics(strategy)))
            self._bound.clear()
            self._numbers.clear()
        return self._own[1]

    def _possible(
        self, strategy: Strategy, asked: Sequence[QuestionRef], there: Sequence[ChannelRef], catalogue: Catalogue
    ) -> tuple[Cell, ...]:
        """What each installed platform could show of the goals that no channel serves."""
        bare = {name for name in strategy.goals if not any(not each.serves or name in each.serves for each in there)}
        titles = [ChannelRef(name=title, platform=id_) for id_, title in self.platforms.items()]
        return self._cells([question for question in asked if question.goal in bare], titles, catalogue)

    def _cells(
        self,
        asked: Sequence[QuestionRef],
        there: Iterable[ChannelRef],
        catalogue: Catalogue,
        *,
        gone: frozenset[str] = frozenset(),
    ) -> tuple[Cell, ...]:
        """The binding; what was bound before is kept, since one edit changes few questions or one channel."""
        known = tuple((each.goal, each.ask, each.lead, each.guard) for each in asked)
        kept: dict[object, tuple[Cell, ...]] = {}
        for channel in there:
            key = (channel, known, gone)
            bound, limits = self._bound.get(key), Limits(gone=gone)
            kept[key] = bind(asked, (channel,), catalogue, self._imported, limits) if bound is None else bound
        if any(key not in self._bound for key in kept):
            self._bound = {**dict(list(self._bound.items())[-MOST_BOUND:]), **kept}
        return tuple(cell for cells in kept.values() for cell in cells)

    @cached_property
    def _imported(self) -> frozenset[str]:
        return self._workspace.imported_kinds()


MOST_BOUND = 60
"""Channels of former drafts whose binding is kept: enough to try some and take them back."""


def _asked(question: QuestionRef) -> Asked:
    return Asked(goal=question.goal, ask=question.ask, lead=question.lead, beside=question.guard)


def _number(id_: str, found: CompiledMetric | None) -> Number:
    if found is None:
        return Number(id=id_, title=id_)
    metric = found.metric
    return Number(
        id=id_, title=metric.title, asks=metric.question, caveat=metric.caveat, formula=metric.formula,
        in_words=in_words(found.formula), unit=found.unit,
    )  # fmt: skip
