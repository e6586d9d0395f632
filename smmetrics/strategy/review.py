"""What a strategy lacks, from declarations alone: no data is read. Codes and words are part of the public face.

Errors stop (exit 2), warnings and notes advise. A warning or note can be answered in ``[[accept]]`` instead of
obeyed; an error cannot.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from smmetrics.strategy.faults import LEVELS
from smmetrics.strategy.rules import RULES
from smmetrics.strategy.rules.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.lookup import Known
    from smmetrics.strategy.model import Accept, Strategy
    from smmetrics.strategy.rules.ground import CellLike


def review(
    strategy: Strategy, catalogue: Known, cells: Sequence[CellLike] | None = None, *, today: date | None = None
) -> tuple[Finding, ...]:
    """Hold a strategy against what a whole strategy needs and what is installed.

    ``cells`` is the binding of its questions (contracts.binding): without it, whether channels can feed questions is
    not judged. ``today`` decides which ``[[accept]]`` have run out (default: now, in the strategy's zone).
    Findings come errors first, each level in the order of the file.
    """
    ground = Ground(strategy=strategy, catalogue=catalogue, cells=cells)
    day = today or datetime.now(UTC).astimezone(ZoneInfo(strategy.timezone)).date()
    found = [*strategy.origin.notices, *(finding for rule in RULES for finding in rule(ground))]
    answered = [_answer(finding, strategy.accept, day) for finding in found]
    return tuple(sorted(answered, key=lambda finding: (LEVELS.index(finding.level), finding.line)))


def _answer(finding: Finding, accepted: Sequence[Accept], today: date) -> Finding:
    """The finding, with the reason why it is accepted if an entry that has not run out says so."""
    if finding.level == "error":
        return finding
    for entry in accepted:
        if _fits(finding, entry) and (entry.until is None or today <= entry.until):
            return replace(finding, accepted=entry.because)
    return finding


def _fits(finding: Finding, entry: Accept) -> bool:
    code = entry.code if entry.code.startswith("SMM-") else f"SMM-{entry.code}"
    place = finding.where == entry.at or finding.where.startswith((f"{entry.at}.", f"{entry.at}["))
    return code == finding.code and (not entry.at or place)
