"""Commands in a sentence, as they have to be typed here: with ``-w`` where the folder was said with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import KEY
from smmetrics.words.commands import in_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def here(text: str, said: Mapping[str, Any] | None = None) -> str:
    """The text, each command of ours in it as it has to be typed by somebody who typed this one.

    ``said``: what the options said, where no command runs any more.
    """
    folder: Path | None = (_said() if said is None else said.get(KEY, {})).get("workspace")
    return in_folder(text, folder) if folder else text


def _said() -> Mapping[str, Any]:
    context = click.get_current_context(silent=True)
    return context.meta.get(KEY, {}) if context else {}
