"""A metric with its parsed formula and where it came from, and what could not be taken from a plugin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from smmetrics.api.checks import NAME
from smmetrics.api.errors import SmmetricsError, UserMistake
from smmetrics.api.metrics import MetricUnit, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api.metrics import Activity, Better, Interval, Metric, Use
    from smmetrics.contracts.formula import Formula

OWN_VERSION = "own"
UNITS: tuple[str, ...] = get_args(MetricUnit)


class Origin(Protocol):
    """Whatever knows the plugin it came from."""

    @property
    def plugin(self) -> str:
        """The plugin's name."""
        ...

    @property
    def distribution(self) -> str:
        """The distribution that holds it."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something a plugin or a strategy defines that cannot be used; the rest of it still can.

    ``message`` names plugin and record; ``subject`` is the record's id. ``where`` is the place in a file, ``hint``
    what to do, ``cause`` what was raised: of a formula it knows the character.
    """

    code: str
    message: str
    plugin: str = ""
    distribution: str = ""
    subject: str = ""
    where: str = ""
    hint: str = ""
    cause: SmmetricsError | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, origin: Origin, what: str, *, code: str, subject: str, hint: str = "") -> Fault:
        """What is wrong with something a plugin defines; the message begins with whose it is."""
        return cls(
            code=code,
            message=f"Plugin {origin.plugin} ({origin.distribution}): {what}",
            plugin=origin.plugin,
            distribution=origin.distribution,
            subject=subject,
            hint=hint,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnMetric:
    """An analyst's metric or an ad-hoc formula: what `api.metrics.Metric` holds, under an id without a pack.

    It states fewer promises than a pack's metric: no level, no maturity, no guards.
    """

    id: str
    title: str
    formula: str
    unit: str = ""
    better: Better = "none"
    noun: str = ""
    pairing: str = ""
    parameters: tuple[Parameter, ...] = ()
    version: str = OWN_VERSION
    question: str = ""
    level: str = ""
    caveat: str = ""
    citation: str = ""
    activities: tuple[Activity, ...] = ()
    uses: tuple[Use, ...] = ()
    maturity: float = 0.0
    min_denominator: int = 10
    min_units: int = 5
    guards: tuple[str, ...] = ()
    nearest: tuple[tuple[str, str], ...] = ()
    needs_roles: bool = False
    about_people: bool = False
    interval: Interval = "from_formula"
    counts_at: Literal["newest", "maturity"] = "newest"
    scope: Literal["", "total", "organic", "paid"] = ""
    per: str = ""


class Stated(Protocol):
    """What a strategy says of an own metric; ``parameters`` are defaults by name, ``line`` its place in the file."""

    @property
    def name(self) -> str:
        """Its name, without a dot."""
        ...

    @property
    def title(self) -> str:
        """Plain words."""
        ...

    @property
    def formula(self) -> str:
        """Its formula."""
        ...

    @property
    def better(self) -> str:
        """Which way is better."""
        ...

    @property
    def pairing(self) -> str:
        """Why a quotient of two sums is meant."""
        ...

    @property
    def caveat(self) -> str:
        """What to be careful about."""
        ...

    @property
    def unit(self) -> str:
        """One of the units of metrics, or the words for what is counted."""
        ...

    @property
    def parameters(self) -> Mapping[str, object]:
        """Defaults by name."""
        ...

    @property
    def line(self) -> int:
        """Line of the file, from 1."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class CompiledMetric:
    """A metric with its parsed formula.

    ``version`` is the version of the distribution it came from, ``metric.version`` its own. ``guards`` and
    ``nearest`` name installed metrics only; ``notes`` say which were left out.
    """

    metric: Metric | OwnMetric
    formula: Formula
    plugin: str = ""
    distribution: str = ""
    version: str = ""
    guards: tuple[str, ...] = ()
    nearest: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return self.metric.id

    @property
    def unit(self) -> str:
        """The declared unit, or the one its formula has."""
        return self.metric.unit or self.formula.unit

    @property
    def hash(self) -> str:
        """SHA-256 of the definition: it must not change under one metric version."""
        return self.formula.hash()

    @property
    def needs_roles(self) -> bool:
        """Whether it means something only where people's roles are known."""
        return self.metric.needs_roles or self.formula.needs_roles


def parameters_of(stated: Mapping[str, object]) -> tuple[Parameter, ...]:
    """Parameters from bare defaults: a number, a text, or a list of texts."""
    return tuple(_parameter(name, value) for name, value in stated.items())


def _parameter(name: str, value: object) -> Parameter:
    if not NAME.fullmatch(name):
        message = f"{name!r} is no name of a parameter"
        raise UserMistake(message, hint="Use small letters, digits and underscores.", code="parameter.name")
    if isinstance(value, int | float):
        return Parameter(name=name, type="number", default=value)
    if isinstance(value, list | tuple):
        return Parameter(name=name, type="texts", default=tuple(str(part) for part in value))
    return Parameter(name=name, type="text", default=str(value))
