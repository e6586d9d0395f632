"""What each request comes to before any row is read: its aggregates, or why it cannot be computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.engine.measures import Source, aggregates, not_computed, source, substitute
from smmetrics.engine.shape import Shape, shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Aggregate, Node
    from smmetrics.engine.request import Request

CANNOT = frozenset({"not_measurable", "not_permitted"})
_SLICED = frozenset({"text", "bool"})


@dataclass(frozen=True, slots=True)
class Ask:
    """A request with its parameters put in. ``state`` is set where it cannot be computed at all, with ``reason``.

    ``without``: platforms that cannot feed the metric and are left out of a reading that is not cut by platform.
    """

    request: Request
    root: Node
    aggregates: tuple[Aggregate, ...]
    form: Shape
    parameters: Mapping[str, object]
    state: str = ""
    reason: str = ""
    without: tuple[str, ...] = ()

    def sources(self, views: Mapping[str, View]) -> tuple[tuple[Source, Aggregate], ...]:
        """Each aggregate with the rows it reads; none where nothing is computed."""
        if self.state:
            return ()
        return tuple((source(part, views[part.table], self.root), part) for part in self.aggregates)

    def tables(self, views: Mapping[str, View]) -> tuple[View, ...]:
        """The views the formula reads."""
        return tuple(views[name] for name in dict.fromkeys(part.table for part in self.aggregates))


def ask(request: Request, views: Mapping[str, View], by: Sequence[str]) -> Ask:
    """Look at one request: words of a later release, dimensions its tables lack, platforms that cannot feed it."""
    defaults = {parameter.name: parameter.default for parameter in request.formula.parameters}
    parameters = defaults | dict(request.parameters)
    root = substitute(request.formula.root, parameters)
    found = aggregates(root)
    state, reason = _refusal(root, found, views, by)
    without: tuple[str, ...] = ()
    if not state and "platform" not in by:
        unable = {name: verdict for name, verdict in request.verdicts.items() if verdict[0] in CANNOT}
        if unable and len(unable) == len(request.verdicts):
            state, reason = _all_unable(request)
        without = tuple(sorted(unable))
    return Ask(request, root, found, shape(root), parameters, state, reason, without)


def _refusal(root: Node, found: Sequence[Aggregate], views: Mapping[str, View], by: Sequence[str]) -> tuple[str, str]:
    later = not_computed(root)
    if later:
        return "not_measurable", f"table.not_computed: {later}"
    for part in found:
        if part.table not in views:
            return "not_measurable", f"table.not_computed: {part.table}"
        for name in by:
            column = views[part.table].column(name)
            if column is None or column.type not in _SLICED:
                return "refused", f"dimension.absent: {name}"
    return "", ""


def _all_unable(request: Request) -> tuple[str, str]:
    states = {status for status, _ in request.verdicts.values()}
    state = "not_permitted" if states == {"not_permitted"} else "not_measurable"
    reasons = {reason for _, reason in request.verdicts.values()}
    if len(reasons) == 1:
        return state, reasons.pop()
    return state, "; ".join(f"{name}: {reason}" for name, (_, reason) in sorted(request.verdicts.items()))
