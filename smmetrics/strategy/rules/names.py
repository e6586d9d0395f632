"""Do the words name something: metrics, goal types, platforms, people, goals, audiences?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.registry.known import known
from smmetrics.strategy.deciding import condition
from smmetrics.strategy.faults import dotted, nearest, nearest_id
from smmetrics.strategy.lookup import (
    distribution,
    has_pack,
    is_promised,
    pack_of,
    platform_id,
    promised_platforms,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
        for n, decision in enumerate(goal.decisions):
            if rule := condition(decision.when):
                yield rule.metric, (*path, "decisions", n, "when")


def packs_missing(ground: Ground) -> Iterator[Finding]:
    """S010: metrics and goal types of packs that are not installed, or too old to have them; one finding a pack."""
    missing: dict[tuple[str, str], list[Mention]] = {}
    for id_, path in (*_goal_types_named(ground.strategy), *metrics_named(ground.strategy)):
        if lacking := _lacking(ground, id_):
            missing.setdefault((pack_of(id_), lacking), []).append((id_, path))
    packs = {pack_of(id_) for ids in (ground.catalogue.metrics, ground.catalogue.goal_types) for id_ in ids} - {""}
    for (pack, lacking), mentions in missing.items():
        ids = ", ".join(dict.fromkeys(id_ for id_, _ in mentions))
        place = min((path for _, path in mentions), key=lambda path: ground.strategy.line(*path))
        newer = ground.tell("S010", "newer", distribution=distribution(pack))
        hint = newer if lacking == "older" else _way_on(ground, pack, packs, "without_pack")
        yield ground.find("S010", "warning", *place, said=lacking, hint=hint, pack=pack, ids=ids)


def _lacking(ground: Ground, id_: str) -> str:
    """Why nothing can be known of an id: its whole *pack* is missing, or an *older* one does not have it yet."""
    pack = pack_of(id_)
    if not pack:
        return ""
    if not has_pack(ground.catalogue, pack):
        return "pack"
    known = id_ in ground.catalogue.defined or id_ in ground.catalogue.metrics or id_ in ground.catalogue.goal_types
    return "older" if not known and is_promised(id_) else ""


def _way_on(ground: Ground, word: str, there: Iterable[str], without: str) -> str:
    """What to do about a missing plugin: mend a slip, install what is known to exist, else go on without it."""
    near, brings = nearest(word, there, cutoff=SURE), distribution(word)
    sentences = [*(["near"] if near else []), *(["install"] if known(brings) else [] if near else [without])]
    return " ".join(ground.tell("S010", each, near=near, distribution=brings) for each in sentences)


def metrics_unknown(ground: Ground) -> Iterator[Finding]:
    """S005: nobody defines the metric, though its pack is installed or it should be in the file; S018: one at fault."""
    for id_, path in metrics_named(ground.strategy):
        if id_ in ground.catalogue.metrics or id_ in ground.strategy.metrics or _lacking(ground, id_):
            continue
        if id_ in ground.catalogue.defined:
            yield ground.find("S018", "warning", *path, id=id_)
        else:
            yield _unknown_metric(ground, id_, path)


def _unknown_metric(ground: Ground, id_: str, path: Path) -> Finding:
    if not pack_of(id_):
        near = nearest_id(id_, [*ground.catalogue.metrics, *ground.strategy.metrics])
        hint = ground.tell("S005", "near" if near else "define", near=near, id=id_)
        return ground.find("S005", "error", *path, said="own", hint=hint, id=id_)
    same = [known for known in ground.catalogue.metrics if pack_of(known) == pack_of(id_)]
    near = nearest_id(id_, same)
    hint = ground.tell("S005", "near" if near else "pack", near=near, known=", ".join(same))
    return ground.find("S005", "error", *path, said="metric", hint=hint, id=id_)


def goal_types_unknown(ground: Ground) -> Iterator[Finding]:
    """S005 for goal types."""
    known = ground.catalogue.goal_types
    for id_, path in _goal_types_named(ground.strategy):
        if id_ not in known and not _lacking(ground, id_):
            near = nearest_id(id_, known)
            hint = ground.tell("S005", "near" if near else "installed", near=near, known=", ".join(known))
            yield ground.find("S005", "error", *path, said="goal_type", hint=hint, id=id_)


def _goal_types_named(strategy: Strategy) -> Iterator[Mention]:
    yield from ((goal.type, ("goals", name, "type")) for name, goal in strategy.goals.items() if goal.type)


def platforms_unknown(ground: Ground) -> Iterator[Finding]:
    """S010 for a platform that nothing installed reads (once); S012 where another word for one was understood."""
    there = ground.catalogue.platforms
    words = [word for id_, platform in there.items() for word in (id_, *platform.aliases)]
    told: set[str] = set()
    for word, path in _platforms_named(ground.strategy):
        id_ = platform_id(ground.catalogue, word)
        if id_ not in there and id_ not in told:
            told.add(id_)
            hint = _platform_hint(ground, word, words)
            yield ground.find("S010", "warning", *path, said="platform", hint=hint, platform=word)
        elif id_ in there and id_ != word and path[0] == "channels":
            yield ground.find("S012", "note", *path, word=word, id=id_)


def _platform_hint(ground: Ground, word: str, words: Sequence[str]) -> str:
    """The nearest platform that can be read; else one that the templates speak of, though nothing reads it yet."""
    meant = nearest(word, promised_platforms(), cutoff=SURE)
    if meant and meant != word and meant not in words and not nearest(word, words, cutoff=SURE):
        return ground.tell("S010", "meant", near=meant)
    return _way_on(ground, word, words, "without_reader")


def _platforms_named(strategy: Strategy) -> Iterator[Mention]:
    """Every place of the file that names a platform: channels, and the names under which people speak."""
    yield from ((channel.platform, ("channels", name, "platform")) for name, channel in strategy.channels.items())
    for name, person in strategy.people.items():
        for place, handle in enumerate(person.speaks_as):
            yield handle.partition(":")[0].strip(), ("people", name, "speaks_as", place)


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
            near = nearest(word, there)
            sentence = "near" if near else "known" if there else "none"
            hint = ground.tell("S006", sentence, near=near, known=", ".join(there), kind=kind)
            yield ground.find("S006", "error", *path, hint=hint, kind=kind, word=word)


def _words(strategy: Strategy) -> Iterator[tuple[str, str, Path]]:
    for name, goal in strategy.goals.items():
        path = ("goals", name)
        yield from (("audience", word, (*path, "audience")) for word in goal.audience)
        yield from (("person", word, (*path, "people")) for word in goal.people)
        yield from (("person", word, (*path, "hours", word)) for word in goal.hours)
        yield from (("story", word, (*path, "stories")) for word in goal.stories)
        yield from (("person", d.who, (*path, "decisions", n, "who")) for n, d in enumerate(goal.decisions))
        yield from (("channel", t.channel, (*path, "targets", n, "channel")) for n, t in enumerate(goal.targets))
        yield "person", goal.customer_voice.owner, (*path, "customer_voice", "owner")
    for name, story in strategy.stories.items():
        yield "person", story.owner, ("stories", name, "owner")
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
                id_ = value.replace("/", ".")
                yield ground.find("S013", "note", *path, word=value, id=id_, place=dotted(rest))
