"""What was agreed about people's data, as plain values: from `[privacy]` and the audiences of a strategy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Column, Const, Op, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.request import Request

SMALLEST = 5
"""Fewer people than this are too few, where nothing else was agreed."""
SMALLEST_INSIDE = 10
"""The same among colleagues."""
MOOD = "sentiment"
"""The kind of label that says how somebody feels."""
NAMING = frozenset(
    {"person", "other", "display", "handle", "assignee", "voice_by", "by", "to", "told_to", "permalink", "title"}
    | {"text", "note", "idea", "learned"}
)
"""Columns whose values are one person's, or one person's words; as are all that end with ``_id``."""
_SAME = frozenset({"==", "!=", "in", "not_in"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What may leave a workspace.

    ``everyone``: all numbers about people are held to the smallest group, not only those of metrics that say they are
    about people. ``closed``: colleagues or minors are measured, nobody of them is shown. ``names``: whether people may
    be named, or told apart by pseudonyms, at all. ``forbidden``: why a metric may not be shown, by id, and by the hash
    of its formula. ``moods``: why labels of moods may not be shown; empty: they may.
    """

    smallest: int = SMALLEST
    everyone: bool = False
    closed: bool = False
    names: bool = True
    minors: bool = False
    forbidden: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    moods: str = ""

    def concerns(self, request: Request) -> bool:
        """Whether anything of a request may have to be held back; if not, it is answered as if nothing was agreed."""
        return self.everyone or request.about_people or bool(self._agreed(request))

    def bars(self, request: Request, by: Sequence[str], grain: str, views: Mapping[str, View]) -> str:
        """Why a request is not answered at all, whatever the numbers are; empty where it is."""
        if agreed := self._agreed(request):
            return agreed
        columns = list(_columns(request.formula.root, by, views))
        if self.moods and any(_is_mood(views, *each) for each in columns):
            return self.moods
        if not self.everyone and not request.about_people:
            return ""
        if not any(
            about(views[table], all_=request.about_people) for table in request.formula.tables if table in views
        ):
            return ""
        if naming := next((name for name in by if is_naming(name)), ""):
            return f"person.named: {naming}"
        if self.closed and (named := named_in(request.formula.root)):
            return f"person.named: {named}"
        return "days.agreed" if self.closed and (grain == "day" or "day" in by) else ""

    def _agreed(self, request: Request) -> str:
        """Why what a request asks, or what stands in its formula, was agreed not to be shown."""
        if not self.forbidden:
            return ""
        asked = (request.metric, *request.formula.referred)
        found = next((self.forbidden[name] for name in asked if name in self.forbidden), "")
        return found or self.formulas.get(request.formula.hash(), "")


def about(view: View, *, all_: bool = False) -> bool:
    """Whether a row of a table is somebody's whom the agreement speaks of; with ``all_`` the team's own are too."""
    return view.column("person") is not None and (all_ or view.column("theirs") is not None)


def is_naming(name: str) -> bool:
    """Whether each value of a column is one person's, or a thing of one person."""
    return name in NAMING or name.endswith("_id")


def named_in(root: Node) -> str:
    """A column by which a formula picks out a person, or a thing of one person; empty where it does not."""
    for part in walk(root):
        if isinstance(part, Op) and part.kind in _SAME and any(isinstance(arg, Const) for arg in part.args):
            found = next((arg.name for arg in part.args if isinstance(arg, Column) and is_naming(arg.name)), "")
            if found:
                return found
    return ""


def _columns(root: Node, by: Sequence[str], views: Mapping[str, View]) -> Iterator[tuple[str, str]]:
    tables = {part.table for part in walk(root) if isinstance(part, Column)}
    yield from ((part.table, part.name) for part in walk(root) if isinstance(part, Column))
    yield from ((table, name) for table in tables or views for name in by)


def _is_mood(views: Mapping[str, View], table: str, name: str) -> bool:
    column = views[table].column(name) if table in views else None
    return column is not None and column.label == MOOD
