"""Is it an aim, and would its numbers show that it is reached?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.strategy.rules.numbers import counts_size, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.lookup import Compiled
    from smmetrics.strategy.rules.ground import Ground

CHANGE = frozenset({"out_take", "outcome", "impact"})
"""Levels that say what people took from it or what changed for them."""
TWO_WAY = frozenset({"connecting", "collaborating"})
SPARING = frozenset({"duration", "money"})
"""Units in which less is cheaper or faster."""
ALL = 4
"""A goal type of every activity is about our own time: it asks what was put in, and rightly."""
FORMATS = (
    "account", "accounts", "app", "blog", "campaign", "channel", "channels", "community page", "hashtag", "newsletter",
    "page", "pages", "podcast", "profile", "reel", "reels", "stories", "video", "videos", "webinar",
)  # fmt: skip
WAYS = (
    "start", "launch", "open", "create", "set up", "build", "run", "make", "post", "publish", "be on", "be active on",
    "be present on", "get on", "have a", "have an", "grow our", "grow the",
)  # fmt: skip
SMALL = (
    "a an and active also are as at be being by for from get go grow have in into is join more of on or our out page "
    "post present profile social media the this to too up use using we will with account channel"
)
"""Words that are left when a purpose names only places."""
SPAN = 4
"""Words between a way and the place or format it speaks of."""


def purpose_names_only_places(ground: Ground) -> Iterator[Finding]:
    """S020: a purpose that is made of platforms."""
    purpose = ground.strategy.purpose
    if _only_places(ground, purpose):
        yield ground.find("S020", "warning", "purpose", purpose=purpose.strip())


def _only_places(ground: Ground, text: str) -> bool:
    """Whether nothing is left of a text without places and small words, and a place was in it."""
    places = _places(ground)
    if not places:
        return False
    bare = re.sub(rf"(?i)(?<!\w)(?:{_any(places)})(?!\w)", " ", text)
    return bare != text and not set(re.findall(r"[^\W\d_]+", bare.casefold())) - set(SMALL.split())


def ways_as_aims(ground: Ground) -> Iterator[Finding]:
    """S056: a title, a purpose or a why that begins with what will be done, not with what shall be different."""
    strategy = ground.strategy
    said: list[tuple[str, Path]] = [(strategy.purpose, ("purpose",))]
    for name, goal in strategy.goals.items():
        said += [(goal.title, ("goals", name, "title")), (goal.why, ("goals", name, "why"))]
    way = re.compile(
        rf"(?i)\s*(?:to\s+)?(?:{_any(WAYS)})\s+(?:\S+\s+){{0,{SPAN}}}?(?:{_any([*_places(ground), *FORMATS])})(?!\w)"
    )
    for text, path in said:
        found = way.match(text)
        if found and not (path == ("purpose",) and _only_places(ground, text)):
            yield ground.find("S056", "warning", *path, words=found[0].strip())


def _places(ground: Ground) -> list[str]:
    """Every word for a platform: of those installed, and of those the file names."""
    installed = ground.catalogue.platforms
    words = [word for id_, found in installed.items() for word in (id_, found.title, *found.aliases)]
    named = [channel.platform for channel in ground.strategy.channels.values()]
    return sorted({word.strip() for word in (*words, *named, *ground.strategy.not_using)} - {""}, key=len, reverse=True)


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def only_size(ground: Ground) -> Iterator[Finding]:
    """S022: a goal that is seen by nothing but how many could have looked."""
    for name in ground.strategy.goals:
        known = _known(ground, name)
        if known and all(counts_size(found.formula, found.metric.unit) for found in known.values()):
            yield ground.find("S022", "warning", "goals", name, goal=name, metrics=_ids(known))


def nothing_that_changed(ground: Ground) -> Iterator[Finding]:
    """S023: every number is an input, an activity or an output."""
    for name, goal in ground.strategy.goals.items():
        kind, known = ground.catalogue.goal_types.get(goal.type), _known(ground, name)
        levels = {found.metric.level for found in known.values()}
        about_us = kind is not None and len(kind.activities) == ALL
        if levels and not about_us and not levels & {*CHANGE, ""}:
            yield ground.find("S023", "warning", "goals", name, goal=name, metrics=_ids(known))


def connecting_alone(ground: Ground) -> Iterator[Finding]:
    """S024: a goal that connects, and no number that takes two."""
    for name, goal in ground.strategy.goals.items():
        known = _known(ground, name)
        if "connecting" in ground.activities(goal) and known and not any(map(_two_way, known.values())):
            yield ground.find("S024", "warning", "goals", name, goal=name, metrics=_ids(known))


def _two_way(found: Compiled) -> bool:
    """Whether a number is evidence of a tie. Those of every activity are about time; an analyst's own may be one."""
    of = set(found.metric.activities)
    return not of or (bool(of & TWO_WAY) and len(of) < ALL)


def sparing_with_nothing_beside(ground: Ground) -> Iterator[Finding]:
    """S025: a target on cost or speed, and nothing that would suffer is watched."""
    named = {id_ for question in ground.questions() for id_ in (*question.lead, *question.guard)}
    for path, target in targets_of(ground.strategy):
        known, goal = ground.catalogue.metrics.get(target.metric), str(path[1])
        if not known or known.metric.better != "lower" or known.metric.unit not in SPARING:
            continue
        asked = [question for question in ground.questions(goal) if target.metric in question.lead]
        guards = tuple(known.metric.guards)
        if not any(question.guard for question in asked) and not named & set(guards):
            ids = ", ".join(f'"{id_}"' for id_ in guards)
            hint = ground.tell("S025", "named" if guards else "hint", goal=goal, guards=ids)
            yield ground.find("S025", "warning", *path, hint=hint, metric=target.metric)


def _known(ground: Ground, goal: str) -> dict[str, Compiled]:
    """All numbers of a goal; none, if of one of them (or of its type) nothing is known."""
    kind = ground.strategy.goals[goal].type
    ids = [id_ for question in ground.questions(goal) for id_ in (*question.lead, *question.guard)]
    metrics = ground.catalogue.metrics
    if (kind and kind not in ground.catalogue.goal_types) or not all(id_ in metrics for id_ in ids):
        return {}
    return {id_: metrics[id_] for id_ in ids}


def _ids(known: dict[str, Compiled]) -> str:
    return ", ".join(known)
