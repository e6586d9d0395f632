"""How much happens in each month: the numbers that are planted, as anybody can count them here.

An article's word says what becomes of it; a question mark says that it asks. What the words mean stands in `talk`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """A month: articles in order, short posts, short replies, and lines a working day of each of the team."""

    articles: str
    posts: int
    replies: int
    lines: tuple[tuple[int, ...], tuple[int, ...]]


USUAL = ((1, 2, 3), (1, 1, 2))
AWAY = ((1, 2, 3), (0, 0, 1))
"""Ben is on holiday for the better part of the month."""

PACES: tuple[Pace, ...] = (
    # The blog begins: too few articles to say anything.
    Pace(articles="quiet? praise chat? quiet", posts=16, replies=6, lines=USUAL),
    Pace(articles="chat? late? praise quiet chat? anonymous? quiet? chat", posts=15, replies=8, lines=USUAL),
    Pace(
        articles="late? chat? chat? alone? quiet? anonymous? crowd? chat? quiet? colleague? quiet",
        posts=17,
        replies=9,
        lines=AWAY,
    ),
    Pace(
        articles="late? crowd? chat? quiet? praise chat? chat? afterthought? quiet? crowd chat? alone? chat",
        posts=16,
        replies=10,
        lines=USUAL,
    ),
    Pace(
        articles="crowd? late? chat? chat? praise quiet? crowd? chat? colleague? anonymous? chat? crowd? chat chat",
        posts=18,
        replies=12,
        lines=USUAL,
    ),
    Pace(
        articles="crowd? chat? chat? alone? crowd? chat? chat quiet? chat? crowd chat? praise? chat? crowd? chat",
        posts=17,
        replies=13,
        lines=USUAL,
    ),
)


def pace(number: int, months: int) -> Pace:
    """The pace of the ``number``-th of ``months`` months: the last ones of the plan; a longer story begins slowly."""
    return PACES[max(0, number + len(PACES) - months)]
