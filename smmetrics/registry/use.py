"""Imports code that a record names: ``package.module:attribute``."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from importlib import import_module
from typing import TYPE_CHECKING

from smmetrics.api.checks import REFERENCE
from smmetrics.api.errors import PluginFault
from smmetrics.registry.states import describe

if TYPE_CHECKING:
    from smmetrics.registry.states import PluginState


def resolve(ref: str, owner: PluginState | None) -> object:
    """Import a reference of its owner, or say why not.

    Raises:
        PluginFault: the reference is malformed, belongs to no loaded plugin, or cannot be imported.
    """
    if owner is None:
        message = f"{ref!r} is not named by any loaded plugin"
        raise PluginFault(message, hint="See: smmetrics plugins list", code="reference.unknown")
    if not REFERENCE.fullmatch(ref):
        message = f"{ref!r} is no reference; expected something like 'package.module:function'"
        raise PluginFault(message, where=owner.distribution, code="reference.malformed")
    module, _, attribute = ref.partition(":")
    try:
        with redirect_stdout(sys.stderr):
            found: object = getattr(import_module(module), attribute)
    except (Exception, SystemExit) as error:
        message = f"{ref} of the plugin {owner.name} cannot be used ({describe(error)})"
        hint = "See: smmetrics plugins doctor"
        raise PluginFault(message, where=owner.distribution, hint=hint, code="plugin.use") from error
    return found
