"""What one plugin offers, as a plain mapping and as text."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from smmetrics.api import (
    About,
    Dimension,
    Exporter,
    Fact,
    GoalType,
    Labeller,
    Metric,
    Panel,
    Platform,
    Sample,
    Source,
    Table,
)
from smmetrics.api.hooks import HOOK_NAMES
from smmetrics.api.views import CORE_VIEWS
from smmetrics.cli.output import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api import Capability
    from smmetrics.registry import PluginState, Registry

INDENT = "  "
COUNTED = ("grain", "scope")
CONDITIONS = (
    "availability",
    "exactness",
    "partly",
    "meaning",
    "history_days",
    "latency_days",
    "valid_from",
    "valid_to",
)
"""What a source may say of a fact beside its name: how it is counted, and what to know of it."""


NOUNS = {
    "metrics": "metric",
    "goal_types": "goal type",
    "facts": "column",
    "dimensions": "dimension",
    "tables": "table",
    "labellers": "labeller of",
    "panels": "panel",
    "formats": "file format",
    "samples": "sample",
}


def offers(registry: Registry, state: PluginState) -> dict[str, Any]:
    """Gather everything the plugin of this state answered; an ailing one offers nothing but its fault."""
    records = [answer.record for hook in HOOK_NAMES for answer in registry.answers(hook) if answer.plugin == state.name]
    about = next((record for record in records if isinstance(record, About)), None)
    return {
        "name": state.name,
        "title": state.title,
        "distribution": state.distribution,
        "version": state.version,
        "status": state.status,
        "error": state.error,
        "hint": state.hint,
        "api": about.api if about else None,
        "homepage": about.homepage if about else "",
        "licence": about.licence if about else "",
        "maintainers": list(about.maintainers) if about else [],
        "platforms": [
            {"id": each.id, "title": each.title, "access": each.access, "note": each.note}
            for each in records
            if isinstance(each, Platform)
        ],
        "sources": [_source(each) for each in records if isinstance(each, Source)],
        "metrics": [{"id": each.id, "title": each.title} for each in records if isinstance(each, Metric)],
        "goal_types": [{"id": each.id, "title": each.title} for each in records if isinstance(each, GoalType)],
        "facts": [{"id": each.id, "title": each.meaning} for each in records if isinstance(each, Fact)],
        "dimensions": [{"name": each.name, "title": each.title} for each in records if isinstance(each, Dimension)],
        "tables": [{"name": each.name, "title": each.title} for each in records if isinstance(each, Table)],
        "labellers": [
            {"name": f"{each.kind}, {each.name}@{each.version}", "title": each.decides}
            for each in records
            if isinstance(each, Labeller)
        ],
        "panels": [{"id": each.id, "title": each.title} for each in records if isinstance(each, Panel)],
        "formats": [{"name": each.name, "title": each.suffix} for each in records if isinstance(each, Exporter)],
        "samples": [{"name": each.name, "title": each.title} for each in records if isinstance(each, Sample)],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "how_to_get": source.how_to_get,
        "takes": source.takes,
        "minutes": source.minutes,
        "holds": source.holds,
        "can": [_claim(claim) for claim in source.can],
        "cannot": [{"fact": gap.fact, "why": gap.why} for gap in source.cannot],
    }


def _claim(claim: Capability) -> dict[str, Any]:
    """What a source reports, with the conditions that are not the usual ones."""
    usual = {field.name: field.default for field in fields(claim)}
    said = {name: getattr(claim, name) for name in (*COUNTED, *CONDITIONS)}
    return {"fact": claim.fact, "native": claim.native, **{k: v for k, v in said.items() if v != usual[k]}}


def write(about: dict[str, Any]) -> None:
    """Print the mapping of `offers` for people."""
    _line(f"{about['name']}: {about['title'] or '(no title)'}")
    _line(f"{about['distribution']} {about['version']}, {about['status']}", 1)
    for key in ("error", "hint"):
        if about[key]:
            _line(about[key], 1)
    for key in ("licence", "homepage"):
        if about[key]:
            _line(f"{key}: {about[key]}", 1)
    for platform in about["platforms"]:
        _line(f"platform {platform['id']}: {platform['title']} ({platform['access'].replace('_', ' ')})", 1)
        if platform["note"]:
            _line(platform["note"], 2)
    for source in about["sources"]:
        _write_source(source)
    for key, noun in NOUNS.items():
        for each in about[key]:
            told = f": {each['title']}" if each["title"] else ""
            _line(f"{noun} {each.get('id') or each['name']}{told}", 1)


def _write_source(source: dict[str, Any]) -> None:
    _line(f"source {source['id']}: {source['title']}", 1)
    _line(f"how to get it: {source['how_to_get']}", 2)
    _line(f"what that takes: {source['takes']}", 2)
    if source["holds"]:
        _line(f"what is in it: {source['holds']}", 2)
    _line(f"can: {', '.join(claim['fact'] for claim in source['can'])}", 2)
    for claim in source["can"]:
        told = [name for name in CONDITIONS if name in claim]
        said = [claim[name] if name == "meaning" else f"{name.replace('_', ' ')}: {claim[name]}" for name in told]
        if said:
            _line(f"{claim['fact']}: {'; '.join(said)}", 3)
    if renamed := in_formulas(claim["fact"] for claim in source["can"]):
        _line(f"in formulas: {'; '.join(f'{fact} as {name}' for fact, name in renamed.items())}", 2)
    reasons: dict[str, list[str]] = {}
    for gap in source["cannot"]:
        reasons.setdefault(gap["why"], []).append(gap["fact"])
    for why, facts in reasons.items():
        _line(f"cannot: {', '.join(facts)} ({why})", 2)


def in_formulas(facts: Iterable[str]) -> dict[str, str]:
    """What formulas call the facts that they do not know by their own name: ``visits.visits`` is ``count(visits)``."""
    views = {view.name: view for view in CORE_VIEWS}
    found: dict[str, str] = {}
    for fact in facts:
        table, _, name = fact.partition(".")
        view = views.get(table)
        if view is None or view.column(name) is not None:
            continue
        made = [f"{table}.{each.name}" for each in view.columns if each.computed and fact in each.needs]
        if name == table:
            made.append(f"count({table})")
        if made:
            found[fact] = ", ".join(made)
    return found


def _line(text: str, depth: int = 0) -> None:
    click.echo(INDENT * depth + printable(text))
