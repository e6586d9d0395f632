"""What a strategy lacks, and what the data says of it. Codes and words are part of the public face.

Errors stop (exit 2), warnings and notes advise. A warning or note can be answered in ``[[accept]]`` instead of
obeyed; an error cannot. Without facts no data is judged. Nothing is read here: what is known is given.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from smmetrics.strategy.accepting import answered
from smmetrics.strategy.faults import LEVELS
from smmetrics.strategy.rules import DATA_RULES, NO_DATA, RULES
from smmetrics.strategy.rules.ground import DOCS, Ground
from smmetrics.strategy.rules.whole import parts_alone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smmetrics.strategy.facts import Facts
    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.lookup import Known
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.rules.ground import CellLike


def review(
    strategy: Strategy,
    catalogue: Known,
    cells: Sequence[CellLike] | None = None,
    *,
    promised: Sequence[CellLike] | None = None,
    possible: Sequence[CellLike] = (),
    facts: Facts | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """Hold a strategy against what a whole strategy needs, what is installed, and (``facts``) what came in.

    ``cells`` is the binding of its questions (contracts.binding), ``promised`` that of its promises (`promises`):
    without them, whether channels can feed them is not judged. ``possible``: see `Ground`. ``today`` decides what has
    run out (default: now, in the strategy's zone). Findings come errors first, each level in the order of the file.
    """
    day = today or datetime.now(UTC).astimezone(ZoneInfo(strategy.timezone)).date()
    ground = Ground(
        strategy=strategy,
        catalogue=catalogue,
        today=day,
        cells=cells,
        promised=promised,
        possible=possible,
        facts=facts,
    )
    of_data = () if facts is None else DATA_RULES if facts.first else NO_DATA
    rules = (*RULES, *of_data)
    notices = [_documented(notice) for notice in strategy.origin.notices]
    found = [*notices, *(finding for rule in rules for finding in rule(ground))]
    found = _once(found, [name for name in strategy.goals if parts_alone(ground, name)])
    return tuple(sorted(answered(found, ground), key=lambda finding: (LEVELS.index(finding.level), finding.line)))


def _once(found: Sequence[Finding], strays: Sequence[str]) -> list[Finding]:
    """Without what a goal lacks that nobody meant to write: that its name is wrong is enough."""
    places = tuple(f"goals.{name}" for name in strays)
    return [
        each
        for each in found
        if each.level == "error" or not any(f"{each.where}.".startswith(f"{place}.") for place in places)
    ]


def _documented(notice: Finding) -> Finding:
    """What was noticed while reading, with the section that explains it."""
    return replace(notice, docs=f"{DOCS}#{notice.code.lower()}")
