"""Suggesting: for every source there is, how many of the questions asked it could answer, and what getting it takes.

Nothing is scored: where people are is theirs to know. Sources of user-kept forms stand beside those of platforms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.binding import likely
from smmetrics.contracts.reach import Reach, is_advised, takes_part
from smmetrics.contracts.references import pack_of
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.api.capability import QuestionRef
    from smmetrics.api.sources import Access, Source
    from smmetrics.contracts.catalogue import Catalogue

NAMED = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """What one source could answer: words of questions, with those it answers in part only (``partly``) among them.

    ``questions`` is how many were asked, ``beside`` the titles of sources it needs beside it, ``minutes`` a person's
    time each time (0: not stated).
    """

    source: str
    platform: str
    title: str
    access: Access
    answers: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    questions: int = 0
    beside: tuple[str, ...] = ()
    how_to_get: str = ""
    takes: str = ""
    minutes: float = 0


def suggest(questions: Iterable[QuestionRef], catalogue: Catalogue) -> tuple[Suggestion, ...]:
    """Every source with the questions that it could answer by one of their first numbers; the most first."""
    asked = tuple(questions)
    reach = Reach(catalogue)
    found = [_suggestion(source, asked, reach) for source in catalogue.sources.values() if is_advised(source)]
    return tuple(sorted(found, key=lambda one: (-len(one.answers), len(one.partly), one.source)))


def in_a_line(suggestions: Sequence[Suggestion]) -> str:
    """The best of them in one sentence, such as “Effort form (2 of 3 questions)”; empty where none answers any."""
    able = [one for one in suggestions if one.answers]
    words = [say("next.suggest.one", title=one.title, n=len(one.answers), of=one.questions) for one in able[:NAMED]]
    return ", ".join(words)


def unknown_packs(questions: Iterable[QuestionRef], catalogue: Catalogue) -> dict[str, int]:
    """Distributions that are not installed and would define first numbers asked for, with how many questions wait."""
    packs: dict[str, int] = {}
    for question in questions:
        absent = {pack_of(metric) for metric in question.lead if metric not in catalogue.metrics}
        for pack in absent - catalogue.packs - {""}:
            packs[likely(pack)] = packs.get(likely(pack), 0) + 1
    return dict(sorted(packs.items()))


def _suggestion(source: Source, asked: Sequence[QuestionRef], reach: Reach) -> Suggestion:
    answers: list[str] = []
    partly: list[str] = []
    beside: dict[str, None] = {}
    for question in asked:
        known = [metric for metric in question.lead if metric in reach.catalogue.metrics]
        verdicts = [reach.alone(metric, source.id) for metric in known]
        fed = [verdict for verdict in verdicts if takes_part(verdict, source.id)]
        if fed:
            answers.append(question.ask)
            beside.update(dict.fromkeys(id_ for verdict in fed for id_ in verdict.sources if id_ != source.id))
            if all(verdict.status == "partly" for verdict in fed) or len(fed) < len(question.lead):
                partly.append(question.ask)
    platform = reach.catalogue.platforms.get(source.platform)
    return Suggestion(
        source=source.id,
        platform=platform.title if platform else source.platform,
        title=source.title,
        access=platform.access if platform else "export_only",
        answers=tuple(answers),
        partly=tuple(partly),
        cannot=tuple(question.ask for question in asked if question.ask not in answers),
        questions=len(asked),
        beside=tuple(reach.catalogue.sources[id_].title for id_ in beside),
        how_to_get=source.how_to_get,
        takes=source.takes,
        minutes=source.minutes,
    )
