"""Groups that know their commands by name and import one only when it runs."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from smmetrics.cli.options import share

if TYPE_CHECKING:
    from collections.abc import Mapping


class Entry(NamedTuple):
    """A command: where it is (``module:attribute``) and what it does in a few words."""

    target: str
    help: str


class LazyGroup(click.Group):
    """A group whose ``sections`` (title → command → entry) are shown in --help without importing anything."""

    def __init__(self, *, name: str, sections: Mapping[str, Mapping[str, Entry]], **more: object) -> None:
        """Take the table of commands; ``more`` is click's."""
        super().__init__(name=name, **more)  # type: ignore[arg-type]
        self.sections = sections
        self.table = {name: entry for section in sections.values() for name, entry in section.items()}
        share(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the table."""
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; it takes the options that every command takes."""
        del ctx
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            message = f"{entry.target} is no command"
            raise TypeError(message)
        share(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for an unknown one, offer the nearest word."""
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            near = get_close_matches(name, self.table, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(self.table)}."
            message = f"There is no command {name!r}. {hint}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, section by section, columns aligned across sections."""
        del ctx
        width = max(map(len, self.table))
        for title, entries in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), entry.help) for name, entry in entries.items()])
