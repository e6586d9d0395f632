"""What a strategy agrees about people's data, as the engine obeys it; each reason names the line it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.tables.agreement import SMALLEST, SMALLEST_INSIDE, Agreement

if TYPE_CHECKING:
    from datetime import date

    from smmetrics.strategy.lookup import Known
    from smmetrics.strategy.model import Privacy, Strategy

FORBIDS = "agreement.forbids"
MOODS = "minors.moods"
NAMED = ("never", "with consent")
"""What `people` says where nobody is named. Who gave consent is in no file."""


def agreement(strategy: Strategy, catalogue: Known | None = None) -> Agreement:
    """The agreement of a strategy; without `[privacy]` and without colleagues or minors, none but the usual.

    With a catalogue, a forbidden metric is known under other names too, by its formula.
    """
    privacy = strategy.privacy
    audiences = strategy.audiences.values()
    minors = bool(privacy and privacy.minors) or any(each.minors for each in audiences)
    closed = minors or any(each.inside for each in audiences)
    stated = privacy.smallest_group if privacy else None
    forbidden = {metric: _forbids(strategy, privacy) for metric in privacy.forbid} if privacy else {}
    metrics = catalogue.metrics if catalogue is not None else {}
    known = {metric: metrics[metric].formula.hash() for metric in forbidden if metric in metrics}
    return Agreement(
        smallest=stated or (SMALLEST_INSIDE if closed else SMALLEST),
        everyone=closed or stated is not None,
        closed=closed,
        names=not closed and not (privacy is not None and privacy.people in NAMED),
        minors=minors,
        forbidden=forbidden,
        formulas={digest: forbidden[metric] for metric, digest in known.items()},
        moods=f"{MOODS}: {_line(strategy, *_of_minors(strategy))}" if minors else "",
    )


def _forbids(strategy: Strategy, privacy: Privacy) -> str:
    """Why: who agreed when, and where that stands."""
    when = f"of {_day(privacy.agreed_on)}" if privacy.agreed_on else ""
    whom = f"with {privacy.agreed_with}" if privacy.agreed_with else ""
    told = " ".join(part for part in (when, whom, f"({_line(strategy, 'privacy', 'forbid')})") if part)
    return f"{FORBIDS}: {told}"


def _of_minors(strategy: Strategy) -> tuple[str, ...]:
    if strategy.privacy and strategy.privacy.minors:
        return ("privacy", "minors")
    return next(("audiences", name, "minors") for name, each in strategy.audiences.items() if each.minors)


def _line(strategy: Strategy, *path: str) -> str:
    file = strategy.origin.path.name if strategy.origin.path else "strategy.toml"
    return f"{file} line {strategy.line(*path)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
