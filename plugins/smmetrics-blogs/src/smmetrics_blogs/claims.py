"""Claims and gaps in the one form that exports and feeds share."""

from __future__ import annotations

from smmetrics.api import Capability, Gap


def event(fact: str, native: str, evidence: str, meaning: str = "") -> Capability:
    """A fact of each post or comment by itself: what the file calls it, and what shows that it does."""
    return Capability(fact=fact, native=native, grain="event", meaning=meaning, evidence=evidence)


def not_counted(*names: str, why: str, would_do: str = "") -> tuple[Gap, ...]:
    """Counts of a post that a file does not hold, for one reason."""
    return tuple(Gap(fact=f"post_counts.{name}", why=why, would_do=would_do) for name in names)
