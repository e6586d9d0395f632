"""`smmetrics sniff`: what a file is, and what would read it."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.intake.looking import Likeness, Look

SHOWN, NEAREST = 6, 3
MAPPED = frozenset({"csv", "json"})
"""Forms that a mapping can read."""
OR, ALIKE = " or ", 3
SIGNS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@click.command(
    name="sniff",
    short_help="Say what a file is and what would read it; keep nothing.",
    epilog=examples("smmetrics sniff ~/Downloads/export.csv", "smmetrics sniff archive.zip --json"),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--as", "as_", metavar="KIND", default="", help="Would it be read as this kind, such as PLATFORM.KIND?")
@json_option
def command(paths: tuple[Path, ...], *, as_: str, as_json: bool) -> int:
    """Look at files and folders: form, encoding and columns, which kind each is, and how far it is from the nearest.

    Of an archive or a workbook every file and sheet is looked at. No folder is needed, and nothing is kept. Exit 4:
    there is a file that `import` would refuse.
    """
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.output import print_json, printable
    from smmetrics.intake import files_below, look

    _, catalogue, _ = catalogue_here()
    sources = tuple(catalogue.sources.values())
    found = [look(path, sources, as_=as_, strangers=catalogue.strangers) for path in files_below(paths)]
    if as_json:
        print_json([each.record() for parts in found for each in parts])
    else:
        for line in (line for parts in found for line in _lines(parts)):
            click.echo(printable(line))
    return 4 if any(not any(each.kind for each in parts) for parts in found) else 0


def _lines(parts: Sequence[Look]) -> Iterator[str]:
    from smmetrics.words import say

    for each in parts:
        name = Path(each.file).name + (f": {each.part}" if each.part else "")
        form = ", ".join(filter(None, (_form(each), _encoding(each.encoding))))
        yield f"{name}" + (f" ({form})" if form else "")
        if each.names:
            yield f"  {_some(each.names)}"
        if each.kind:
            title = next((kind.title for kind in each.kinds if kind.kind == each.kind), "")
            yield "  " + say("intake.sniff.read_as", kind=each.kind, title=title)
        else:
            yield f"  {each.reason}"
            if each.named or (not each.kinds and each.container not in MAPPED):
                yield f"  {each.hint}"
        others = [kind for kind in each.kinds if kind.kind != each.kind and not (each.kind and kind.missing)]
        for kind in others[:NEAREST]:
            yield f"  {_difference(kind)}"
        if not each.kind and not each.named and each.container in MAPPED:
            yield "  " + say("intake.sniff.map", file=_to_map(each))


def _to_map(each: Look) -> str:
    """The file as it was given, and the part of it, as a shell takes them."""
    return quote(each.file) + (f" --part {quote(each.part)}" if each.part else "")


def _encoding(name: str) -> str:
    from smmetrics.intake import western
    from smmetrics.words import say

    return say("files.western_is") if name == western.NAME else name.upper()


def _form(each: Look) -> str:
    from smmetrics.words import say

    if each.container == "csv" and each.divided_by:
        known = SIGNS.get(each.divided_by)
        return say("intake.sniff.table", sign=say(f"intake.sniff.sign.{known}") if known else each.divided_by)
    return say(f"intake.sniff.{each.container}") if each.container else ""


def _difference(kind: Likeness) -> str:
    from smmetrics.words import say

    parts = []
    if kind.missing:
        parts.append(say("intake.sniff.lacks", names=_some(kind.missing)))
    if kind.unexpected:
        parts.append(say("intake.sniff.has", names=_some(kind.unexpected)))
    what = " ".join(parts) or say("intake.sniff.fits_too")
    return say("intake.sniff.near", kind=kind.kind, title=kind.title, what=what)


def _some(names: Sequence[str]) -> str:
    more = f" … {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(map(_short, names[:SHOWN])) + more


def _short(name: str) -> str:
    """Of names that stand for one another, the first ones."""
    alike = name.split(OR)
    return name if len(alike) <= ALIKE else OR.join((*alike[:ALIKE], "…"))
