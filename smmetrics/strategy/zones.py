"""Time zones by name: which there are, and which one somebody probably meant."""

from __future__ import annotations

from importlib.resources import files
from zoneinfo import available_timezones

from smmetrics.strategy.faults import nearest

SURE = 0.83
"""How like a zone's name a word must be: any word is a little like some place on Earth."""
SHAPE = "Write it like 'Europe/Berlin', or 'UTC'. A zone is named by its continent and a city of it."


def is_zone(name: str) -> bool:
    """Whether there is such a zone. The list is read first: to look through a system's own zones takes long."""
    return name in files("tzdata").joinpath("zones").read_text(encoding="utf-8").split() or (
        name in available_timezones()
    )


def zone_hint(found: str) -> str:
    """What to write instead: the zone probably meant, by its whole name or its city, else what a zone looks like."""
    zones = sorted(available_timezones())
    cities = {zone.rpartition("/")[2]: zone for zone in zones if "/" in zone and not zone.startswith("Etc/")}
    word = found.strip().replace(" ", "_")
    near = nearest(word, zones, cutoff=SURE) or cities.get(nearest(word.rpartition("/")[2], cities, cutoff=SURE), "")
    return f"Did you mean {near!r}?" if near else SHAPE
