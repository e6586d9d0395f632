"""Dashboards and reports of a workspace: the views people ask for by words."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmetrics.panels.source import View
from smmetrics.panels.spans import usual
from smmetrics.workspace.asking import refuse_unknown
from smmetrics.workspace.views import SavedViews

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.dashboard import Dashboard
    from smmetrics.panels.source import Source
    from smmetrics.workspace.core import Workspace

_FIELDS = tuple(field.name for field in fields(View) if field.name != "goals")


def dashboard(workspace: Workspace, goals: Sequence[str], given: Mapping[str, Any]) -> Dashboard:
    """See `Workspace.dashboard`."""
    from smmetrics.dashboard import Dashboard  # noqa: PLC0415 (ipywidgets is for notebooks only)

    source, root = workspace.source(), workspace.root.absolute()
    view = dated(view_of(workspace, goals, given), source)
    folder = None if root == Path.cwd() else root  # whoever has begun in it types commands in it
    return Dashboard(source, view, views=SavedViews(workspace.root), folder=folder)


def report(
    workspace: Workspace,
    out: str | Path,
    *,
    goals: Sequence[str],
    edition: str,
    static: bool,
    given: Mapping[str, Any],
) -> Path:
    """See `Workspace.report`."""
    from smmetrics.panels.painting import painting  # noqa: PLC0415 (charts are heavy)
    from smmetrics.report import has_pictures, write  # noqa: PLC0415 (see above)

    out = Path(out)
    with painting(wanted=has_pictures(out, static=static)):
        source = workspace.source()
        view = dated(view_of(workspace, goals, given), source)
        return write(source, view, out, edition=edition, static=static)


def dated(view: View, source: Source) -> View:
    """The view, with the usual days where it names none."""
    if view.since or view.until:
        return view
    since, until = usual(source.days())
    return view.with_(since=since, until=until)


def view_of(workspace: Workspace, goals: Sequence[str], given: Mapping[str, Any]) -> View:
    """A view of the goals named; what is no goal or no field of a view is the user's mistake."""
    known = list(workspace.strategy.goals) if workspace.strategy else []
    for goal in goals:
        if goal not in known:
            refuse_unknown(goal, known, kind="goal")
    for name in given:
        if name not in _FIELDS:
            refuse_unknown(name, _FIELDS, kind="field of a view")
    texts = {name: tuple(values) for name, values in given.items() if name == "platforms"}
    return View(goals=tuple(goals), **{**given, **texts})
