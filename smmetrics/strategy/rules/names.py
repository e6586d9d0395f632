"""Do the words name something: metrics, goal types, platforms, people, goals, audiences?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.faults import did_you_mean, dotted, nearest, nearest_id
from smmetrics.strategy.lookup import distribution, has_pack, pack_of, platform_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.rules.ground import Ground

SURE = 0.85
"""How like an installed name must be that another one is taken for a slip: packs and platforms have names alike."""
Mention = tuple[str, "Path"]
"""A word and the place it stands."""


def metrics_named(strategy: Strategy) -> Iterator[Mention]:
    """Every place of the file that names a metric."""
    for name, audience in strategy.audiences.items():
        for n, promise in enumerate(audience.promises):
            if promise.metric:
                yield promise.metric, ("audiences", name, "promises", n, "metric")
    for name, goal in strategy.goals.items():
        path = ("goals", name)
        for n, target in enumerate(goal.targets):
            yield target.metric, (*path, "targets", n, "metric")
        for n, question in enumerate(goal.questions):
            for key, ids in (("lead", question.lead), ("beside", question.beside)):
                yield from ((id_, (*path, "questions", n, key, place)) for place, id_ in enumerate(ids))


def packs_missing(ground: Ground) -> Iterator[Finding]:
    """S010: metrics and goal types of packs that are not installed, one finding a pack."""
    missing: dict[str, list[Mention]] = {}
    for id_, path in (*_goal_types_named(ground.strategy), *metrics_named(ground.strategy)):
        if _is_missing(ground, id_):
            missing.setdefault(pack_of(id_), []).append((id_, path))
    for pack, mentions in missing.items():
        ids = ", ".join(dict.fromkeys(id_ for id_, _ in mentions))
        message = f"plugin.missing: nothing of the pack {pack!r} is installed, so nothing is known of {ids}."
        packs = {pack_of(id_) for ids in (ground.catalogue.metrics, ground.catalogue.goal_types) for id_ in ids}
        place = min((path for _, path in mentions), key=lambda path: ground.strategy.line(*path))
        yield ground.find("S010", "warning", message, *place, hint=_install(pack, packs - {""}))


def _is_missing(ground: Ground, id_: str) -> bool:
    pack = pack_of(id_)
    return bool(pack) and not has_pack(ground.catalogue, pack)


def _install(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known, cutoff=SURE)
    likely = f"pip install {distribution(word)}"
    return f"Did you mean {near!r}? If not, likely: {likely}" if near else f"Likely: {likely}"


def metrics_unknown(ground: Ground) -> Iterator[Finding]:
    """S005: nobody defines the metric, though its pack is installed or it should be in the file; S018: one at fault."""
    for id_, path in metrics_named(ground.strategy):
        if id_ in ground.catalogue.metrics or id_ in ground.strategy.metrics or _is_missing(ground, id_):
            continue
        if id_ in ground.catalogue.defined:
            message = f"The plugin's definition of {id_!r} is at fault, so it is left out."
            yield ground.find("S018", "warning", message, *path, hint="See: smmetrics plugins doctor")
        else:
            yield _unknown_metric(ground, id_, path)


def _unknown_metric(ground: Ground, id_: str, path: Path) -> Finding:
    if not pack_of(id_):
        message = f"{id_!r} is none of your own metrics."
        near = nearest_id(id_, [*ground.catalogue.metrics, *ground.strategy.metrics])
        hint = f"Did you mean {near!r}?" if near else f"Define it: [metrics.{id_}] with title and formula."
        return ground.find("S005", "error", message, *path, hint=hint)
    message = f"No installed plugin knows the metric {id_!r}."
    same = [known for known in ground.catalogue.metrics if pack_of(known) == pack_of(id_)]
    near = nearest_id(id_, same)
    hint = f"Did you mean {near!r}?" if near else f"The pack has: {', '.join(same)}."
    return ground.find("S005", "error", message, *path, hint=hint)


def goal_types_unknown(ground: Ground) -> Iterator[Finding]:
    """S005 for goal types."""
    for id_, path in _goal_types_named(ground.strategy):
        if id_ not in ground.catalogue.goal_types and not _is_missing(ground, id_):
            message = f"No installed plugin knows the goal type {id_!r}."
            near = nearest_id(id_, ground.catalogue.goal_types)
            hint = f"Did you mean {near!r}?" if near else f"Installed: {', '.join(ground.catalogue.goal_types)}."
            yield ground.find("S005", "error", message, *path, hint=hint)


def _goal_types_named(strategy: Strategy) -> Iterator[Mention]:
    yield from ((goal.type, ("goals", name, "type")) for name, goal in strategy.goals.items() if goal.type)


def platforms_unknown(ground: Ground) -> Iterator[Finding]:
    """S010 for a platform that nothing installed reads (once); S012 where another word for one was understood."""
    known = ground.catalogue.platforms
    words = [word for id_, platform in known.items() for word in (id_, *platform.aliases)]
    told: set[str] = set()
    for name, channel in ground.strategy.channels.items():
        path = ("channels", name, "platform")
        id_ = platform_id(ground.catalogue, channel.platform)
        if id_ not in known and id_ not in told:
            told.add(id_)
            message = f"plugin.missing: nothing installed reads {channel.platform!r}."
            yield ground.find("S010", "warning", message, *path, hint=_install(channel.platform, words))
        elif id_ in known and id_ != channel.platform:
            message = f"{channel.platform!r} is understood as {id_!r}."
            yield ground.find("S012", "note", message, *path, hint=f'You can write platform = "{id_}".')


def words_unknown(ground: Ground) -> Iterator[Finding]:
    """S006: a person, goal, audience, story or channel that the file does not have."""
    strategy = ground.strategy
    lists: dict[str, Iterable[str]] = {
        "person": strategy.people, "goal": strategy.goals, "audience": strategy.audiences, "story": strategy.stories,
        "channel": strategy.channels,
    }  # fmt: skip
    for kind, word, path in _words(strategy):
        if word.strip() and word not in lists[kind]:
            there = tuple(lists[kind])
            hint = did_you_mean(word, there, known="There are") or f"There is no {kind} in the file yet."
            yield ground.find("S006", "error", f"There is no {kind} {word!r}.", *path, hint=hint)


def _words(strategy: Strategy) -> Iterator[tuple[str, str, Path]]:
    for name, goal in strategy.goals.items():
        path = ("goals", name)
        yield from (("audience", word, (*path, "audience")) for word in goal.audience)
        yield from (("person", word, (*path, "people")) for word in goal.people)
        yield from (("person", word, (*path, "hours", word)) for word in goal.hours)
        yield from (("story", word, (*path, "stories")) for word in goal.stories)
        yield from (("person", d.who, (*path, "decisions", n, "who")) for n, d in enumerate(goal.decisions))
        yield from (("channel", t.channel, (*path, "targets", n, "channel")) for n, t in enumerate(goal.targets))
    for name, channel in strategy.channels.items():
        yield from (("goal", word, ("channels", name, "serves")) for word in channel.serves)
        yield from (("audience", word, ("channels", name, "audience")) for word in channel.audience)
    for name, campaign in strategy.campaigns.items():
        yield from (("goal", word, ("campaigns", name, "goals")) for word in campaign.goals)


def ids_with_a_slash(ground: Ground) -> Iterator[Finding]:
    """S013: `pack/metric` was understood as `pack.metric`."""
    raw = ground.strategy.raw.get("goals", {})
    for name in ground.strategy.goals:
        found = [("type",), *(("targets", n, "metric") for n, _ in enumerate(raw[name].get("targets", ())))]
        for rest in found:
            value = raw[name]
            for part in rest:
                value = value.get(part, "") if isinstance(value, dict) else value[part]
            if isinstance(value, str) and "/" in value:
                path: Path = ("goals", name, *rest)
                message = f"{value!r} is understood as {value.replace('/', '.')!r}."
                yield ground.find("S013", "note", message, *path, hint=f"Write {dotted(rest)} with a dot.")
