"""Commands in a sentence, as they have to be typed here: with ``-w`` where the folder was said with it."""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PROGRAM = "smmetrics "
WITHOUT = frozenset({"init", "demo"})
"""Commands that make a folder and are told it otherwise."""


def here(text: str, said: Mapping[str, Any] | None = None) -> str:
    """The text, each command of ours in it as it has to be typed by somebody who typed this one.

    ``said``: what the options said, where no command runs any more.
    """
    folder: Path | None = (_said() if said is None else said.get(KEY, {})).get("workspace")
    if folder is None or PROGRAM not in text:
        return text
    return _ours().sub(lambda found: f"{PROGRAM}-w {quote(str(folder))} {found[1]}", text)


def _said() -> Mapping[str, Any]:
    context = click.get_current_context(silent=True)
    return context.meta.get(KEY, {}) if context else {}


def _ours() -> re.Pattern[str]:
    """Our name and one of our commands behind it; a sentence that begins with the name alone is none."""
    from smmetrics.cli.app import SECTIONS

    names = {name for section in SECTIONS.values() for name in section} - WITHOUT
    return re.compile(rf"\b{PROGRAM}({'|'.join(sorted(names, key=len, reverse=True))})\b")
