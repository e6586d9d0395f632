"""The page of a kind of goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.cli.explained.layout import indented, plain
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def lines(record: Mapping[str, Any]) -> Iterator[str]:
    """What it asks, what can be fed of it, and how to have it."""
    yield say("explain.goal_type.head", title=record["title"], id=record["goal_type"])
    kind = say("explain.goal_type.kind", does=", ".join(record["activities"]))
    uses = ", ".join(use.replace("_", " ") for use in record["uses"])
    yield kind + (say("explain.goal_type.for_use", uses=uses) if uses else "")
    for question in record["questions"]:
        yield ""
        yield plain(question["ask"])
        yield from numbers(question)
    if record["sources"]:
        yield ""
        yield say("explain.goal_type.feeds", numbers=record["sources"][0]["numbers"])
        yield from _feeds(record["sources"])
    yield ""
    if record["goals"]:
        yield say("explain.goal_type.used", goals=", ".join(record["goals"]))
    yield say("explain.goal_type.how")
    yield f"  [goals.{record['goal_type'].partition('.')[2].replace('_', '-')}]"
    yield f'  type = "{record["goal_type"]}"'
    yield say("explain.goal_type.defined", pack=record["pack"])


def _feeds(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Platforms that can feed some of the numbers, with how many; then those that can feed none."""
    able = [row for row in rows if row["can"] or row["partly"]]
    wide = max((len(row["title"]) for row in able), default=0)
    for row in able:
        partly = say("explain.goal_type.partly", partly=row["partly"]) if row["partly"] else ""
        yield f"  {row['title']:<{wide}}  {row['can']}{partly}"
    none = ", ".join(row["title"] for row in rows if row not in able)
    if none:
        yield indented(say("goals.explain.none", titles=none), 2)


def numbers(question: Mapping[str, Any]) -> Iterator[str]:
    """The numbers of a question: those that answer it first, then those to watch beside them."""
    wide = _width((*question["first"], *question["beside"]))
    for part in ("first", "beside"):
        for each in question[part]:
            title = each["title"] or say("explain.goal.unknown_metric")
            yield f"  {say(f'explain.goal.{part}'):<8}{title:<{wide}}  {each['metric']}"
            if each["not_computed"]:
                yield indented(say("goals.coverage.not_yet", why="; ".join(each["not_computed"])), 10)
            elif each.get("detail"):
                yield indented(each["detail"], 10)


def _width(rows: Sequence[Mapping[str, Any]]) -> int:
    return max((len(each["title"]) for each in rows), default=0)
