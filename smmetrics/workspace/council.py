"""One page for those an agreement was made with: what is read of people, kept, measured and shown, and who agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmetrics.contracts.spoken import in_words
from smmetrics.panels.spans import day_words
from smmetrics.panels.words import reason_words
from smmetrics.words import say
from smmetrics.workspace.covering import questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.strategy import Strategy
    from smmetrics.workspace.core import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading with its sentences; ``rows``: a list beneath them, in words of two columns."""

    name: str
    title: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The page: whose folder it is, and its sections."""

    title: str
    sections: tuple[Section, ...]

    def record(self) -> dict[str, Any]:
        """The same as plain values."""
        told = {
            each.name: {"said": list(each.lines), "list": [list(row) for row in each.rows]} for each in self.sections
        }
        return {"title": self.title, **told}


def page(workspace: Workspace) -> Page:
    """What those who agreed, or are asked to agree, have to know; needs a strategy and no data."""
    strategy = workspace.need_strategy()
    made = (
        _agreed(strategy),
        _read(workspace),
        _kept(strategy),
        _measured(workspace),
        _shown(workspace),
        _not_shown(workspace),
        _who(strategy),
    )
    return Page(title=say("privacy.page.title", title=strategy.title or workspace.root.name), sections=made)


def _section(name: str, lines: Sequence[str], rows: Sequence[tuple[str, str]] = ()) -> Section:
    return Section(name=name, title=say(f"privacy.page.{name}.title"), lines=tuple(lines), rows=tuple(rows))


def _agreed(strategy: Strategy) -> Section:
    privacy = strategy.privacy
    if privacy is None:
        return _section("agreed", [say("privacy.page.agreed.nothing")])
    whom = privacy.agreed_with or say("privacy.page.agreed.nobody")
    when = say("privacy.page.agreed.on", day=day_words(privacy.agreed_on)) if privacy.agreed_on else ""
    lines = [say("privacy.page.agreed.whom", whom=whom, when=when, line=strategy.line("privacy"))]
    lines += [say("privacy.page.agreed.purpose", purpose=privacy.purpose)] if privacy.purpose else []
    inside = [(name, each.who) for name, each in strategy.audiences.items() if each.inside or each.minors]
    return _section("agreed", lines, inside)


def _read(workspace: Workspace) -> Section:
    """The files that came in, and what each kind holds of people."""
    catalogue = workspace.catalogue
    came = [catalogue.sources[kind] for kind in sorted(workspace.imported_kinds()) if kind in catalogue.sources]
    rows = [(source.title, _personal(workspace, source.table)) for source in came]
    said = "some" if rows else "nothing"
    lines = [say(f"privacy.page.read.{name}") for name in (said, "pseudonyms", _joined(workspace))]
    return _section("read", lines, rows)


def _joined(workspace: Workspace) -> str:
    """Whether names on several platforms may be read as one person's."""
    return "apart" if workspace.scope.agreement.minors else "joined"


def _personal(workspace: Workspace, table: str) -> str:
    declared = workspace.installed.tables.get(table)
    names = sorted({fact.name.replace("_", " ") for fact in declared.columns if fact.personal}) if declared else []
    return say("privacy.page.read.holds", what=", ".join(names)) if names else say("privacy.page.read.no_person")


def _kept(strategy: Strategy) -> Section:
    months = strategy.privacy.keep_months if strategy.privacy else None
    kept = say("privacy.page.kept.months", months=months) if months else say("privacy.page.kept.unlimited")
    return _section("kept", [kept, say("privacy.page.kept.forget")])


def _measured(workspace: Workspace) -> Section:
    """Every number the goals ask that is about people, and what is counted for it."""
    agreed, metrics, views = workspace.scope.agreement, workspace.catalogue.metrics, workspace.catalogue.views
    asked = {id_: None for question in questions(workspace) for id_ in (*question.lead, *question.guard)}
    rows = []
    for id_ in asked:
        found = metrics.get(id_)
        if found is None or id_ in agreed.forbidden:
            continue
        about = [views[name] for name in sorted(found.formula.tables) if name in views]
        if found.metric.about_people or any(view.column("person") for view in about):
            rows.append((found.metric.title, in_words(found.formula)))
    lines = [say(f"privacy.page.measured.{'some' if rows else 'nothing'}")]
    absent = [id_ for id_ in asked if id_ not in metrics and id_ not in agreed.forbidden]
    lines += [say("privacy.page.measured.absent", metrics=", ".join(absent))] if absent else []
    return _section("measured", lines, rows)


def _shown(workspace: Workspace) -> Section:
    agreed = workspace.scope.agreement
    held = say(f"privacy.page.shown.{'everyone' if agreed.everyone else 'persons'}", smallest=agreed.smallest)
    lines = [held, say("privacy.page.shown.subtraction")]
    lines += [say("privacy.page.shown.days")] if agreed.closed else []
    lines.append(say(f"privacy.page.shown.{_rows(workspace)}"))
    lines += [say("privacy.page.shown.minors")] if agreed.minors else []
    return _section("shown", lines)


def _rows(workspace: Workspace) -> str:
    agreed = workspace.scope.agreement
    return "no_rows" if agreed.closed else ("names" if agreed.names else "no_names")


def _not_shown(workspace: Workspace) -> Section:
    agreed, metrics = workspace.scope.agreement, workspace.catalogue.metrics
    rows = [
        (f"{metrics[id_].metric.title} ({id_})" if id_ in metrics else id_, reason_words(why))
        for id_, why in agreed.forbidden.items()
    ]
    rows += [(say("privacy.page.not_shown.moods"), reason_words(agreed.moods))] if agreed.moods else []
    return _section("not_shown", [say(f"privacy.page.not_shown.{'some' if rows else 'nothing'}")], rows)


def _who(strategy: Strategy) -> Section:
    """The people of the goals, who work with the numbers."""
    rows = [(name, person.role) for name, person in strategy.people.items()]
    return _section("who", [say("privacy.page.who.sees"), say("privacy.page.who.reports")], rows)


def text_lines(made: Page) -> Iterator[tuple[str, str]]:
    """The page as paragraphs: what stands before each, and its text."""
    for section in made.sections:
        yield "", ""
        yield "", section.title
        yield from (("  ", line) for line in section.lines)
        yield from (("  - ", f"{name}: {what}" if what else name) for name, what in section.rows)
