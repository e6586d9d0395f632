"""Which plugins are installed: read from package metadata, nothing imported."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from smmetrics.registry.states import PluginState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from importlib.metadata import EntryPoint

GROUP = "smmetrics.plugins"
SWITCH = "SMMETRICS_PLUGINS"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An entry point and what is known of it."""

    state: PluginState
    entry: EntryPoint | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """Which plugins may be imported, and the words for those that may not.

    ``allowed`` is what the caller permits (a workspace's list: ``tulip``, or ``tulip==1.2.0`` for one version only),
    ``switched`` what ``SMMETRICS_PLUGINS`` names; None is *all*. A plugin needs both.
    """

    allowed: frozenset[str] | None = None
    switched: frozenset[str] | None = None
    off: bool = False

    @classmethod
    def read(cls, *, allowed: Collection[str] | None, off: bool) -> Permission:
        """Join the caller's list with the environment's."""
        text = os.environ.get(SWITCH)
        switched = None if text is None else frozenset(word.strip() for word in text.split(",") if word.strip())
        return cls(allowed=None if allowed is None else frozenset(allowed), switched=switched, off=off)

    def refusal(self, name: str, version: str) -> str:
        """Say why a plugin may not be imported, or nothing if it may."""
        if self.off:
            return "all plugins are switched off for this command"
        if self.switched is not None and name not in self.switched:
            return f"{SWITCH} does not name it"
        if self.allowed is None or name in self.allowed or f"{name}=={version}" in self.allowed:
            return ""
        others = sorted(each for each in self.allowed if each.startswith(f"{name}=="))
        if others:
            return f"the list of allowed plugins names {' and '.join(others)}, and this is {version}"
        return "the list of allowed plugins does not name it"

    def named(self) -> frozenset[str]:
        """All names that either list holds, to find those that nobody offers."""
        both = (self.allowed or frozenset()) | (self.switched or frozenset())
        return frozenset(each.partition("==")[0] for each in both)


def find(permission: Permission) -> tuple[Found, ...]:
    """Read the entry points, sorted by name; several offers of one name are all a clash."""
    return judge(sorted(entry_points(group=GROUP), key=_order), permission)


def judge(entries: Iterable[EntryPoint], permission: Permission) -> tuple[Found, ...]:
    """Give each entry point its first status: found, off or clash."""
    entries = tuple(entries)
    offers: dict[str, list[EntryPoint]] = {}
    for entry in entries:
        offers.setdefault(entry.name, []).append(entry)
    found: list[Found] = []
    for entry in entries:
        state = _state(entry)
        refusal = permission.refusal(entry.name, state.version)
        rivals = [_dist(other)[0] for other in offers[entry.name]]
        if refusal:
            state = replace(state, status="off", hint=refusal)
        elif len(rivals) > 1:
            state = clash(state, f"the plugin name {entry.name!r}", rivals)
        found.append(Found(state=state, entry=entry))
    return tuple(found)


def clash(state: PluginState, what: str, distributions: Iterable[str]) -> PluginState:
    """Give the state of a plugin that others contradict: neither wins, all are named."""
    names = sorted(set(distributions))
    who = " and ".join(names) if len(names) > 1 else f"{names[0]}, more than once"
    return replace(
        state,
        status="clash",
        error=f"{what} is offered by {who}; none of them is used",
        hint="Uninstall all but one of them.",
    )


def _order(entry: EntryPoint) -> tuple[str, str]:
    return entry.name, _dist(entry)[0]


def _dist(entry: EntryPoint) -> tuple[str, str]:
    if entry.dist is None:
        return "(unknown)", ""
    return str(entry.dist.name or "(unknown)"), str(entry.dist.version or "")


def _state(entry: EntryPoint) -> PluginState:
    distribution, version = _dist(entry)
    return PluginState(name=entry.name, distribution=distribution, version=version, module=entry.value)
