"""Which metric is which loop, and which platform's files can feed it, as their READMEs say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics_samples.truth.answer import Answer, count, mean, middle, quotient, ratio, share, total, waited
from smmetrics_samples.truth.look import BLOGS, Look, Post, X

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ANSWER_DAYS = 7
HOUR = 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A metric: its loop, and for platforms whose files cannot feed it the reason's code.

    ``reason``: it is measurable nowhere, whatever came in. ``split``: by what it can be cut.
    """

    loop: Callable[[Look], Answer]
    cannot: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    split: tuple[str, ...] = ("platform",)


def _nothing(look: Look) -> Answer:
    del look
    return Answer(state="not_measurable")


def _reported(name: str) -> Callable[[Look], Answer]:
    return lambda look: mean([post.counts.get(name) for post in look.opened()])


def _of_shown(part: Callable[[Post], float | None]) -> Callable[[Look], Answer]:
    return lambda look: ratio([(part(post), post.counts.get("impressions")) for post in look.ours()])


def _middle_rate(look: Look) -> Answer:
    shown = [(post.engagements, post.counts.get("impressions")) for post in look.ours()]
    return middle([parts / seen for parts, seen in shown if parts is not None and seen])


def _cadence(look: Look) -> Answer:
    number = len(look.opened())
    return Answer(value=number / look.days() * 7, n=number)


def _first_answer(look: Look) -> Answer:
    times = []
    for post in _questions(look):
        assert post.thread is not None
        assert post.said is not None
        answered = post.thread.answer_to(post.said)
        times.append((((answered or look.now) - post.at).total_seconds() / HOUR, answered is not None))
    return waited(times)


def _unanswered(look: Look) -> Answer:
    open_ = [p for p in _questions(look) if p.thread and p.said and p.thread.answer_to(p.said) is None]
    return count(len(open_))


def _questions(look: Look) -> list[Post]:
    return [post for post in look.posts() if post.theirs and post.text.asks]


def _answered(look: Look) -> Answer:
    return share([t.answered_within(ANSWER_DAYS) for t in look.threads() if t.article.text.asks])


def _came_back(look: Look) -> Answer:
    return share([thread.came_back() for thread in look.threads() if thread.first_reader()])


def _left(look: Look) -> Answer:
    return share([not thread.from_us() for thread in look.threads() if thread.from_readers()])


def _minutes(look: Look, *tasks: str) -> Answer:
    return total([line.minutes for line in look.work() if not tasks or line.task in tasks])


def _hours(look: Look) -> Answer:
    minutes = _minutes(look)
    return Answer(value=(minutes.value or 0.0) / 60, n=minutes.n)


def _hours_a_reply(look: Look) -> Answer:
    minutes = _minutes(look, "reply")
    replies = count(sum(post.reply for post in look.ours()))
    return quotient(Answer(value=(minutes.value or 0.0) / 60, n=minutes.n), replies, counts=True)


def _cost(look: Look) -> Answer:
    return total([line.cost for line in look.work()])


NO_CHAIN = {X: "field.missing"}
NOT_SEEN = {BLOGS: "field.missing"}
PACK_COMMUNICATING: Mapping[str, Known] = {
    "er_by_impressions": Known(loop=_of_shown(lambda post: post.engagements), cannot=NOT_SEEN),
    "er_median_of_posts": Known(loop=_middle_rate, cannot=NOT_SEEN),
    "interactions_per_post": Known(loop=lambda look: mean([post.engagements for post in look.opened()])),
    "amplification_rate": Known(loop=_reported("shares"), cannot=NOT_SEEN),
    "applause_rate": Known(loop=_reported("likes"), cannot=NOT_SEEN),
    "click_through_rate": Known(loop=_of_shown(lambda post: post.counts.get("link_clicks")), cannot=NOT_SEEN),
    "save_rate": Known(loop=_nothing, cannot={BLOGS: "field.missing", X: "platform.closed"}),
    "conversation_rate": Known(
        loop=lambda look: mean([len(t.article.shown) - len(t.from_us()) for t in look.threads()]), cannot=NO_CHAIN
    ),
    "question_yield": Known(loop=_answered, cannot=NO_CHAIN),
    "thread_followup_rate": Known(loop=_came_back, cannot=NO_CHAIN),
    "monologue_share": Known(loop=_left, cannot=NO_CHAIN),
    "posting_cadence": Known(loop=_cadence),
    "reply_share": Known(loop=lambda look: share([post.reply for post in look.ours()])),
    "question_rate": Known(loop=lambda look: share([post.text.asks for post in look.opened()])),
    "other_credit_share": Known(loop=lambda look: share([post.text.credits for post in look.ours()])),
    # No text of the story sells anything: whoever labels them must say so of each.
    "promo_share": Known(loop=lambda look: share([False for _ in look.opened()])),
}
PACK_RESOURCING: Mapping[str, Known] = {
    "team_hours": Known(loop=_hours, split=("goal",)),
    "hours_per_response": Known(loop=_hours_a_reply, split=()),
    "conversation_time_share": Known(
        loop=lambda look: quotient(_minutes(look, "reply", "meet"), _minutes(look)), split=("goal",)
    ),
    "planned_vs_actual_hours": Known(
        loop=lambda look: quotient(_minutes(look), total(look.planned())), split=("goal",)
    ),
    "cost_per_conversation": Known(
        loop=lambda look: quotient(_cost(look), count(sum(t.real() for t in look.threads())), counts=True),
        cannot=NO_CHAIN,
        split=(),
    ),
    "cost_per_engagement": Known(
        loop=lambda look: quotient(_cost(look), total([post.engagements for post in look.ours()])), split=()
    ),
}
OWN: Mapping[str, Known] = {
    "first_answer": Known(loop=_first_answer, cannot=NO_CHAIN),
    "unanswered_questions": Known(loop=_unanswered, cannot={X: "access.own_only"}),
    "kept_posts": Known(loop=_reported("saves"), cannot=NOT_SEEN),
}
METRICS: Mapping[str, Known] = {
    **{f"communicating.{name}": known for name, known in PACK_COMMUNICATING.items()},
    **{f"resourcing.{name}": known for name, known in PACK_RESOURCING.items()},
    **OWN,
}
"""Every metric of the two packs, and the strategy's own."""
