"""The table of commands and the commands themselves agree."""

from __future__ import annotations

from importlib import import_module

import click
import pytest

from smmetrics.cli.app import app
from smmetrics.cli.lazy import LazyGroup


def leaves(command, path=()):
    """Every command that does something, with the words that call it."""
    if isinstance(command, LazyGroup):
        for name in command.table:
            yield from leaves(command.get_command(None, name), (*path, name))
        return
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from leaves(each, (*path, name))


ALL = dict(leaves(app))


@pytest.mark.parametrize("name", app.table)
def test_every_entry_of_the_table_is_a_command(name):
    module, _, attribute = app.table[name].target.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, click.Command)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_says_what_it_does_and_gives_an_example(path):
    command = ALL[path]
    context = click.Context(command, info_name=" ".join(("smmetrics", *path)))
    shown = command.get_help(context)
    assert command.help
    example = shown.partition("Example")[2]
    assert "smmetrics " in example
    assert path[0] in example


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_takes_the_options_that_all_take(path):
    names = [parameter.name for parameter in ALL[path].params]
    assert {"workspace", "no_plugins", "debug"} <= set(names)
    assert len(names) == len(set(names))


def test_the_table_names_what_there_is():
    spoken = "init review coverage import imports quarantine table measure export metrics explain formula report lab plugins demo strategy next channels baseline decisions decide promises sniff forms map forget doctor vacuum schema privacy sql"
    assert sorted(app.table) == sorted(spoken.split())
    assert {
        ("imports", "undo"),
        ("formula", "check"),
        ("formula", "try"),
        ("plugins", "list"),
        ("plugins", "show"),
        ("plugins", "doctor"),
        ("plugins", "new"),
    } <= set(ALL)
