"""`smmetrics promises`: whether you keep what you promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.amounts import counted, interval, told
from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, printable
from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.workspace.promises import Kept


@click.command(
    name="promises",
    short_help="Say which promises are kept.",
    epilog=examples("smmetrics -w acme promises", "smmetrics -w acme promises --json"),
)
@json_option
def command(*, as_json: bool) -> int:
    """Hold every promise of strategy.toml against its number: kept, not kept, or why nobody can say."""
    from smmetrics.workspace.promises import promises

    found = promises(open_here())
    if as_json:
        print_json([_record(each) for each in found])
    elif not found:
        click.echo(say("start.promises.nothing"))
    else:
        for each in found:
            _say(each)
    return 0


def _say(kept: Kept) -> None:
    click.echo(printable(say("start.promises.promise", text=kept.promise.text, audience=kept.audience)))
    click.echo(printable(say(f"start.promises.states.{kept.state}", number=_number(kept), reason=_reason(kept))))


def _number(kept: Kept) -> str:
    """The number with what stands behind it: 96 % (203 of 212, 92 % to 98 %), 6 Jul to 30 Aug 2026."""
    number = kept.number
    if number is None or number.value is None:
        return ""
    behind = ", ".join(part for part in (counted(number), interval(number)) if part)
    wanted = kept.promise.value.text if kept.promise.value else ""
    about = {"value": told(number.value, number.unit), "behind": behind, "since": kept.since, "until": kept.until}
    return say(f"start.promises.number.{'promised' if wanted else 'alone'}", wanted=wanted, **about)


def _reason(kept: Kept) -> str:
    from smmetrics.panels.words import reason_words

    return reason_words(kept.reason).rstrip(".") if kept.number is not None else kept.reason


def _record(kept: Kept) -> dict[str, object]:
    number = kept.number
    return {
        "audience": kept.audience,
        "promise": kept.promise.text,
        "metric": kept.promise.metric,
        "promised": kept.promise.value.text if kept.promise.value else "",
        "state": kept.state,
        "value": number.value if number else None,
        "low": number.low if number else None,
        "high": number.high if number else None,
        "numerator": number.n if number else 0,
        "denominator": number.of if number else 0,
        "since": kept.since,
        "until": kept.until,
        "reason": kept.reason,
    }
