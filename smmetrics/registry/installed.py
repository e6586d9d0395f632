"""The plugins of this installation, read and loaded once for all workspaces of a process."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.hooks import HOOK_NAMES
from smmetrics.registry.core import Registry
from smmetrics.registry.discovery import SWITCH

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST = 8
"""So many installations (paths, permissions) are remembered."""
_KNOWN: dict[object, _Known] = {}


@dataclass(frozen=True, slots=True)
class _Known:
    """Loaded plugins, and the functions of their modules that gave the answers."""

    registry: Registry
    hooks: tuple[tuple[str, object], ...]

    @property
    def current(self) -> bool:
        """Whether the modules are those that answered; one that was reloaded has other functions."""
        return self.hooks == _hooks(self.registry)


def installed(allowed: Collection[str] | None = None) -> Registry:
    """All installed plugins, loaded: a registry of the caller's own, as `Registry.discover` and `load` give it.

    Nothing is read anew while the folders of ``sys.path`` and the modules are the same; a plugin that failed is
    always tried again.
    """
    key = (None if allowed is None else frozenset(allowed), os.environ.get(SWITCH), _places())
    known = _KNOWN.get(key)
    if known is not None and known.current:
        return known.registry.copy()
    registry = Registry.discover(allowed=allowed)
    registry.load()
    _KNOWN.pop(key, None)
    if not registry.warning:
        while len(_KNOWN) >= _MOST:
            _KNOWN.pop(next(iter(_KNOWN)))
        _KNOWN[key] = _Known(registry.copy(), _hooks(registry))
    return registry


def _places() -> tuple[tuple[str, int], ...]:
    """Where distributions are looked for, and when something was put there or taken away."""
    return tuple((place, _changed(place or os.curdir)) for place in sys.path)


def _changed(place: str) -> int:
    try:
        return Path(place).stat().st_mtime_ns
    except OSError:  # a path that is not there holds nothing
        return 0


def _hooks(registry: Registry) -> tuple[tuple[str, object], ...]:
    names = [state.module.partition(":")[0] for state in registry.plugins]
    loaded = [(name, sys.modules[name]) for name in names if name in sys.modules]
    return tuple((name, hook) for name, module in loaded for hook in map(vars(module).get, HOOK_NAMES))
