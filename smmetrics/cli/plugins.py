"""`smmetrics plugins`: list from metadata, show one, examine all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.lazy import Entry, LazyGroup
from smmetrics.cli.options import examples, json_option, setup

if TYPE_CHECKING:
    from smmetrics.registry import PluginState, Registry

LISTED = ("name", "distribution", "version", "status", "note")

command = LazyGroup(
    name="plugins",
    sections={
        "Commands": {
            "list": Entry("smmetrics.cli.plugins:list_", "List installed plugins, without loading any."),
            "show": Entry("smmetrics.cli.plugins:show", "Show what one plugin offers."),
            "new": Entry("smmetrics.cli.new_plugin:new", "Write a small plugin that is complete, to be changed."),
            "doctor": Entry("smmetrics.cli.doctor:doctor", "Examine each plugin in a process of its own."),
        }
    },
    help=(
        "List, show and examine plugins. A plugin is code with your rights: install only those you trust. "
        "SMMETRICS_PLUGINS=one,two loads these two alone; empty, none."
    ),
    epilog=examples("smmetrics plugins list", "smmetrics plugins show NAME", "smmetrics plugins doctor"),
    no_args_is_help=True,
)


@click.command("list", epilog=examples("smmetrics plugins list", "smmetrics plugins list --json"))
@json_option
def list_(*, as_json: bool) -> None:
    """List installed plugins from their metadata; none is imported."""
    from smmetrics.cli.output import show as show_rows

    registry = discover()
    rows = [_row(state) for state in registry.plugins]
    if as_json or rows:
        show_rows(rows, as_json=as_json, columns=LISTED)
    else:
        click.echo("No plugin is installed.")
    for name in registry.missing:
        click.echo(f"Warning: no installed plugin is named {name}.", err=True)


@click.command("show", epilog=examples("smmetrics plugins show NAME"))
@click.argument("name")
@json_option
def show(*, name: str, as_json: bool) -> int:
    """Show what the plugin NAME offers: sources and how to get them, metrics, goal types."""
    from smmetrics.cli.offers import offers, write
    from smmetrics.cli.output import to_json

    registry = discover()
    require(registry, name)
    registry.load([name])
    state = next(state for state in registry.plugins if state.name == name)
    about = offers(registry, state)
    click.echo(to_json(about)) if as_json else write(about)
    return 0 if state.healthy else 5


def discover() -> Registry:
    """Read which plugins are installed, as the options allow."""
    from smmetrics.registry import Registry

    return Registry.discover(off=setup().no_plugins)


def require(registry: Registry, name: str) -> None:
    """Refuse a name that no installed plugin has.

    Raises:
        UserMistake: with the nearest name.
    """
    from difflib import get_close_matches

    from smmetrics.api.errors import UserMistake

    known = [state.name for state in registry.plugins]
    if name in known:
        return
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else f"Installed: {', '.join(known) or 'none'}."
    message = f"No installed plugin is named {name!r}."
    raise UserMistake(message, hint=hint, code="plugin.unknown")


def _row(state: PluginState) -> dict[str, Any]:
    return {
        "name": state.name,
        "distribution": state.distribution,
        "version": state.version,
        "status": state.status,
        "note": " ".join(part for part in (state.error, state.hint) if part),
    }
