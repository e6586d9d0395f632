"""Is what people should know said: why, by when, for what reason at this place, and every question of the file?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.faults import dotted
from smmetrics.strategy.lookup import platform_id
from smmetrics.strategy.rules.ground import PLACEHOLDER, day_text, joined
from smmetrics.strategy.rules.numbers import targets_of
from smmetrics.strategy.rules.places import OFFLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.model import Channel
    from smmetrics.strategy.rules.ground import Ground

NAMED = 4
"""So many places are named; of more, the number is said."""


def days_that_are_over(ground: Ground) -> Iterator[Finding]:
    """S032: a target whose day is past."""
    for path, target in targets_of(ground.strategy):
        if target.by and target.by < ground.today:
            by = day_text(target.by)
            yield ground.find("S032", "warning", *path, "by", metric=target.metric, by=by, goal=path[1])


def no_reason_why(ground: Ground) -> Iterator[Finding]:
    """S033: a goal that does not say why it matters."""
    for name, goal in ground.strategy.goals.items():
        if not goal.why.strip():
            yield ground.find("S033", "warning", "goals", name, "why", goal=name)


def claims_without_proof(ground: Ground) -> Iterator[Finding]:
    """S073: a story claims something, and nothing is named that proves it."""
    for name, story in ground.strategy.stories.items():
        if story.claim.strip() and not story.proof.strip():
            yield ground.find("S073", "note", "stories", name, "claim", story=name, claim=story.claim.strip())


def places_without_a_reason(ground: Ground) -> Iterator[Finding]:
    """S034: a channel that does not say why, for which goal or under which name; a place left out without a reason."""
    for name, channel in ground.strategy.channels.items():
        missing = [key for key, lacks in _lacking(ground, channel).items() if lacks]
        if missing:
            about = {"channel": name, "missing": joined([f"`{key}`" for key in missing])}
            hint = " ".join(ground.tell("S034", key, channel=name) for key in missing)
            yield ground.find("S034", "note", "channels", name, missing[0], hint=hint, **about)
    for name, place in ground.strategy.not_using.items():
        if not any(reason.strip() for reason in place.because):
            path, hint = ("not_using", name, "because"), ground.tell("S034", "left_hint", place=name)
            yield ground.find("S034", "note", *path, said="left", hint=hint, place=name)


def _lacking(ground: Ground, channel: Channel) -> dict[str, bool]:
    """What a channel should say and does not. With one goal, it is clear which it serves; a sheet has no account."""
    by_hand = platform_id(ground.catalogue, channel.platform) == OFFLINE
    return {
        "because": not any(reason.strip() for reason in channel.because),
        "serves": not channel.serves and len(ground.strategy.goals) > 1,
        "account": not channel.account.strip() and channel.whose == "ours" and not by_hand,
    }


def questions_left_open(ground: Ground) -> Iterator[Finding]:
    """S035: quotes with nothing between them, where no other finding asks, or with a hint's dots; once for the file."""
    found = sorted({*_empty(ground), *_pasted(ground.strategy.raw, ())}, key=lambda path: ground.strategy.line(*path))
    if found:
        more = len(found) - NAMED
        places, said = [dotted(path) for path in found[:NAMED]], "several" if more > 0 else "message"
        named = ", ".join(places) if more > 0 else joined(places)
        finding = ground.find("S035", "note", *found[0], said=said, places=named, lines=ground.lines(found), more=more)
        yield ground.several(finding, found)


def _pasted(value: object, path: Path) -> Iterator[Path]:
    """Places where the dots of a hint stand as they were printed."""
    if isinstance(value, str) and value.strip() == PLACEHOLDER:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield from _pasted(each, (*path, key))


def _empty(ground: Ground) -> Iterator[Path]:
    """Places of texts that were left empty and could have been left out."""
    raw = ground.strategy.raw
    asked = {"audiences": ("shares", "where"), "people": ("role",), "goals": ("title", "risk", "decision")}
    tables = [((), raw, ("title",)), (("backing",), raw.get("backing", {}), ("gives", "it"))]
    for table, keys in asked.items():
        tables += [((table, name), each, keys) for name, each in raw.get(table, {}).items()]
    for path, table, keys in tables:
        yield from ((*path, key) for key in keys if isinstance(table.get(key), str) and not table[key].strip())
