"""Finds plugins, loads them one by one, keeps their faults apart, and explains what happened.

Listing plugins reads metadata only: neither pluggy nor any plugin is imported before `Registry.load`. Whoever needs a
registry has one of their own, though what is installed is read only once (`installed`). A plugin is code with the
user's rights; nothing here is a sandbox.
"""

from __future__ import annotations

from smmetrics.registry.core import Registry
from smmetrics.registry.states import Answer, PluginState, Stage, Status

__all__ = ["Answer", "PluginState", "Registry", "Stage", "Status"]
