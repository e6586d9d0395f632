"""`smmetrics plugins new`: a small plugin that is complete, to be changed into one's own."""

from __future__ import annotations

import shlex
import sys
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smmetrics.api.checks import NAME
from smmetrics.api.errors import UserMistake
from smmetrics.cli.options import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = "plugin_template"
SHARED = "pyproject.toml"
"""The part that plugins of all kinds have."""
PLACES: Mapping[str, str] = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "hooks.py": "src/smmetrics_NAME/__init__.py",
    "test_promises.py": "tests/test_promises.py",
}
"""Where a part goes that is no module of the plugin by its own name."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "adapter": ("README.md", "hooks.py", "samples.py", "test_promises.py"),
    "kpis": ("README.md", "hooks.py", "test_promises.py"),
    "panel": ("README.md", "hooks.py", "panels.py", "test_promises.py"),
    "exporter": ("README.md", "hooks.py", "writing.py", "test_promises.py"),
}
"""The parts of each kind of plugin."""


@click.command(
    "new",
    epilog=examples(
        "smmetrics plugins new tulip",
        "smmetrics plugins new tulip --title 'Tulip Social'",
        "smmetrics plugins new kindness --kind kpis",
    ),
)
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(tuple(KINDS)),
    default="adapter",
    help="adapter: reads a platform's files (if you say nothing); kpis: metrics and a kind of goal; panel: something "
    "to see under each goal; exporter: a file format for readings.",
)
@click.option("--title", help="What people call it; else NAME with a capital.")
@click.option(
    "--into", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="The folder; else smmetrics-NAME."
)
def new(*, name: str, kind: str, title: str | None, into: Path | None) -> None:
    """Write a small plugin called NAME that is complete: what it is about, a README, and tests that hold it to both.

    It keeps its promises as it is. Change it into your own, and they say what is no longer so.
    """
    called = title or name.replace("_", " ").capitalize()
    _check(name, called)
    folder = into or Path(f"smmetrics-{name.replace('_', '-')}")
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is there already."
        raise UserMistake(message, hint="Say another folder with --into.", code="folder.taken")
    for part in (SHARED, *KINDS[kind]):
        file = folder / PLACES.get(part, f"src/smmetrics_NAME/{part}").replace("NAME", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        place = (f"{part}.txt",) if part == SHARED else (kind, f"{part}.txt")
        text = files("smmetrics.cli").joinpath(TEMPLATE, *place).read_text(encoding="utf-8")
        file.write_text(text.replace("TITLE", called).replace("NAME", name), encoding="utf-8")
        click.echo(str(file))
    click.echo(f"\nInstall it:   {_install(folder)}")
    click.echo(
        f"Hold it to its promises, the first time:   SMMETRICS_PIN=1 python -m pytest {shlex.quote(str(folder))}"
    )


def _install(folder: Path) -> str:
    """How to put a plugin beside this smmetrics; without the network where what builds it is here already."""
    beside = Path(sys.prefix).parent / ".tools" / "bin" / "uv"
    uv = shlex.quote(str(beside)) if beside.is_file() else "uv"
    alone = " --no-build-isolation" if find_spec("hatchling") else ""
    return f"{uv} pip install --python {shlex.quote(sys.executable)} --no-deps{alone} -e {shlex.quote(str(folder))}"


def _check(name: str, title: str) -> None:
    """Refuse what could be no plugin. Raises `UserMistake`."""
    if not NAME.fullmatch(name):
        message = f"{name!r} is no name of a plugin."
        hint = "Use small letters, digits and underscores, such as tulip or tulip_social."
        raise UserMistake(message, hint=hint, code="plugin.name")
    if not title.strip() or not title.isprintable() or set(title) & set('"\\'):
        message = f"{title!r} is no title."
        raise UserMistake(message, hint="Use letters and spaces.", code="plugin.title")
