"""`smmetrics init`: begin a workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import examples, json_option, open_or_new
from smmetrics.cli.output import print_json, printable, show, to_json
from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.strategy import Answers, Strategy
    from smmetrics.strategy.model import Person
    from smmetrics.workspace.templates import Within


@click.command(
    name="init",
    short_help="Begin a folder: a strategy to fill in.",
    epilog=examples("smmetrics init acme", "smmetrics init acme --template care", "smmetrics init --templates"),
)
@click.argument("folder", metavar="DIR", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--template", metavar="NAME", help="A complete strategy to begin from, such as care.")
@click.option("--templates", is_flag=True, help="List the templates and do nothing else.")
@click.option("--timezone", metavar="ZONE", help="Where your days begin and end, such as Europe/Berlin.")
@json_option
def command(folder: Path | None, template: str | None, timezone: str | None, *, templates: bool, as_json: bool) -> int:
    """Begin in DIR: a commented strategy.toml, and folders for what comes in and goes out.

    On a terminal, without --template, a few questions are asked, and the answers stand in the file.
    """
    if templates:
        _list(as_json=as_json)
        return 0
    if folder is None:
        raise click.UsageError(say("start.init.no_folder"))
    from smmetrics.workspace import init

    there = _somebody_is_there() and not as_json
    asked = there and template is None
    if asked:
        click.echo(say("start.init.ask_intro"))
    zone = timezone or (_ask_zone() if there else "UTC")
    answers = _ask() if asked else None
    workspace = init(folder, zone=zone, template=template or "blank", answers=answers)
    if as_json:
        click.echo(to_json({"workspace": workspace.root, "template": template or "blank", "timezone": zone}))
        return 0
    root = printable(str(workspace.root))
    click.echo(say("start.init.made", root=root, template=template or "blank"))
    click.echo(say("start.init.zone" if timezone or there else "start.init.zone_unasked", zone=zone))
    if answers and answers.people:
        click.echo(say("start.init.people", people=_people_read(workspace.need_strategy())))
    if template or not there:
        click.echo(say("start.init.examples" if template else "start.init.unasked"))
    _say_next(root)
    return 0


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _list(*, as_json: bool) -> None:
    from smmetrics.strategy.templates import BLANK, summaries
    from smmetrics.workspace.templates import within

    installed, lines = open_or_new().installed, summaries()
    found = {name: within(name, installed) for name in lines if name != BLANK}
    if as_json:
        print_json([{"template": name, "for": line, **_counted(found.get(name))} for name, line in lines.items()])
        return
    show([{"template": name, "measurable here": _said(found.get(name)), "for": line} for name, line in lines.items()])
    if any(each.kinds for each in found.values()):
        click.echo(say("start.init.plus"))


def _counted(found: Within | None) -> dict[str, object]:
    if found is None:
        return {"measurable": None, "numbers": None, "kinds_not_installed": []}
    return {"measurable": found.shown, "numbers": found.asked, "kinds_not_installed": list(found.kinds)}


def _said(found: Within | None) -> str:
    if found is None:
        return ""
    return say(f"start.init.{'more' if found.kinds else 'of'}", shown=found.shown, asked=found.asked)


def _say_next(root: str) -> None:
    typed = quote(root)
    click.echo(say("start.init.next"))
    click.echo(say("start.init.step_open", file=str(Path(root) / "strategy.toml")))
    click.echo(say("start.init.step_next", root=typed))
    click.echo(say("start.init.step_review", root=typed))
    click.echo(say("start.init.step_import", root=typed, inbox=str(Path(root) / "inbox")))


def _ask() -> Answers:
    """Ask what a strategy begins with; every question may be left open."""
    from smmetrics.strategy import Answers
    from smmetrics.strategy.begin import ACTIVITIES

    return Answers(
        who=_line(say("start.init.ask_who")),
        better=_line(say("start.init.ask_better")),
        people=click.prompt(say("start.init.ask_people"), default="", show_default=False, value_proc=_people),
        does=click.prompt(say("start.init.ask_does"), default="both", type=click.Choice(list(ACTIVITIES))),
    )


def _line(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False)).strip()


def _people(said: str) -> tuple[tuple[str, float | None], ...]:
    from smmetrics.strategy import read_people

    try:
        return read_people(said)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _people_read(strategy: Strategy) -> str:
    """Whom the file has now, and with how many hours: where an answer was taken wrongly, it shows."""
    return ", ".join(
        say(f"start.init.{'person' if person.hours_per_week else 'person_open'}", name=name, hours=_plain(person))
        for name, person in strategy.people.items()
    )


def _plain(person: Person) -> str:
    return f"{person.hours_per_week:g}" if person.hours_per_week else ""


def _ask_zone() -> str:
    """The computer's zone, where a person can see and object."""
    return str(click.prompt(say("start.init.ask_zone"), default=_computer_zone(), value_proc=_zone))


def _zone(said: str) -> str:
    """A zone that there is: said at once, before other answers are given that would be lost with it."""
    from smmetrics.strategy.values import NotAllowed, known_zone

    try:
        return known_zone(said.strip())
    except NotAllowed as error:
        told = f"{error} {error.hint}"
        raise click.UsageError(told) from error


def _computer_zone() -> str:
    """The computer's zone as a name of the zone database, else UTC."""
    target = Path("/etc/localtime")
    parts = target.resolve().parts if target.is_symlink() else ()
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"
