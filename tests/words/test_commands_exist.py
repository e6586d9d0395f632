"""Every command that a sentence or a page tells people to type exists, with the options it is given."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

import smmetrics
from smmetrics.cli.app import app

HOUSE = Path(smmetrics.__file__).parent
ROOT = HOUSE.parent
TYPED = re.compile(r"(?:^[ >$]*|[`\"'(]|: )smmetrics ((?:-w \S+ )?[a-z][^`\n\"#|]*)", re.MULTILINE)
PROSE = frozenset({"answers", "as", "project's", "imports;", "wrote"})
"""Words behind the name that begin no command but go on with a sentence."""
PAGES = [
    *(HOUSE / "words" / "en").glob("*.toml"),
    *HOUSE.rglob("*.py"),
    ROOT / "README.md",
    *(ROOT / "docs").glob("*.md"),
]


def _commands() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in PAGES:
        if path.suffix == ".md" and not path.is_file():
            continue
        for typed in TYPED.findall(path.read_text(encoding="utf-8")):
            if typed.split()[0] not in PROSE:
                found.setdefault(typed.strip(), str(path.relative_to(ROOT)))
    return found


def _resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    command: click.Command = app
    context = click.Context(app)
    while words and isinstance(command, click.Group):
        inner = command.get_command(context, words[0])
        if inner is None:
            break
        command, words = inner, words[1:]
    return command, words


def _named(command: click.Command) -> set[str]:
    return {name for option in command.params for name in (*option.opts, *option.secondary_opts)} | {"--help"}


@pytest.mark.parametrize("typed", sorted(_commands()))
def test_what_people_are_told_to_type_exists(typed: str) -> None:
    try:
        words = shlex.split(typed)
    except ValueError:  # a sentence that only goes on behind the name
        words = typed.split()
    if words[:1] == ["-w"]:
        words = words[2:]
    command, rest = _resolved(words)

    assert command is not app, f"{_commands()[typed]}: there is no command {words[0]!r}"
    options = [word.partition("=")[0] for word in rest if re.fullmatch(r"--[a-z][a-z-]*(=.*)?", word)]
    assert set(options) <= _named(command) | _named(app), f"{_commands()[typed]}: {command.name}"
