"""What cannot be measured: why, what is nearest, and which files would do. Never a silent hole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels import words
from smmetrics.panels.asked import asked, remarks
from smmetrics.panels.results import Card, PanelResult
from smmetrics.panels.telling import listed, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from smmetrics.panels.asked import Asked
    from smmetrics.panels.source import GoalInfo, Source, View

_CAN = frozenset({"measurable", "partly"})
MOST_WAYS = 4


def gaps(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """All of a goal's metrics that cannot be measured in this view, counted and collected in one block."""
    every = asked(source, view, goal)
    leads = [one for one in every if one.role == "lead"]
    held = leads[0] if len(leads) == 1 and leads[0].is_gap else None
    missing = [one for one in every if one.is_gap and one is not held]
    if not missing:
        return PanelResult(panel="gaps", title="Not measurable", goal=goal.name)
    return PanelResult(
        panel="gaps",
        title=f"What cannot be measured ({len(missing)})",
        goal=goal.name,
        words=(_counted(missing, len(every)),),
        cards=tuple(gap_card(one, source, goal) for one in missing),
    )


def gap_card(one: Asked, source: Source, goal: GoalInfo) -> Card:
    """The card of a metric without a number: the reason, the nearest metrics, and what would do."""
    cells = [cell for cell in source.coverage(goal.name) if cell["metric"] == one.metric]
    state = one.row["state"]
    return Card(
        kind="gap",
        title=one.title,
        metric=one.metric,
        role=one.role,
        value_text=words.STATES.get(state, state.replace("_", " ")),
        reason_text=_why(one, cells, source),
        nearest=_nearest(one, source),
        would_do=would_do(cells),
        reading_id=one.row["reading_id"] or "",
    )


def would_do(cells: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Which files would feed a metric, each once; those of channels that cannot feed it yet."""
    ways = [way for cell in cells if cell["status"] not in _CAN for way in cell["would_do"]]
    return tuple(dict.fromkeys(ways))[:MOST_WAYS]


def _why(one: Asked, cells: Sequence[Mapping[str, Any]], source: Source) -> str:
    """Why there is no number, one reason a platform: each said once, with all whom it is about if not with all."""
    found: dict[str, list[str]] = {}
    unable = _bound(cells, source)
    for title, why in (*_read(one, cells, source), *unable):
        names = found.setdefault(why, []) if why else []
        if title and title not in names:
            names.append(title)
    if not found:
        return "no installed plugin defines it" if one.info is None else "nothing that came in can feed it"
    everybody = {title for title, _ in unable}
    told = ((listed(names) if set(names) != everybody else "", why) for why, names in found.items())
    return "; ".join(f"{names}: {why}" if names else why for names, why in told)


Reason = tuple[str, str]
"""The title of the platform a reason is about (empty: of all), and its words."""


def _bound(cells: Sequence[Mapping[str, Any]], source: Source) -> list[Reason]:
    """Why channels cannot: the words of their own sources."""
    unable = (cell for cell in cells if cell["status"] not in _CAN)
    return [
        (source.platforms.get(cell["platform"], cell["channel"]), words.why_words(cell["note"] or cell["reason"] or ""))
        for cell in unable
    ]


def _read(one: Asked, cells: Sequence[Mapping[str, Any]], source: Source) -> list[Reason]:
    """The reading's own reasons, but those for which a channel has words."""
    noted = {cell["reason"] for cell in cells if cell["status"] not in _CAN and cell["note"]}
    named = {title for title, _ in _bound(cells, source)}
    rest = (part for part in words.parts(one.row["reason"]) if part.partition(": ")[0] not in noted)
    kept = one.row | {"reason": "; ".join(rest)}
    return [(title, why) for title, why in remarks(kept, source) if title not in named]


def _nearest(one: Asked, source: Source) -> tuple[tuple[str, str], ...]:
    """Metrics that come closest, by title, each with what is different about it."""
    if one.info is None:
        return ()
    known = ((source.metric(id_), id_, why) for id_, why in one.info.nearest)
    return tuple((info.title if info else id_, why) for info, id_, why in known)


def _counted(missing: Sequence[Asked], among: int) -> str:
    leads = sum(one.role == "lead" for one in missing)
    kinds = [plural(leads, "first number")] if leads else []
    kinds += [f"{len(missing) - leads} to watch too"] if len(missing) > leads else []
    return f"{len(missing)} of {plural(among, 'number')} cannot be measured here: {listed(kinds)}."
