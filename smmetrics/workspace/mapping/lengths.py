"""In which unit a column says how long something took: what its header says, or somebody behind the target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = re.compile(r"[^\W\d_]+")
HOURS = frozenset({"hours", "hour", "h", "hrs", "stunden", "stunde", "std", "heures", "heure", "horas", "hora"})
MINUTES = frozenset({"minutes", "minute", "mins", "min", "minuten", "minutos", "minuto"})
SCALES: Mapping[str, Mapping[str, float]] = {
    "seconds": {"hours": 3600.0, "minutes": 60.0},
    "minutes": {"hours": 60.0, "minutes": 1.0},
}
"""What a number of hours or minutes is times, by the fact's unit."""


def scale_of(said: str, unit: str) -> float:
    """What a column's numbers are times to be of a fact's unit; 0 where its header says hours or minutes nowhere."""
    words = WORDS.findall(said.casefold())
    named = next(("hours" if word in HOURS else "minutes" for word in words if word in HOURS | MINUTES), "")
    return SCALES.get(unit, {}).get(named, 0.0)
