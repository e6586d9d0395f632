"""What is not in a reading, how much of it, and why: set aside, not reported, too young, not covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Constant, Op, Row, walk
from smmetrics.engine.lens import aggregate_of, leaves
from smmetrics.engine.measures import condition
from smmetrics.panels import words
from smmetrics.panels.telling import plural
from smmetrics.words import say
from smmetrics.workspace.explaining.working import UNTOLD, asked, root_of
from smmetrics.workspace.measuring import left_out_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.workspace.explaining.locating import Located

_DAY = 24
_MADE_OF_POSTS = frozenset({"posts", "threads", "acts", "ends", "cases"})
_OF_WAITS = frozenset({"self_reply", "time.negative", "time.too_coarse"})


def left_out(found: Located, files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One record a thing left out: ``what`` (a word of the closed list), ``count`` (None: not counted), ``why``."""
    return [
        {"what": what, "count": count, "why": why}
        for what, count, why in (*_files(files), *_platforms(found), *_rows(found), *_everywhere(found))
    ]


def _files(files: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int | None, str]]:
    for each in files:
        if each["quarantined"]:
            count = each["quarantined"]
            told = say("reading.left_out.set_aside", count=plural(count, "record"), file=each["file"])
            yield "set_aside", count, told


def _platforms(found: Located) -> Iterator[tuple[str, int | None, str]]:
    for part in words.parts(found.row["reason"]):
        if told := words.left_out(part):
            who, why = told
            yield "platform", None, say("reading.left_out.platform", who=who, why=words.why_words(why))


def _rows(found: Located) -> Iterator[tuple[str, int | None, str]]:
    """Rows and days of the period itself, counted now."""
    row = found.row
    share, n = row["reported_share"], row["n"]
    if share is not None and n is not None and 0 < share < 1:
        missing = round(n / share) - n
        if missing:
            yield (
                "not_reported",
                missing,
                say("reading.left_out.not_reported", count=f"{missing:,}", all=f"{n + missing:,}"),
            )
    if row["state"] in UNTOLD or row["period_start"] is None:
        return
    counted = found.again([asked(found, node, name) for name, node in _asked(found).items()])
    value = {name: each["value"] for name, each in counted.items()}
    if young := int(value.get("young") or 0):
        days = f"{found.request.maturity:g}"
        yield "immature", young, say("reading.left_out.immature", count=f"{young:,}", days=days)
    length = (row["period_end"] - row["period_start"]).days
    if value.get("days") is not None and (uncovered := length - int(value["days"])) > 0:
        yield "not_covered", uncovered, say("reading.left_out.not_covered", count=uncovered, all=length)


def _asked(found: Located) -> dict[str, Node]:
    """The days that are covered, and the rows that are too young to be compared."""
    first = aggregate_of(next(iter(leaves(root_of(found)))))
    everything = Aggregate("count", first.table)
    wanted: dict[str, Node] = {"days": Op("+", (Constant("period_days"), Op("*", (Const(0), everything))))}
    view = found.source.views[first.table]
    time = view.column(view.event_time or "")
    if time is not None and time.type == "instant" and found.request.maturity and not first.by:
        age = Row("hours", (Column(first.table, time.name), Constant("as_of")))
        young = Op("<", (age, Const(found.request.maturity * _DAY)))
        rows = condition(first)
        wanted["young"] = Aggregate("count", first.table, where=young if rows is None else Op("and", (rows, young)))
    return wanted


def _everywhere(found: Located) -> Iterator[tuple[str, int | None, str]]:
    """What counts nowhere, and, where the formula reads times of answers, what is in no wait; of all that came in."""
    root = root_of(found)
    if not {node.table for node in walk(root) if isinstance(node, Aggregate)} & _MADE_OF_POSTS:
        return
    waits = any(column.open for column in found.request.formula.known.values())
    for name, count in found.source.left_out().items():
        if count and (waits or name not in _OF_WAITS):
            told = say("reading.left_out.everywhere", count=f"{count:,}", what=left_out_words(name, count))
            yield name, count, told
