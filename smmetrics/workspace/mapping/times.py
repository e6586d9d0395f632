"""Times of a table that somebody maps: how its values write them, and which of its columns says when a row was."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.words import say
from smmetrics.workspace.mapping.values import only_midnight

if TYPE_CHECKING:
    from collections.abc import Mapping as Mappings

    from smmetrics.workspace.mapping.looking import Seen
    from smmetrics.workspace.mapping.record import Told
    from smmetrics.workspace.mapping.values import Nature

DATES: Mappings[str, tuple[str, ...]] = {
    "posts": ("posts.created_at", "posts.created_on"),
    "account_counts": ("account_counts.window_start",),
    "visits": ("visits.date",),
    "effort": ("effort.day",),
    "cases": ("cases.opened_at", "cases.day"),
    "ideas": ("ideas.captured_at", "ideas.day"),
    "findings": ("findings.noticed_at", "findings.day"),
    **{
        name: (f"{name}.at", f"{name}.day")
        for name in ("events", "outreach", "outcomes", "contacts", "ratings", "credits")
    },
}
"""Where the only date of a row goes, by the table: an instant, a day."""


def moment(nature: Nature, *, instant: bool) -> tuple[str, str]:
    """A way of writing dates that fits all values: none where two do and mean different days."""
    if not nature.values:
        return "", ""
    clocks = nature.clocks
    found = clocks if instant and clocks else (*nature.dates, *nature.months, *clocks)
    if not found:
        return "", say("map.why.date") if not nature.numeric else ""
    if len({tuple(re.findall("%[dmby]", each.replace("%B", "%b")))[:2] for each in found if "%d" in each}) > 1:
        return "", say("map.why.date_order")
    word = "instant" if instant and clocks and not only_midnight(nature.values) else "date"
    return f"{word} {found[0]}", ""


def day_or_clock(to: str, parse: str) -> str:
    """The fact that a time goes to: its table's instant if it is written with one, its day if with a day alone."""
    instant, *day = DATES.get(to.partition(".")[0], ("",))
    if not day or to not in {instant, *day}:
        return to
    return instant if parse.startswith("instant ") else day[0] if parse.startswith("date ") else to


def dated(told: list[Told], seen: Seen, table: str) -> tuple[Told, ...]:
    """The only column of dates goes to the table's own time, whatever it is called."""
    targets = DATES.get(table, ())
    held = any(each.to in targets for each in told)
    places = dict(zip(seen.header, seen.natures, strict=True))
    result = []
    for each in told:
        nature = places[each.header]
        if targets and not held and not each.to and nature.dated and not nature.numeric:
            clock = bool(nature.clocks) and not only_midnight(nature.values) and len(targets) > 1
            to = targets[0] if clock else targets[-1]
            parse, why = moment(nature, instant=clock)
            each = replace(each, to=to, parse=parse, why=why, required=table != "posts")  # noqa: PLW2901
            held = True
        elif len(targets) > 1 and each.to == targets[-1] and nature.clocks and not only_midnight(nature.values):
            parse, why = moment(nature, instant=True)
            each = replace(each, to=targets[0], parse=parse, why=why)  # noqa: PLW2901
        elif each.to in targets:
            each = replace(each, to=day_or_clock(each.to, each.parse))  # noqa: PLW2901
        result.append(each)
    return tuple(result)
