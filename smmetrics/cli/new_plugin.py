"""`smmetrics plugins new`: a small plugin that is complete, to be changed into one's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smmetrics.api.checks import NAME
from smmetrics.api.errors import UserMistake
from smmetrics.cli.options import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = "plugin_template"
PLACES: Mapping[str, str] = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "hooks.py.txt": "src/smmetrics_NAME/__init__.py",
    "samples.py.txt": "src/smmetrics_NAME/samples.py",
    "test_promises.py.txt": "tests/test_promises.py",
}
"""Where each part of the template goes."""


@click.command(
    "new", epilog=examples("smmetrics plugins new tulip", "smmetrics plugins new tulip --title 'Tulip Social'")
)
@click.argument("name")
@click.option("--title", help="What people call it; else NAME with a capital.")
@click.option(
    "--into", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="The folder; else smmetrics-NAME."
)
def new(*, name: str, title: str | None, into: Path | None) -> None:
    """Write a small plugin for the platform NAME: a source, a metric, made-up files, and tests that hold it to them.

    It keeps its promises as it is. Change what its files look like, and they say what is no longer so.
    """
    called = title or name.replace("_", " ").capitalize()
    _check(name, called)
    folder = into or Path(f"smmetrics-{name.replace('_', '-')}")
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is there already."
        raise UserMistake(message, hint="Say another folder with --into.", code="folder.taken")
    for part, place in PLACES.items():
        file = folder / place.replace("NAME", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = files("smmetrics.cli").joinpath(TEMPLATE, part).read_text(encoding="utf-8")
        file.write_text(text.replace("TITLE", called).replace("NAME", name), encoding="utf-8")
        click.echo(str(file))
    click.echo(f"\nInstall it:   uv pip install --python .venv/bin/python --no-deps -e {folder}")
    click.echo(f"Hold it to its promises, the first time:   SMMETRICS_PIN=1 python -m pytest {folder}")


def _check(name: str, title: str) -> None:
    """Refuse what could be no plugin. Raises `UserMistake`."""
    if not NAME.fullmatch(name):
        message = f"{name!r} is no name of a plugin."
        hint = "Use small letters, digits and underscores, such as tulip or tulip_social."
        raise UserMistake(message, hint=hint, code="plugin.name")
    if not title.strip() or not title.isprintable() or set(title) & set('"\\'):
        message = f"{title!r} is no title."
        raise UserMistake(message, hint="Use letters and spaces.", code="plugin.title")
