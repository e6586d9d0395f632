"""What strategy needs of a catalogue, and how its words are looked up there."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from smmetrics.api.metrics import GoalType, Parameter
    from smmetrics.api.sources import Platform


PLATFORM = re.compile(r'^platform = "([^"]+)"', re.MULTILINE)


class Promise(Protocol):
    """What a metric says of itself, an analyst's own too (whose unit may be empty)."""

    @property
    def unit(self) -> str:
        """Kind of unit."""
        ...

    @property
    def better(self) -> str:
        """Which way is better."""
        ...

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What a goal may set."""
        ...

    @property
    def level(self) -> str:
        """What it evidences: input, activity, output, out_take, outcome, impact; empty for an analyst's own."""
        ...

    @property
    def activities(self) -> Sequence[str]:
        """Which activities it is evidence of; none for an analyst's own."""
        ...

    @property
    def guards(self) -> Sequence[str]:
        """Metrics to show beside it."""
        ...


class Compiled(Protocol):
    """A metric of the catalogue: its promise and its parsed formula."""

    @property
    def metric(self) -> Promise:
        """What the number promises."""
        ...

    @property
    def formula(self) -> Any:  # noqa: ANN401 (strategy reads names of columns only)
        """Its parsed formula."""
        ...


class Refused(Protocol):
    """A definition that cannot be used, and why."""

    @property
    def subject(self) -> str:
        """Its id."""
        ...

    @property
    def message(self) -> str:
        """What is wrong."""
        ...

    @property
    def hint(self) -> str:
        """What to do."""
        ...


class Known(Protocol):
    """The parts of a catalogue that a strategy is held against."""

    @property
    def metrics(self) -> Mapping[str, Compiled]:
        """Metrics by id."""
        ...

    @property
    def goal_types(self) -> Mapping[str, GoalType]:
        """Goal types by id."""
        ...

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """Platforms by id."""
        ...

    @property
    def defined(self) -> Collection[str]:
        """Ids of all metrics that plugins define, those at fault among them."""
        ...

    @property
    def faults(self) -> Sequence[Refused]:
        """What is defined and cannot be used, the strategy's own metrics among them."""
        ...


def pack_of(id_: str) -> str:
    """The pack that an id belongs to: the part before the dot, empty for an own metric."""
    return id_.partition(".")[0] if "." in id_ else ""


def has_pack(catalogue: Known, pack: str) -> bool:
    """Whether anything of this pack is installed."""
    return any(
        pack_of(id_) == pack for ids in (catalogue.defined, catalogue.metrics, catalogue.goal_types) for id_ in ids
    )


def distribution(pack: str) -> str:
    """The likely name of the distribution that brings a pack or a platform."""
    return f"smmetrics-{pack.strip().lower().replace('_', '-').replace(' ', '-')}"


def platform_id(catalogue: Known | None, word: str) -> str:
    """The platform's own id for a word people use for it; the word itself where no platform knows it."""
    if catalogue is None or word in catalogue.platforms:
        return word
    folded = word.strip().casefold()
    for id_, platform in catalogue.platforms.items():
        names = (id_, platform.title, *platform.aliases)
        if folded in {name.casefold() for name in names}:
            return id_
    return word


@cache
def _promised() -> str:
    """The text of all templates that come with smmetrics."""
    folder = files("smmetrics.strategy") / "templates"
    texts = (file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml"))
    return "\n".join(texts) if folder.is_dir() else ""


def promised_platforms() -> tuple[str, ...]:
    """Platforms that the templates which come with smmetrics speak of."""
    return tuple(dict.fromkeys(PLATFORM.findall(_promised())))


def is_promised(id_: str) -> bool:
    """Whether a template that comes with smmetrics uses this id: then its pack has it, in a newer version maybe."""
    return f'"{id_}"' in _promised()
