"""Who counts as ours, and the strategy's own hours: plain records, applied when rows are read, never when stored.

People correct roles and handles afterwards; because identities are looked up at read time, a correction changes
every past reading without importing anything again.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from smmetrics.tables.agreement import Agreement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRef:
    """An account the strategy calls its own. ``account`` is an id or a handle, with or without ``@``."""

    platform: str
    account: str
    channel: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Handle:
    """A name under which one of our people speaks on a platform.

    ``person`` is the strategy's word for them; ``signs`` are patterns that tell people on a shared account apart;
    ``since`` is the first day they spoke for us (none: always), ``until`` the first on which they did no more.
    """

    platform: str
    handle: str
    person: str
    signs: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherRef:
    """An account of somebody else whom the strategy names: a rival, a voice, an advocate, a partner."""

    name: str
    kind: str
    platform: str
    account: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanHours:
    """Hours a week that a person plans for a goal, from ``since`` until before ``until`` (none: open)."""

    goal: str
    person: str
    hours_per_week: float
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Campaign:
    """What marks the posts of a campaign: hashtags and parts of links in its days, and posts by id or address."""

    name: str
    since: date | None = None
    until: date | None = None
    hashtags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What the strategy says of places, people and time: all that derived tables need to know of it.

    ``subject``: the one of ``others`` who is looked at as *ours* (empty: we ourselves). ``agreement``: what may be told
    of people. ``marks``: what links carry as their campaign, in small letters, with the role of who passes them on.
    ``campaigns``: those that say what marks their posts, in the order of the strategy.
    """

    zone: str = "UTC"
    week_starts: str = "monday"
    ours: tuple[AccountRef, ...] = ()
    staff: tuple[Handle, ...] = ()
    plan: tuple[PlanHours, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    others: tuple[OtherRef, ...] = ()
    subject: str = ""
    agreement: Agreement = field(default_factory=Agreement)
    marks: tuple[tuple[str, str], ...] = ()
    campaigns: tuple[Campaign, ...] = ()

    def record(self) -> dict[str, object]:
        """Everything as plain values: what a cache key or a provenance record is made of."""
        told = asdict(self) | {"people": dict(self.people), "agreement": self.agreement.record()}
        return {name: value for name, value in told.items() if name not in _LATER or value}


_LATER = frozenset({"agreement", "marks", "campaigns"})
"""Of these nothing is told where nothing is said: names of states are those of before they came."""
_ADDRESS = re.compile(r"^https?://(?:www\.)?")


def bare(handle: str) -> str:
    """A handle as it is compared: without the leading ``@`` or scheme, outer spaces and last slash, in lower case."""
    return _ADDRESS.sub("", handle.strip().lower()).removeprefix("@").rstrip("/")
