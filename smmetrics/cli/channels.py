"""`smmetrics channels`: which places could answer what the goals ask."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from smmetrics.cli.flow import Columns, hanging, room
from smmetrics.cli.here import here
from smmetrics.cli.lazy import Entry, LazyGroup
from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import cell as shown
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smmetrics.contracts.suggesting import Suggestion
    from smmetrics.workspace import Workspace

WIDE = 100
FEW = 6
"""So many kinds of file that answer nothing are named."""

command = LazyGroup(
    name="channels",
    sections={
        "Commands": {"suggest": Entry("smmetrics.cli.channels:suggest", "Which sources could answer the questions.")}
    },
    help="Places come last: see what each could answer, and what it takes, before you choose.",
    epilog=examples("smmetrics -w acme channels suggest", "smmetrics -w acme channels suggest answer-people"),
    no_args_is_help=True,
)


@click.command(
    "suggest", epilog=examples("smmetrics -w acme channels suggest", "smmetrics -w acme channels suggest GOAL --json")
)
@click.argument("goal", required=False, default="")
@json_option
def suggest(*, goal: str, as_json: bool) -> int:
    """Show for every known source how many of the goals' questions it could answer, and what getting it takes.

    Nothing is scored: where your people are is written in your own words, in audiences. Forms you fill in stand
    beside platforms.
    """
    workspace = open_here()
    if as_json:
        from smmetrics.cli.output import print_json
        from smmetrics.workspace.covering import suggestions

        print_json([asdict(one) for one in suggestions(workspace, goal)])
        return 0
    if not workspace.need_strategy().goals:
        click.echo(say("next.coverage.no_goals"))
        return 0
    print_suggestions(workspace, goal)
    return 0


def print_suggestions(workspace: Workspace, goal: str) -> None:
    """Print goal by goal which sources could answer its questions, then how to get them and where people are."""
    from smmetrics.contracts.suggesting import unknown_packs
    from smmetrics.workspace.covering import questions, suggestions

    strategy, space = workspace.need_strategy(), room()
    every: dict[str, Suggestion] = {}
    for name in (goal,) if goal else tuple(strategy.goals):
        found = suggestions(workspace, name)
        every |= {one.source: one for one in found}
        click.echo("")
        for line in (*_goal(name, found, space), *_where(workspace, name, space)):
            click.echo(line)
    asked = questions(workspace, (goal,) if goal else ())
    for line in _end(every.values(), unknown_packs(asked, workspace.catalogue), space):
        click.echo(line)


def _goal(name: str, found: Sequence[Suggestion], space: int) -> Iterator[str]:
    """The goal's sources, most answers first; those that answer none in one line."""
    asked = found[0].questions if found else 0
    yield from hanging(say("next.suggest.goal", goal=name, count=asked), space, then="  ")
    if not asked:
        yield from hanging(here(say("next.suggest.asks_nothing", goal=name)), space, first="  ", then="    ")
        return
    able = [one for one in found if one.answers]
    rows = [[_name(one), _count(one), _cost(one)] for one in able]
    if space >= WIDE and rows:
        heads = [say(f"next.suggest.head_{part}") for part in ("source", "answers", "takes")]
        yield from Columns([heads, *rows], space, indent="  ", shares=(3, 4, 4)).lines(heads, *rows)
    else:
        for source, count, cost in rows:
            yield from hanging(say("next.suggest.answers", source=source, count=count), space, first="  ", then="    ")
            yield from hanging(cost, space, first="    ", then="    ")
    none = [_name(one) for one in found if not one.answers]
    if none:
        said = "none" if len(none) <= FEW else "many"
        named = "; ".join(none[:FEW])
        text = say(f"next.suggest.{said}", sources=named, count=len(none) - FEW)
        yield from hanging(text, space, first="  ", then="    ")


def _name(one: Suggestion) -> str:
    """The source's title, after its platform's where it does not begin with it."""
    return one.title if one.title.casefold().startswith(one.platform.casefold()) else f"{one.platform}: {one.title}"


def _count(one: Suggestion) -> str:
    said = say("next.suggest.count", n=len(one.answers), of=one.questions)
    if one.partly:
        said += say("next.suggest.partly", n=len(one.partly))
    return said + (say("next.suggest.beside", titles=", ".join(one.beside)) if one.beside else "")


def _cost(one: Suggestion) -> str:
    minutes = say("next.step.minutes", minutes=shown(one.minutes)) if one.minutes else ""
    return " ".join(part for part in (one.takes, f"({minutes})" if minutes else "") if part)


def _where(workspace: Workspace, name: str, space: int) -> Iterator[str]:
    """Where the goal's audiences already are, in the strategy's own words."""
    strategy = workspace.need_strategy()
    for audience in strategy.goals[name].audience:
        known = strategy.audiences.get(audience)
        if known and known.where:
            said = say("next.suggest.where", audience=audience, where=known.where)
            yield from hanging(said, space, first="  ", then="    ")


def _end(found: Iterable[Suggestion], packs: Mapping[str, int], space: int) -> Iterator[str]:
    """How to get what answers something, and what nobody can judge because its pack is not installed."""
    from smmetrics.contracts.binding import brings

    able = [one for one in found if one.answers]
    if able:
        yield ""
        yield say("next.coverage.fetching")
        for one in able:
            yield from hanging(
                say("next.coverage.how", title=one.title, kind=one.source, how=one.how_to_get, takes=""),
                space,
                first="  ",
                then="    ",
            )
    if able:
        yield ""
        yield from hanging(here(say("next.suggest.write", platform=able[0].source.partition(".")[0])), space, then="  ")
    if packs:
        yield ""
    for distribution, count in packs.items():
        told = {"pack": distribution.removeprefix("smmetrics-"), "brings": brings(distribution)}
        yield from hanging(say("next.suggest.unknown", count=count, **told), space, then="  ")
