"""Claims that several of X's sources make in one form, and what none of them can."""

from __future__ import annotations

from smmetrics.api import Capability, Gap

UNIT = Gap(fact="people.unit", why="X does not say which part of an organisation a person belongs to.")


def event(fact: str, native: str, evidence: str, meaning: str = "") -> Capability:
    """A fact of each post or act by itself: what X calls it, and what shows that it does."""
    return Capability(fact=fact, native=native, grain="event", meaning=meaning, evidence=evidence)
