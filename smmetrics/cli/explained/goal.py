"""The page of a goal of the strategy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from smmetrics.cli.explained.goal_type import numbers
from smmetrics.cli.explained.layout import indented, labelled, plain
from smmetrics.words import say, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_line = partial(labelled, section("explain.goal_label"))
_FEEDS = {"measurable", "partly"}
_COLUMNS = {"can": "measurable", "partly": "partly", "cannot": "not_measurable", "other": "unknown"}


def lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Why, for whom and by whom; the questions; what can be measured where; what is missing."""
    yield say("explain.goal.head", name=record["goal"], line=record["line"])
    yield _kind(record)
    yield ""
    yield from _aim(record)
    for question in record["questions"]:
        yield ""
        yield plain(question["ask"])
        yield from numbers(_detailed(question, record["targets"]))
    yield ""
    yield from _coverage(record)
    yield ""
    yield from _missing(record["missing"])


def _kind(record: Mapping[str, Any]) -> str:
    if not record["type"]:
        return say("explain.goal.no_type")
    if not record["type_title"]:
        return say("explain.goal.type_absent", id=record["type"])
    return say("explain.goal.of_type", title=record["type_title"], id=record["type"])


def _aim(record: Mapping[str, Any]) -> Iterator[str]:
    for key in ("why", "for_them", "part_of"):
        yield from _line(key, record[key])
    for each in record["audience"]:
        size = say("explain.goal.people_of", size=each["size"]) if each["size"] else ""
        yield from _line("audience", f"{each['name']}: {each['who']}" + (f" ({size})" if size else ""))
    yield from _line("people", _people(record))
    yield from _line("activities", ", ".join(record["activities"]))
    yield from _line("use", (record["use"] or "").replace("_", " "))
    voice = record["customer_voice"]
    if voice["may"]:
        yield from _line(
            "customer_voice", say("explain.goal.may", may=", ".join(voice["may"]), goes_to=voice["goes_to"] or "–")
        )
    yield from _line("consulted", ", ".join(record["consulted"]))
    every = record["review_every"]
    yield from _line("review_every", say("explain.goal.every", span=every) if every else "")
    for key in ("decision", "risk", "move_from"):
        yield from _line(key, record[key])


def _people(record: Mapping[str, Any]) -> str:
    told = []
    for each in record["people"]:
        hours = say("explain.goal.hours", hours=each["hours"]) if each["hours"] else ""
        told.append(", ".join(filter(None, (each["name"], each["role"], hours))))
    together = say("explain.goal.together", hours=record["hours"]) if record["hours"] and len(told) > 1 else ""
    return "; ".join(filter(None, (*told, together)))


def _detailed(question: Mapping[str, Any], targets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The question, each number with its aims and the channels that feed it."""
    parts = {}
    for part in ("first", "beside"):
        parts[part] = [{**each, "detail": _detail(each, targets)} for each in question[part]]
    return {**question, **parts}


def _detail(number: Mapping[str, Any], targets: Sequence[Mapping[str, Any]]) -> str:
    aims = [_target(target) for target in targets if target["metric"] == number["metric"]]
    fed = []
    for channel, status in number["channels"].items():
        if status in _FEEDS:
            fed.append(say("explain.goal.partly", channel=channel) if status == "partly" else channel)
    told = say("explain.goal.fed_by", channels=", ".join(fed)) if fed else say("explain.goal.fed_by_none")
    return "; ".join([*aims, *([told] if number["channels"] else [])])


def _target(target: Mapping[str, Any]) -> str:
    by = target["by"]
    aim = say("explain.goal.aim_by" if by else "explain.goal.aim", value=target["value"], by=by)
    if target["baseline"]:
        aim = say("explain.goal.aim_from", aim=aim, baseline=target["baseline"])
    if target["channel"]:
        aim = say("explain.goal.aim_on", aim=aim, channel=target["channel"])
    if target["with"]:
        given = ", ".join(f"{name} = {value}" for name, value in target["with"].items())
        aim = say("explain.goal.aim_with", aim=aim, given=given)
    return aim


def _coverage(record: Mapping[str, Any]) -> Iterator[str]:
    if not record["channels"]:
        yield plain(say("explain.goal.no_channel", name=record["goal"]))
        return
    yield say("explain.goal.answered", **record["answered"])
    heads = [say("explain.columns.channel"), *(say(f"explain.columns.{name}") for name in _COLUMNS)]
    wide = max(len(heads[0]), *(len(row["channel"]) for row in record["channels"]))
    yield f"  {heads[0]:<{wide}}  " + "  ".join(heads[1:])
    for row in record["channels"]:
        counts = (f"{row.get(key, 0):>{len(head)}}" for head, key in zip(heads[1:], _COLUMNS.values(), strict=True))
        yield f"  {row['channel']:<{wide}}  " + "  ".join(counts)
    yield say("explain.goal.see", name=record["goal"])


def _missing(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not findings:
        yield say("explain.goal.nothing_missing")
        return
    yield say("explain.goal.missing")
    for each in findings:
        level = section("levels.one")[each["level"]]
        said = f"{level} {each['code']}: {each['message']}"
        yield indented(say("goals.at_line", said=said, line=each["line"]), 2)
        if each["accepted"]:
            yield indented(say("explain.goal.accepted", why=each["accepted"]), 6)
        elif each["hint"]:
            yield indented(each["hint"], 6)
