"""Which labeller fills which column: what is installed, what the strategy pins, and what people label by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smmetrics.api.about import Labeller
from smmetrics.api.labellers import CORE_LABELLERS, DECLARED_LABELLERS, HUMAN
from smmetrics.contracts.collect import of_type, unique
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from smmetrics.api.capability import BindingStatus
    from smmetrics.api.facts import View, ViewColumn
    from smmetrics.api.sources import Source
    from smmetrics.contracts.collect import Answer, Answers
    from smmetrics.contracts.compiled import Fault

FACT = "labels.value"
"""What is reported where people's labels came in."""
WEAK, ABSENT = "labels.weak", "labels.absent"
TABLE = "labels"
"""The stored table whose rows speak of any platform's posts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A labeller by the name it is pinned by; ``plugin`` is empty for the core's own."""

    labeller: Labeller
    name: str
    plugin: str = ""

    @property
    def pin(self) -> str:
        """What a strategy writes to hold on to it."""
        return f"{self.name}@{self.labeller.version}"

    @property
    def remark(self) -> str:
        """Who labels, with its version, and that it is weak where it says so."""
        if self.labeller.weak:
            return say("labels.by_weak", name=self.name, version=self.labeller.version)
        return say("labels.by", name=self.name, version=self.labeller.version)


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelling:
    """All labellers by kind, in the order of trust: a pin decides, else the core's own, else the first by name.

    ``by_hand``: some source brings labels that people put there. ``pins``: kind to ``name@version``.
    """

    known: Mapping[str, tuple[Known, ...]]
    by_hand: bool = False
    pins: tuple[tuple[str, str], ...] = ()

    def of(self, kind: str) -> Known | None:
        """Who labels posts of a kind; None where nobody does but people, or where the pinned one is not installed."""
        pin = dict(self.pins).get(kind)
        there = self.known.get(kind, ())
        if pin is None:
            return there[0] if there else None
        return next((each for each in there if pin in {each.pin, each.name}), None)

    def pinned(self, kind: str) -> str:
        """What the strategy pins for a kind, or nothing."""
        return dict(self.pins).get(kind, "")

    def by_people(self, kind: str) -> bool:
        """Whether the strategy says that only people label a kind."""
        return self.pinned(kind).partition("@")[0] == HUMAN

    def strangers(self) -> tuple[tuple[str, str], ...]:
        """Pins that name nobody who is installed: kind and pin."""
        return tuple((kind, pin) for kind, pin in self.pins if self.of(kind) is None and not self.by_people(kind))

    def with_pins(self, pins: Mapping[str, str]) -> Labelling:
        """The same with what a strategy pins."""
        return replace(self, pins=tuple(sorted((kind, pin.strip()) for kind, pin in pins.items())))

    def with_words(self, kinds: Collection[str]) -> Labelling:
        """The same where a strategy gives words to stories, topics or rivals: its words come first."""
        known = dict(self.known)
        for labeller in DECLARED_LABELLERS:
            if labeller.kind in kinds:
                mine = Known(labeller=labeller, name=labeller.name)
                known[labeller.kind] = (mine, *known.get(labeller.kind, ()))
        return replace(self, known=known)


NOBODY = Labelling(known={})
DECLARED = frozenset(labeller.kind for labeller in DECLARED_LABELLERS)
"""Kinds that a strategy's own words may label: whether they do is known with the strategy only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """Whether a column has labels, by whom, and what has to be said of them."""

    status: BindingStatus
    reason: str = ""
    note: str = ""
    beside: tuple[str, ...] = ()


def judge_label(
    labelling: Labelling, column: ViewColumn, source: Source, elsewhere: Mapping[str, str]
) -> Judged | None:
    """What labels make of a column of this source's posts; None where the source fills it itself.

    ``elsewhere``: facts that other sources report, `FACT` among them where people's labels are.
    """
    kind, known = column.label, labelling.of(column.label)
    reported = {capability.fact for capability in source.can}
    if f"posts.{column.name}" in reported or (column.any_of and "posts.text" not in reported):
        return None
    if known is not None and "text" in known.labeller.reads and "posts.text" not in {*reported, *elsewhere}:
        note = f"{column.name}: {say('labels.no_text', source=source.title)}"
        return Judged(status="not_measurable", reason="field.missing", note=note)
    if known is not None:
        said = f"{column.name}: {known.remark}"
        return (
            Judged(status="partly", reason=WEAK, note=said)
            if known.labeller.weak
            else Judged(status="measurable", note=said)
        )
    stranger = labelling.pinned(kind) if not labelling.by_people(kind) else ""
    if FACT in elsewhere and not stranger:
        note = f"{column.name}: {say('labels.by_people')}"
        return Judged(status="measurable", note=note, beside=(elsewhere[FACT],))
    why = say("labels.stranger", pin=stranger, kind=kind) if stranger else say("labels.nobody", kind=kind)
    return Judged(status="not_measurable", reason=ABSENT, note=f"{column.name}: {why}")


def gather_labellers(registry: Answers, sources: Iterable[Source]) -> tuple[Labelling, tuple[Fault, ...]]:
    """The core's labellers and the plugins'; two of one kind, name and version are a clash."""
    core = [Known(labeller=each, name=each.name) for each in CORE_LABELLERS]
    answers = of_type(registry.answers("smmetrics_labellers"), Labeller)
    named = [(_named(labeller, answer), answer) for labeller, answer in answers]
    found, faults = unique(named, _id, "labeller", taken=map(_id, core))
    added = sorted((each for each, _ in found.values()), key=_id)
    by_kind: dict[str, list[Known]] = {}
    for each in (*core, *added):
        by_kind.setdefault(each.labeller.kind, []).append(each)
    by_hand = any(source.table == "labels" for source in sources)
    return Labelling(known={kind: tuple(of) for kind, of in by_kind.items()}, by_hand=by_hand), faults


def _named(labeller: Labeller, answer: Answer) -> Known:
    return Known(labeller=labeller, name=labeller.name or answer.plugin, plugin=answer.plugin)


def _id(known: Known) -> str:
    return f"{known.labeller.kind}: {known.pin}"


def label_views(views: Mapping[str, View], labelling: Labelling) -> Mapping[str, View]:
    """The views with every column and table that somebody labels marked as computed."""
    return {name: _labelled(view, labelling) for name, view in views.items()}


def _labelled(view: View, labelling: Labelling) -> View:
    columns = tuple(_column(column, labelling) for column in view.columns)
    filled = bool(labelling.known.get(view.label)) or labelling.by_hand or view.label in DECLARED
    return replace(view, columns=columns, computed=filled if view.label else view.computed)


def _column(column: ViewColumn, labelling: Labelling) -> ViewColumn:
    """A labeller reads texts; what only people label needs their sheet."""
    if not column.label or column.computed:
        return column
    if labelling.known.get(column.label):
        return replace(column, computed=True, needs=("posts.text",))
    return replace(column, computed=labelling.by_hand or column.label in DECLARED)
