"""What each request comes to before any row is read: its aggregates, or why it cannot be computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Const, Param, Row, Trailing, walk
from smmetrics.engine.calendar import Calendar
from smmetrics.engine.compile import absent
from smmetrics.engine.coverage import Seeing
from smmetrics.engine.entities import stock_of
from smmetrics.engine.lens import focused, lens_of
from smmetrics.engine.measures import aggregates, clock_of, clocked, not_computed, reading_rows, reported, substitute
from smmetrics.engine.repeated import repeated
from smmetrics.engine.shape import Shape, shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.request import Request, Window

CANNOT = frozenset({"not_measurable", "not_permitted"})
_SLICED = frozenset({"text", "bool"})


@dataclass(frozen=True, slots=True)
class Ask:
    """A request with its parameters put in. ``state`` is set where it cannot be computed at all, with ``reason``.

    ``without``: platforms that cannot feed the metric and are left out of a reading that is not cut by platform.
    """

    request: Request
    root: Node
    aggregates: tuple[Leaf, ...]
    form: Shape
    parameters: Mapping[str, object]
    state: str = ""
    reason: str = ""
    without: tuple[str, ...] = ()

    @property
    def seeing(self) -> Seeing:
        """Whose spans speak of the rows that are meant."""
        return Seeing(self.request.blind, self.request.of_ours, frozenset(self.without))

    def counts(self, views: Mapping[str, View]) -> Mapping[str, frozenset[str]]:
        """By table, the reported counts that must come from one observation: all that the formula reads of it."""
        found: dict[str, frozenset[str]] = {}
        for part in reading_rows(self.root):
            read = reported(part, views[part.table])
            found[part.table] = found.get(part.table, frozenset()) | read
        return found

    def tables(self, views: Mapping[str, View]) -> tuple[View, ...]:
        """The views whose rows the formula reads."""
        return tuple(views[name] for name in dict.fromkeys(part.table for part in reading_rows(self.root)))


def ask(request: Request, views: Mapping[str, View], by: Sequence[str], window: Window) -> Ask:
    """Look at one request: words of a later release, dimensions its tables lack, platforms that cannot feed it."""
    root, parameters = filled(request)
    found = aggregates(root)
    state, reason = _refusal(root, views, by)
    if not state and request.per and request.per not in by:
        state, reason = "refused", f"slice.needed: {request.per}"
    if not state and (needed := _windows(root, views) - {_grain(window)}):
        state, reason = "refused", f"grain.needed: {min(needed)}"
    if not state:
        _check_values(root)
    if not state and (unknown := _unstated(root, window)):
        state, reason = "not_measurable", unknown
    without: tuple[str, ...] = ()
    if not state and "platform" not in by:
        unable = {name: verdict for name, verdict in request.verdicts.items() if verdict[0] in CANNOT}
        if unable and len(unable) == len(request.verdicts):
            state, reason = _all_unable(request)
        without = tuple(sorted(unable))
    return Ask(request, root, found, shape(root), parameters, state, reason, without)


def filled(request: Request) -> tuple[Node, Mapping[str, object]]:
    """The formula as it is computed, parameters put in and office hours in every wait; and the parameters."""
    defaults = {parameter.name: parameter.default for parameter in request.formula.parameters}
    parameters = defaults | dict(request.parameters)
    return focused(clocked(substitute(request.formula.root, parameters), parameters.get("hours"))), parameters


def _refusal(root: Node, views: Mapping[str, View], by: Sequence[str]) -> tuple[str, str]:
    later = not_computed(root)
    if later:
        return "not_measurable", f"table.not_computed: {later}"
    for table in _tables(root):
        if table not in views:
            return "not_measurable", f"table.not_computed: {table}"
        for name in by:
            column = views[table].column(name)
            if column is None or column.type not in _SLICED:
                return "refused", f"dimension.absent: {name}"
    if label := repeated(root, views, by):
        return "refused", f"slice.needed: {label}"
    needed = sorted({name for leaf in aggregates(root) for name in lens_of(leaf).over} - set(by))
    return ("refused", f"dimension.needed: {needed[0]}") if needed else ("", "")


def _windows(root: Node, views: Mapping[str, View]) -> set[str]:
    """The periods that rows of some tables are of, such as a month's network: of other days they say nothing."""
    return {views[table].window for table in _tables(root) if views[table].window}


def _grain(window: Window) -> str:
    """The period asked for, by the name of the calendar's where it is just one of these."""
    first, last = window.since, window.until
    if window.grain != "total" or first is None or last is None:
        return window.grain
    months = Calendar("month")
    return "month" if months.start(first) == first and months.after(first) == last else window.grain


def _check_values(root: Node) -> None:
    """Refuse a keyword's parameter that has no value, or none that fits: its default would be another number."""
    for part in walk(root):
        match part:
            case Trailing(days=Param(name=name)):
                raise absent(name, "Give a whole number of days, of at least 1.")
            case Aggregate(options=options) if left := [value for _, value in options if isinstance(value, Param)]:
                raise absent(left[0].name)
            case _:
                pass


def _unstated(root: Node, window: Window) -> str:
    """Office hours or a campaign that the formula names and the strategy does not state."""
    for part in walk(root):
        match part:
            case Aggregate(name="wait") if (clock := clock_of(part)) not in {"all", *window.offices}:
                return f"hours.unknown: {clock}"
            case Row(name="business_hours", args=(_, _, Const(value=name))) if name not in window.offices:
                return f"hours.unknown: {name}"
            case Row(name="during", args=(Const(value=name),)) if name not in window.campaigns:
                return f"campaign.unknown: {name}"
            case _:
                pass
    return ""


def _tables(root: Node) -> Sequence[str]:
    """The tables rows are read of, and those whose every row is an entity."""
    entities = (stock_of(part) for part in walk(root) if isinstance(part, Aggregate) and part.by)
    return [*dict.fromkeys(part.table for part in reading_rows(root)), *(name for name in entities if name)]


def _all_unable(request: Request) -> tuple[str, str]:
    states = {status for status, _ in request.verdicts.values()}
    state = "not_permitted" if states == {"not_permitted"} else "not_measurable"
    reasons = {reason for _, reason in request.verdicts.values()}
    if len(reasons) == 1:
        return state, reasons.pop()
    return state, "; ".join(f"{name}: {reason}" for name, (_, reason) in sorted(request.verdicts.items()))
