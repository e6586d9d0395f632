"""Sheets that people keep by hand: hours and meetings, with lines of their own that begin with #."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.promises.generated import cells
from tests.promises.generated.cells import BAD, Column
from tests.promises.generated.sheets import sheet

if TYPE_CHECKING:
    import random

    from tests.promises.generated.sheets import Sheet

TASKS = ("reply", "post", "listen", "meet", "plan")
KINDS = ("meeting", "call", "stand", "visit", "talk")
WAYS = ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d")


def effort(dice: random.Random) -> Sheet:
    """Hours of our own, in minutes."""
    columns = [
        Column(("day", "date"), "effort.day", cells.day_in(*WAYS)),
        Column(("person", "who"), "effort.person", _word("amira", "Ben C.")),
        Column(("task",), "effort.task", _chosen(TASKS)),
        Column(("minutes",), "effort.minutes", _amount(needed=True)),
        Column(("cost",), "effort.cost", _amount(needed=False)),
        Column(("note", "comment"), "effort.note", _note),
        Column(("goal",), "", lambda _: ("", None)),
    ]
    return sheet(dice, "offline.effort", "effort.csv", columns, delimiters=",,,\t", ends_open=True)


def events(dice: random.Random) -> Sheet:
    """Meetings: a date, with or without a time."""
    columns = [
        Column(("day", "at"), "", lambda _: ("", None)),
        Column(("kind",), "events.kind", _chosen(KINDS)),
        Column(("title",), "events.title", _note),
        Column(("minutes",), "events.minutes", _amount(needed=False)),
        Column(("invited",), "events.invited", _whole),
        Column(("came",), "events.came", _whole),
    ]
    made = sheet(dice, "offline.events", "events.csv", columns, delimiters=",,,\t", ends_open=True)
    for record, meant in zip(made.records, made.meant, strict=True):
        moment = cells.instant(dice)
        clocked = dice.random() < 0.6
        record[0] = f"{moment:%Y-%m-%d %H:%M}" if clocked else f"{moment:%Y-%m-%d}"
        if meant is not BAD:
            at = moment if clocked else datetime.combine(moment.date(), time(), moment.tzinfo)
            at -= timedelta(seconds=at.second, microseconds=at.microsecond)
            meant |= {"events.at": at.isoformat(), "events.day": moment.date().isoformat()}
            meant["events.precision"] = "instant" if clocked else "day"
    return made


def _word(*words: str) -> cells.Maker:
    def cell(dice: random.Random) -> cells.Made:
        said = dice.choice(words)
        return dice.choice([said, f" {said} "]), said

    return cell


def _chosen(words: tuple[str, ...]) -> cells.Maker:
    """A word of a list in any of its forms; rarely one that is not in it."""

    def cell(dice: random.Random) -> cells.Made:
        said = dice.choice(words)
        if dice.random() < 0.02:
            return "something else", BAD
        return dice.choice([(said, said), (said.upper(), said), (said.title(), said), ("", None)])

    return cell


def _amount(*, needed: bool) -> cells.Maker:
    """A number that is not below nothing."""

    def cell(dice: random.Random) -> cells.Made:
        value = Decimal(dice.randrange(10**5)).scaleb(-dice.choice([0, 0, 1, 2]))
        if dice.random() < 0.02:
            return dice.choice(["many", "-3", "1e5", "inf", "1,5x"]), BAD
        return ("", BAD if needed else None) if dice.random() < 0.05 else (f"{value:f}", float(value))

    return cell


def _whole(dice: random.Random) -> cells.Made:
    value = dice.randrange(500)
    if dice.random() < 0.02:
        return dice.choice(["some", "1.5", "-1"]), BAD
    return dice.choice([(str(value), value), (f"{value}.0", value), ("", None)])


def _note(dice: random.Random) -> cells.Made:
    said = cells.text(dice)[0]
    return said, said.strip() or None
