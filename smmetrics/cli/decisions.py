"""`smmetrics decisions` and `decide`: rules that came true, what was decided, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.amounts import in_full, told, why
from smmetrics.cli.flow import hanging, room
from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_here, read_day
from smmetrics.cli.output import print_json, to_json
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from smmetrics.strategy.facts import Number, Period
    from smmetrics.strategy.goal import Decision
    from smmetrics.workspace import Workspace
    from smmetrics.workspace.decisions import Rule


@click.command(
    name="decisions",
    short_help="List what you said you would do, and what came of it.",
    epilog=examples("smmetrics -w acme decisions", "smmetrics -w acme decisions answer-people --json"),
)
@click.argument("goal", required=False, default="")
@json_option
def command(goal: str, *, as_json: bool) -> int:
    """List the rules of a goal, or of all: whether they came true, what was decided, what the number did since."""
    from smmetrics.workspace.decisions import decisions

    workspace = open_here()
    found = decisions(workspace, (goal,) if goal else ())
    if as_json:
        print_json([_record(each) for each in found])
    elif not found:
        click.echo(say("start.decisions.nothing"))
    else:
        for each in found:
            _say(each, _titles(workspace))
    return 0


@click.command(
    name="decide",
    short_help="Write down what was decided, and what came of it.",
    epilog=examples(
        'smmetrics -w acme decide answer-people "evening shift from 1 December"',
        'smmetrics -w acme decide answer-people --outcome "half the waits are gone"',
    ),
)
@click.argument("goal")
@click.argument("text", required=False, default="")
@click.option("--rule", type=int, metavar="NUMBER", help="Which rule of the goal, where it has several.")
@click.option("--on", callback=read_day, metavar="DAY", help="When it was decided; else today.")
@click.option("--outcome", default="", metavar="TEXT", help="What came of it.")
@json_option
def decide(goal: str, text: str, *, rule: int | None, on: date | None, outcome: str, as_json: bool) -> int:
    """Write TEXT into strategy.toml as what was decided for GOAL. The next reviews show what the number did since."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from smmetrics.workspace.decisions import decide as write_down

    if not text.strip() and not outcome.strip():
        raise click.UsageError(say("start.decisions.say_what"))
    workspace = open_here()
    today = datetime.now(UTC).astimezone(ZoneInfo(workspace.scope.zone)).date()
    found = write_down(workspace, goal, rule=rule, text=text.strip(), on=on or today, outcome=outcome.strip())
    if as_json:
        click.echo(to_json(_record(found)))
    else:
        _say(found, _titles(workspace))
    return 0


def _titles(workspace: Workspace) -> Mapping[str, str]:
    return {id_: platform.title for id_, platform in workspace.catalogue.platforms.items()}


def _say(rule: Rule, titles: Mapping[str, str]) -> None:
    """One rule: what was said, whether it came true on which numbers, what was decided, what came of it."""
    decision = rule.decision
    head = say("start.decisions.rule", goal=rule.goal, place=rule.place, when=decision.when, lasting=_lasting(decision))
    for line in hanging(head, room(), then="  "):
        click.echo(line)
    for said in _lines(rule, titles):
        for line in hanging(here(said.strip()), room(), first="  ", then="    "):
            click.echo(line)


def _lines(rule: Rule, titles: Mapping[str, str]) -> Iterator[str]:
    decision = rule.decision
    yield say(f"start.decisions.states.{rule.state}", numbers=_numbers(rule), reason=_reason(rule, titles))
    yield say(f"start.decisions.wrote.{'who' if decision.who else 'then'}", then=decision.then, who=decision.who)
    if decision.decided_on or decision.decided:
        yield say("start.decisions.decided", on=_day(decision), text=decision.decided)
    elif rule.state == "true":
        yield say("goals.decisions.write_down", goal=rule.goal, rule=rule.place)
    if rule.since:
        before, after = (
            in_full(each.number) if each.number.value is not None else told(None, "") for each in rule.since
        )
        names = {"before_in": rule.since[0].name, "after_in": rule.since[1].name}
        yield say("start.decisions.since", before=before, after=after, **names)
        yield from _changed(*(each.number for each in rule.since))
    elif decision.decided_on and rule.periods:
        yield say("goals.decisions.no_period_yet")
    if decision.outcome:
        yield say("start.decisions.outcome", text=decision.outcome)
    if rule.before:
        yield say("start.decisions.over", on=_day(rule.before), text=rule.before.decided)


def _day(decision: Decision) -> str:
    from smmetrics.panels.spans import day_words

    return day_words(decision.decided_on) if decision.decided_on else "?"


def _changed(before: Number, after: Number) -> Iterator[str]:
    """Whether the two may be one number: their intervals meet. Nothing is said of what has no interval."""
    ends = (before.low, before.high, after.low, after.high)
    if None not in ends and before.low <= after.high and after.low <= before.high:  # type: ignore[operator]
        yield say("goals.decisions.may_be_chance")


def _lasting(decision: Decision) -> str:
    if decision.lasting is None:
        return ""
    count, unit = decision.lasting
    return say(f"start.decisions.span.{'one' if count == 1 else 'several'}", count=count, unit=unit)


def _numbers(rule: Rule) -> str:
    return ", ".join(
        say("start.decisions.number", value=in_full(each.number), period=each.name)
        for each in rule.periods
        if each.number.value is not None
    )


def _reason(rule: Rule, titles: Mapping[str, str]) -> str:
    missing = next((each.number.reason for each in rule.periods if each.number.value is None), "")
    return why(missing, titles) if missing else say("start.decisions.unknown_number")


def _record(rule: Rule) -> dict[str, object]:
    decision = rule.decision
    return {
        "goal": rule.goal,
        "rule": rule.place,
        "when": decision.when,
        "lasting": " ".join(map(str, decision.lasting)) if decision.lasting else "",
        "then": decision.then,
        "who": decision.who,
        "state": rule.state,
        "numbers": [_period(each) for each in rule.periods],
        "decided_on": decision.decided_on,
        "decided": decision.decided,
        "since": [_period(each) for each in rule.since],
        "outcome": decision.outcome,
    }


def _period(period: Period) -> dict[str, object]:
    number = period.number
    return {
        "period": period.name,
        "value": number.value,
        "low": number.low,
        "high": number.high,
        "reason": number.reason,
    }
