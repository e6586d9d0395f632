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
        wide = max(len(row["title"]) for row in record["sources"])
        for row in record["sources"]:
            partly = say("explain.goal_type.partly", partly=row["partly"]) if row["partly"] else ""
            yield f"  {row['title']:<{wide}}  {row['can']}{partly}"
    yield ""
    if record["goals"]:
        yield say("explain.goal_type.used", goals=", ".join(record["goals"]))
    yield say("explain.goal_type.how")
    yield f"  [goals.{record['goal_type'].partition('.')[2].replace('_', '-')}]"
    yield f'  type = "{record["goal_type"]}"'
    yield say("explain.goal_type.defined", pack=record["pack"])


def numbers(question: Mapping[str, Any]) -> Iterator[str]:
    """The numbers of a question: those that answer it first, then those to watch beside them."""
    wide = _width((*question["first"], *question["beside"]))
    for part in ("first", "beside"):
        for each in question[part]:
            title = each["title"] or say("explain.goal.unknown_metric")
            yield f"  {say(f'explain.goal.{part}'):<8}{title:<{wide}}  {each['metric']}"
            if each.get("detail"):
                yield indented(each["detail"], 10)


def _width(rows: Sequence[Mapping[str, Any]]) -> int:
    return max((len(each["title"]) for each in rows), default=0)
