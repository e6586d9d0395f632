"""What an agreement means for a request, before any number is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula.nodes import Column, Const, Op, walk
from smmetrics.engine.naming import is_naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.request import Request
    from smmetrics.tables.agreement import Agreement

MOOD = "sentiment"
"""The kind of label that says how somebody feels."""
_SAME = frozenset({"==", "!=", "in", "not_in"})


def concerns(agreed: Agreement, request: Request) -> bool:
    """Whether anything of a request may have to be held back; if not, it is answered as if nothing was agreed."""
    return agreed.everyone or request.about_people or bool(_forbidden(agreed, request))


def bars(agreed: Agreement, request: Request, by: Sequence[str], grain: str, views: Mapping[str, View]) -> str:
    """Why a request is not answered at all, whatever the numbers are; empty where it is."""
    if why := _forbidden(agreed, request):
        return why
    columns = list(_columns(request.formula.root, by, views))
    if agreed.moods and any(_is_mood(views, *each) for each in columns):
        return agreed.moods
    if not agreed.everyone and not request.about_people:
        return ""
    read = [views[table] for table in sorted(request.formula.tables) if table in views]
    if made := next((view.name for view in read if unseen(view)), ""):
        return f"people.unseen: {made}"
    if not any(about(view, all_=request.about_people) for view in read):
        return ""
    if naming := next((name for name in by if is_naming(name)), ""):
        return f"person.named: {naming}"
    if agreed.closed and (named := named_in(request.formula.root)):
        return f"person.named: {named}"
    return "days.agreed" if agreed.closed and (grain == "day" or "day" in by) else ""


def _forbidden(agreed: Agreement, request: Request) -> str:
    """Why what a request asks, or what stands in its formula, was agreed not to be shown."""
    if not agreed.forbidden:
        return ""
    asked = (request.metric, *request.formula.referred)
    found = next((agreed.forbidden[name] for name in asked if name in agreed.forbidden), "")
    return found or agreed.formulas.get(request.formula.hash(), "")


def about(view: View, *, all_: bool = False) -> bool:
    """Whether a row of a table is somebody's whom the agreement speaks of; with ``all_`` the team's own are too."""
    return view.column("person") is not None and (all_ or view.column("theirs") is not None)


_OF_NOBODY = frozenset(view.name for view in CORE_VIEWS if not about(view))
"""Tables of which no row is somebody's."""


def unseen(view: View) -> bool:
    """Whether a plugin's code makes a table of somebody's rows, and none says whose: nobody knows how few."""
    return not about(view) and any(name not in _OF_NOBODY for name in view.made_of)


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
