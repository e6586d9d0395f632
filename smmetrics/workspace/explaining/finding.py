"""Which thing a word names, and the nearest one where it names none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.formula import nearest
from smmetrics.strategy.lookup import has_pack, pack_of
from smmetrics.words import say
from smmetrics.workspace.asking import refuse_faulty, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.contracts.catalogue import Catalogue

Kind = Literal["metric", "formula", "goal", "goal_type"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a word names; ``also`` says in words what else bears that name."""

    kind: Kind
    name: str
    also: str = ""


def find(word: str, catalogue: Catalogue, goals: Iterable[str] = ()) -> Found:
    """A metric's id, a goal's name, a goal type's id (``care/answer_people`` too) or, with brackets, a formula.

    Raises:
        UserMistake: nothing is called so, or a metric that is at fault.

    """
    named = frozenset(goals)
    if word in catalogue.metrics:
        also = say("explain.find.also_goal", name=word) if word in named else ""
        return Found(kind="metric", name=word, also=also)
    if word in named:
        return Found(kind="goal", name=word)
    dotted = word.replace("/", ".")
    if dotted in catalogue.goal_types:
        return Found(kind="goal_type", name=dotted)
    if "(" in word:
        return Found(kind="formula", name=word)
    if (found := whole(word, catalogue.metrics)) in catalogue.metrics:
        return Found(kind="metric", name=found)
    if (found := whole(word, catalogue.goal_types)) in catalogue.goal_types:
        return Found(kind="goal_type", name=found)
    refuse_faulty(word, catalogue)
    pack = pack_of(dotted)
    if pack and not has_pack(catalogue, pack):
        message, hint = say("explain.find.no_pack", word=word, pack=pack), say("explain.find.see")
        raise UserMistake(message, hint=hint, code="plugin.missing")
    like = _like(word, (*catalogue.metrics, *named, *catalogue.goal_types))
    raise UserMistake(
        say("explain.find.unknown", word=word),
        hint=say("explain.find.like", word=like) if like else say("explain.find.see"),
        code="metric.unknown",
    )


def _like(word: str, known: Iterable[str]) -> str:
    """The nearest word: whole, without its pack, or in another spelling (``start-conversations``)."""
    spelled: Mapping[str, str] = {_plain(name.rpartition(".")[2]): name for name in known}
    plain = _plain(word)
    return spelled.get(plain) or nearest(word, spelled.values()) or spelled.get(nearest(plain, spelled), "")


def _plain(word: str) -> str:
    return word.replace("-", "_").replace(" ", "_").casefold()
