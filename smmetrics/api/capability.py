"""What a source can report, what it cannot, and the plain questions that are bound to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from smmetrics.api.checks import check_choice, check_text

if TYPE_CHECKING:
    from collections.abc import Mapping

CapabilityGrain = Literal["event", "day", "week", "days_28", "lifetime", "range"]
Scope = Literal["total", "organic", "paid"]
Availability = Literal["public", "own", "conditional"]
Exactness = Literal["exact", "estimated", "sampled", "rounded"]
ReasonCode = Literal[
    "field.missing", "grain.too_coarse", "time.too_coarse", "history.short", "scope.mixed", "scope.organic_only",
    "meaning.differs", "access.own_only", "platform.closed", "roles.unknown", "roles.unmatched", "basis.absent",
    "basis.text", "plugin.missing", "plugin.failed", "table.not_computed", "labels.absent", "labels.weak",
    "dimension.absent", "dimension.needed", "slice.needed", "hours.unknown", "campaign.unknown", "number.rounded",
    "number.estimated", "number.sampled",
]  # fmt: skip
BindingStatus = Literal["measurable", "partly", "not_measurable", "not_permitted", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Capability:
    """One fact a source reports, in the source's own word (``native``) and with its conditions.

    ``partly`` names a reason code where the fact is only partly what formulas mean by it (``basis.text``:
    read from the text; ``time.too_coarse``: a date without a clock). ``exactness`` other than *exact* makes the fact
    partly what it is as well. How far back a source reaches (``history_days``), how late it tells (``latency_days``),
    whether anybody may see it (``availability``) and from when until when it told it (``valid_from``, ``valid_to``) is
    shown by ``smmetrics plugins show`` and bound to nothing. ``native_formula`` says in words how the source
    itself computes the number, where it is one that people will hold beside ours; ``evidence`` says how that is known.
    ``values``: all that can stand there, where that is known beforehand (a list of videos holds the kind *post* alone):
    what it never holds cannot be counted in it. ``apart``: a file holds one of them, never several.
    """

    fact: str
    native: str
    grain: CapabilityGrain = "lifetime"
    scope: Scope = "total"
    availability: Availability = "own"
    exactness: Exactness = "exact"
    partly: ReasonCode | Literal[""] = ""
    history_days: int | None = None
    latency_days: float = 0.0
    meaning: str = ""
    valid_from: str = ""
    valid_to: str = ""
    evidence: str = ""
    native_formula: str = ""
    values: tuple[str, ...] = ()
    apart: bool = False

    def __post_init__(self) -> None:
        """Check closed lists; that the fact exists is checked where all facts are known."""
        check_text(self, "fact", self.fact)
        check_choice(self, "grain", self.grain, get_args(CapabilityGrain))
        check_choice(self, "scope", self.scope, get_args(Scope))
        check_choice(self, "availability", self.availability, get_args(Availability))
        check_choice(self, "exactness", self.exactness, get_args(Exactness))


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A fact a source cannot report, why, and what would do instead."""

    fact: str
    why: str
    reason: ReasonCode = "field.missing"
    would_do: str = ""

    def __post_init__(self) -> None:
        """A gap without a reason helps nobody."""
        check_text(self, "why", self.why)
        check_choice(self, "reason", self.reason, get_args(ReasonCode))


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionRef:
    """A question of a goal with the metrics that answer it: all that binding needs to know of a strategy."""

    goal: str
    ask: str
    lead: tuple[str, ...]
    guard: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelRef:
    """A channel of a strategy: where, and which goals it serves (empty: all)."""

    name: str
    platform: str
    account: str = ""
    serves: tuple[str, ...] = ()
