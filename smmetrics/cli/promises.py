"""`smmetrics promises`: whether you keep what you promise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from smmetrics.cli.amounts import behind, told, why
from smmetrics.cli.flow import hanging, room
from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    workspace = open_here()
    found = promises(workspace)
    if as_json:
        print_json([_record(each) for each in found])
    elif not found:
        click.echo(say("start.promises.nothing"))
    else:
        titles = {id_: platform.title for id_, platform in workspace.catalogue.platforms.items()}
        for each in found:
            _say(each, titles)
    return 0


def _say(kept: Kept, titles: Mapping[str, str]) -> None:
    head = say("start.promises.promise", text=kept.promise.text, audience=kept.audience)
    reason = why(kept.reason, titles) if kept.number is not None else kept.reason
    said = say(f"start.promises.states.{kept.state}", number=_number(kept), reason=reason)
    for line in (*hanging(head, room()), *hanging(said.strip(), room(), first="  ")):
        click.echo(line)


def _number(kept: Kept) -> str:
    """The number with what stands behind it: 96 % (203 of 212, 92 % to 98 %) from 6 July to 30 August 2026."""
    from smmetrics.panels.spans import span_words
    from smmetrics.panels.telling import aim_text

    number = kept.number
    if number is None or number.value is None:
        return ""
    wanted = aim_text(kept.promise.value.text) if kept.promise.value else ""
    days = span_words(kept.since, kept.until + timedelta(days=1)) if kept.until else ""
    about = {"value": told(number.value, number.unit), "behind": behind(number), "days": days}
    return say(f"goals.promise.{'promised' if wanted else 'alone'}", wanted=wanted, **about)


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
