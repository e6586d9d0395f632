"""The catalogue as commands see it: what the plugins define, and the own metrics of a workspace, if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import setup, tell_faults, warn_of

if TYPE_CHECKING:
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace import Workspace


def catalogue_here() -> tuple[Workspace, Catalogue, bool]:
    """Load plugins and read the strategy's own metrics; no workspace is needed.

    Gives the workspace, its catalogue, and whether the strategy could be read. One that cannot is said in a note and
    leaves its own metrics out: what plugins define can still be looked up while a strategy is being written.
    """
    from smmetrics.api.errors import UserMistake
    from smmetrics.registry import Registry
    from smmetrics.workspace import Workspace

    chosen = setup()
    off = Registry.discover(off=True) if chosen.no_plugins else None
    workspace = Workspace(chosen.workspace, registry=off)
    warn_of(workspace.registry)
    tell_faults(workspace.installed.faults)
    try:
        return workspace, workspace.catalogue, True
    except UserMistake as mistake:
        click.echo(f"Note: the strategy's own metrics are left out. {mistake}", err=True)
        return workspace, workspace.installed, False
