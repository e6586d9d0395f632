"""Coverage for people: a block for each question, a line for each number and channel, and how to get what would do."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import click

from smmetrics.cli.flow import Columns, hanging, room
from smmetrics.cli.output import cell as shown
from smmetrics.cli.output import printable
from smmetrics.contracts.binding import awaited, brings, likely
from smmetrics.contracts.changing import best
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.changing import Key
    from smmetrics.workspace import Workspace

WIDE = 120
"""From here on the table has its columns; below, each number has a paragraph."""
SHARES = (5, 2, 6, 4, 5)
FED = frozenset({"measurable", "partly"})
_COLUMN = re.compile(r"^[a-z_]+(?:\.[a-z_]+)?: (?=\S)")


def print_cells(cells: Sequence[Cell], catalogue: Catalogue, *, sources: bool = False) -> None:
    """Print every question with its numbers and channels, then how many there are and how to get files.

    ``sources``: each cell is one of several sources of its channel, and names it.
    """
    space = room()
    if sources:
        cells = [_of_source(cell) for cell in cells]
    groups = [list(group) for _, group in groupby(cells, key=lambda cell: (cell.goal, cell.question))]
    for line in (_table if space >= WIDE else _paragraphs)(groups, catalogue, space):
        click.echo(line)
    for line in (*_summary(cells, catalogue, space), *_fetching(cells, catalogue, space, sources=sources)):
        click.echo(line)


def print_none(workspace: Workspace, goal: str) -> None:
    """Say what to do where nothing is bound: no goals yet, no question, or no channel."""
    from smmetrics.cli.channels import print_suggestions
    from smmetrics.workspace.covering import questions

    strategy = workspace.need_strategy()
    asked = questions(workspace, (goal,) if goal else ())
    if not strategy.goals:
        if strategy.channels:
            click.echo(f"{say('review.S008.message')} {say('review.S008.hint')}")
        click.echo(say("next.coverage.no_goals"))
    elif not asked:
        click.echo(say("next.coverage.no_questions"))
    elif strategy.channels:
        click.echo(say("next.coverage.no_channel_serves", goal=printable(goal)))
        print_suggestions(workspace, goal)
    else:
        click.echo(say("next.coverage.no_channels"))
        print_suggestions(workspace, goal)


def status_words(cell: Cell, catalogue: Catalogue) -> str:
    """The status, and why it is not simply measurable. What is missing is named below the table, once for all."""
    from smmetrics.panels.words import inside

    word = say(f"next.status.{cell.status}")
    if awaited(cell, catalogue):
        lacks = "reader" if cell.metric in catalogue.metrics else "pack"
        return f"{word}: {say(f'next.coverage.its_{lacks}')}"
    if cell.status in FED and cell.came_in and not cell.have:
        word = say("next.coverage.otherwise", status=word)
    why = plain(cell)
    return f"{word}: {inside(why)}" if why else word


def plain(cell: Cell) -> str:
    """Why, without the name of the column it is about, and with facts called as people call them."""
    from smmetrics.panels.words import facts_named, reason_words

    if cell.reason == "plugin.missing":
        return cell.note
    note = cell.note or (reason_words(cell.reason) if cell.reason else "")
    return facts_named(_COLUMN.sub("", note)).rstrip(" .")


def titles(ids: Iterable[str], catalogue: Catalogue) -> str:
    """Sources by their titles; words stay as they are. Titles may hold commas, so they are joined by *and*."""
    return say("next.coverage.and").join(
        catalogue.sources[id_].title if id_ in catalogue.sources else id_ for id_ in ids
    )


def _table(groups: Sequence[Sequence[Cell]], catalogue: Catalogue, space: int) -> Iterator[str]:
    """A line for each number and channel, in columns that stand alike below all questions."""
    heads = [say(f"next.coverage.head_{name}") for name in ("metric", "channel", "status", "have", "would_do")]
    blocks = [(_head(group), list(_rows(group, catalogue))) for group in groups]
    table = Columns([heads, *(row for _, rows in blocks for row in rows)], space, indent="  ", shares=SHARES)
    yield from table.lines(heads)
    for head, rows in blocks:
        yield from hanging(head, space, then="  ")
        yield from table.lines(*rows)
        yield ""


def _rows(group: Sequence[Cell], catalogue: Catalogue) -> Iterator[list[str]]:
    last = ""
    for cell, elsewhere in _merged(group, catalogue):
        name = _metric(cell) if cell.metric != last else ""
        last = cell.metric
        have, ways = _have(cell, catalogue), _would_do(cell, catalogue, elsewhere=elsewhere)
        yield [name, cell.channel, status_words(cell, catalogue), have or "–", ways or "–"]


def _paragraphs(groups: Sequence[Sequence[Cell]], catalogue: Catalogue, space: int) -> Iterator[str]:
    """The same for narrow screens: the number, and under it a paragraph for each channel."""
    for group in groups:
        yield from hanging(_head(group), space, then="  ")
        last = ""
        for cell, elsewhere in _merged(group, catalogue):
            if cell.metric != last:
                yield from hanging(_metric(cell), space, first="  ", then="    ")
            last = cell.metric
            have, ways = _have(cell, catalogue), _would_do(cell, catalogue, elsewhere=elsewhere)
            said = f"{cell.channel}: {status_words(cell, catalogue)}"
            for name, text in (("have", have), ("would_do", ways)):
                if text:
                    said = f"{said.rstrip('.')}. {say(f'next.coverage.{name}', sources=text)}"
            yield from hanging(said, space, first="    ", then="      ")
        yield ""


def _of_source(cell: Cell) -> Cell:
    """A cell about one source: it is called by its id, and either you have it or not."""
    name = " · ".join(dict.fromkeys((cell.channel, cell.source)) if cell.source else (cell.channel,))
    name = cell.source if cell.source.startswith(f"{cell.channel}.") else name
    return replace(cell, channel=name, have=say("next.coverage.have_it") if cell.came_in else "", came_in=())


def _head(group: Sequence[Cell]) -> str:
    return f"{group[0].goal} · {group[0].question}"


def _merged(group: Sequence[Cell], catalogue: Catalogue) -> Iterator[tuple[Cell, bool]]:
    """Channels of which the same is to be said, together; and whether other places are worth naming.

    They are not where another channel of the question has the number already.
    """
    for _, same_metric in groupby(group, key=lambda cell: cell.metric):
        cells = list(same_metric)
        elsewhere = not any(cell.status in FED for cell in cells)
        alike: dict[tuple[object, ...], list[Cell]] = {}
        for cell in cells:
            lacking = () if cell.status in FED else cell.came_in
            key: tuple[object, ...] = (
                cell.status,
                cell.reason,
                cell.note,
                cell.source,
                cell.have,
                lacking,
                cell.would_do,
            )
            if awaited(cell, catalogue):
                key = (cell.status,)
            alike.setdefault(key, []).append(cell)
        for same in alike.values():
            yield replace(same[0], channel=", ".join(each.channel for each in same)), elsewhere


def _metric(cell: Cell) -> str:
    return f"{cell.metric} {say('next.coverage.beside')}" if cell.role == "guard" else cell.metric


def _have(cell: Cell, catalogue: Catalogue) -> str:
    """What came in: the files that feed it, or those that do not."""
    if cell.have:
        return titles(cell.have.split(", "), catalogue)
    if not cell.came_in or cell.status == "unknown":
        return ""
    if len(cell.came_in) > 1:
        return say("next.coverage.none_enough", count=len(cell.came_in))
    return say("next.coverage.not_enough", source=titles(cell.came_in, catalogue))


def _would_do(cell: Cell, catalogue: Catalogue, *, elsewhere: bool) -> str:
    """What to get: files of this channel, what its sources say, and files of other places apart."""
    known = catalogue.sources
    here = [way for way in cell.would_do if way not in known or known[way].platform == cell.platform]
    there = [way for way in cell.would_do if way not in here]
    said = [titles((way,), catalogue) for way in here]
    if there and elsewhere and cell.status != "unknown":
        said.append(say("next.coverage.elsewhere", sources=titles(there, catalogue)))
    return "; ".join(text.rstrip(".") for text in said)


def _summary(cells: Sequence[Cell], catalogue: Catalogue, space: int) -> Iterator[str]:
    """How many numbers there are, how many of them some channel can show, and what is to be installed for others."""
    found = list(best(cells).values())
    counts = [(status, sum(cell.status == status for cell in found)) for status in _STATUSES]
    said = ", ".join(f"{count} {say(f'next.status.{status}')}" for status, count in counts if count)
    line = say("next.coverage.summary", count=len(found), counts=said)
    here = {(cell.goal, cell.question, cell.metric) for cell in cells if cell.status in FED and cell.have}
    if any(cell.came_in or cell.have for cell in cells):
        line = f"{line} {say('next.coverage.summary_now', count=len(here))}"
    yield from hanging(line, space, then="  ")
    waiting: dict[str, set[Key]] = {}
    for cell in cells:
        if name := awaited(cell, catalogue):
            waiting.setdefault(name, set()).add((cell.goal, cell.question, cell.metric))
    for name, numbers in waiting.items():
        line = say("next.coverage.waiting", name=name, brings=brings(likely(name)), count=len(numbers))
        yield from hanging(line, space, then="  ")


_STATUSES = ("measurable", "partly", "not_measurable", "not_permitted", "unknown")


def _fetching(cells: Sequence[Cell], catalogue: Catalogue, space: int, *, sources: bool) -> Iterator[str]:
    """How to get each source that would do and is not there yet, said once."""
    able = {(cell.goal, cell.question, cell.metric) for cell in cells if cell.status in FED}
    ways = dict.fromkeys(way for cell in cells for way in cell.would_do if _worth(way, cell, able, catalogue))
    ways |= dict.fromkeys(cell.source for cell in cells if sources and cell.source in catalogue.sources)
    if not ways:
        return
    yield ""
    yield say("next.coverage.fetching")
    for way in ways:
        yield from hanging(how(way, catalogue), space, first="  ", then="    ")


def _worth(way: str, cell: Cell, able: Container[Key], catalogue: Catalogue) -> bool:
    """Whether this is a file to get: of the channel itself, or of another place where no channel has the number."""
    source = catalogue.sources.get(way)
    fed = (cell.goal, cell.question, cell.metric) in able
    return source is not None and (source.platform == cell.platform or not (fed or cell.status == "unknown"))


def how(id_: str, catalogue: Catalogue) -> str:
    """How to get the files of a source, and what that takes."""
    source = catalogue.sources[id_]
    minutes = say("next.step.minutes", minutes=shown(source.minutes)) if source.minutes else ""
    takes = " ".join(part for part in (source.takes, f"({minutes})" if minutes else "") if part)
    return say("next.coverage.how", title=source.title, kind=id_, how=source.how_to_get, takes=takes)
