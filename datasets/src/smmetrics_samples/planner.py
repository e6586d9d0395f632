"""Plans the story: which texts, when, by whom. Chance draws words and clocks; how many there are stands in `pace`."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics_samples import words
from smmetrics_samples.pace import Pace, pace
from smmetrics_samples.plan import TEAM, Article, Short, Story, Text, Work, instant, month, months
from smmetrics_samples.talk import Talk, noise
from smmetrics_x import samples as x

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED, START, MONTHS = 20260901, date(2026, 3, 1), 6
"""What the demo and ``truth.csv`` are made of."""
MIDNIGHT = 22 * 60 + 20
"""Minutes after midnight UTC: already the next day where the shop is, in summer."""
NIGHTFALL = 20 * 60
SATURDAY = 5
TASKS = (("reply", 34, 9), ("post", 40, 5), ("listen", 25, 3), ("meet", 45, 2), ("plan", 30, 1))
"""What the hours go to: usual minutes, and how often."""
RATES = {"ana": 40.0, "ben": 35.0}
WIDE = 12
"""How many times more people see the one post that spreads, in the last month of the older exports."""


def plan(seed: int = SEED, start: date = START, number: int = MONTHS) -> Story:
    """The story of ``number`` months from ``start``'s month on: the same seed, the same story."""
    first = start.replace(day=1)
    story = Story(start=first, end=month(first, number))
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    talk = Talk(rng)
    spans = list(months(story.start, story.end))
    legacy = (len(spans) + 1) // 2
    for place, (begin, end) in enumerate(spans):
        speed = pace(place, len(spans))
        story.articles += _articles(talk, speed, begin, end, last=end == story.end)
        story.shorts += _shorts(rng, speed, begin, end, clock=place < legacy, spreads=place == legacy - 1)
        story.work += _work(rng, speed, begin, end)
    _furniture(story, talk)
    _ends(story)
    return story


def _articles(talk: Talk, speed: Pace, begin: date, end: date, *, last: bool) -> Iterator[Article]:
    shapes = speed.articles.split()
    for place, shape in enumerate(shapes):
        day = begin + timedelta(days=1 + place * ((end - begin).days - 4) // len(shapes))
        at = instant(day, talk.rng.randint(7 * 60, 17 * 60))
        if place == len(shapes) - 1 and shape == "quiet" and not last:
            at = instant(end - timedelta(days=1), MIDNIGHT)
        text = talk.rng.choice(words.ASKING if shape.endswith("?") else words.TELLING)
        article = Article(number=0, at=at, who=talk.rng.choice(TEAM), text=text)
        talk.fill(article, shape.removesuffix("?"))
        if place == 0:
            noise(talk, article, at + timedelta(hours=3))
        yield article


def _shorts(rng: random.Random, speed: Pace, begin: date, end: date, *, clock: bool, spreads: bool) -> list[Short]:
    days = (end - begin).days
    minutes = sorted(rng.sample(range(1, (days - 1) * 24 * 60 + NIGHTFALL), speed.posts + speed.replies))
    replies = set(rng.sample(range(len(minutes)), speed.replies))
    wide = rng.choice([place for place in range(len(minutes)) if place not in replies])
    made = []
    for place, minute in enumerate(minutes):
        reply = place in replies
        text: Text = rng.choice(words.SHORT_REPLIES if reply else words.SHORTS)
        drawn = x.post(rng, instant(begin) + timedelta(minutes=minute), text.words, reply=reply)
        factor = WIDE if place == wide and spreads else 1
        counts = {name: count * factor for name, count in drawn.counts.items()}
        made.append(Short(id=drawn.id, at=drawn.at, text=text, reply=reply, clock=clock, counts=counts))
    return made


def _work(rng: random.Random, speed: Pace, begin: date, end: date) -> Iterator[Work]:
    day = begin
    while day < end:
        if day.weekday() < SATURDAY:
            for person, lines in zip(TEAM, speed.lines, strict=True):
                for _ in range(rng.choice(lines)):
                    yield _line(rng, day, person)
        day += timedelta(days=1)


def _line(rng: random.Random, day: date, person: str) -> Work:
    task, usual, _ = rng.choices(TASKS, weights=[often for _, _, often in TASKS])[0]
    minutes = max(5.0, round(rng.gauss(usual, usual / 4) * 2) / 2)
    goal = {"reply": "answer-gardeners", "listen": "answer-gardeners", "plan": "time-well-spent"}.get(
        task, "start-talking"
    )
    return Work(
        day=day, person=person, task=task, minutes=minutes, goal=goal if rng.random() < 0.95 else "",  # noqa: PLR2004
        channel=rng.choice(("x", "blog")) if task in {"reply", "post"} else "",
        cost=round(minutes / 60 * RATES[person], 2), note=rng.choice(words.NOTES),
    )  # fmt: skip


def _furniture(story: Story, talk: Talk) -> None:
    """What is in every real export beside posts; and numbers, in the order in which things were written."""
    at = instant(story.start, 9 * 60)
    page = Article(number=0, at=at, who="ana", text=words.PAGE, kind="page")
    talk.add(page, words.PRAISE[0], minutes=3000, who=words.READERS[0])
    end = instant(story.end, 8 * 60)
    story.articles += [
        page,
        Article(number=0, at=end - timedelta(days=2), who="ben", text=words.DRAFT, status="draft"),
        Article(number=0, at=end + timedelta(days=40), who="ana", text=words.WINTER, status="future"),
    ]
    story.articles.sort(key=lambda article: article.at)
    for place, article in enumerate(story.articles):
        article.number = 10 + 3 * place


def _ends(story: Story) -> None:
    """Somebody works on the first and on the last day, so that the form covers the whole time; one line is spoilt."""
    last = story.end - timedelta(days=1)
    for day in (story.start, last):
        story.work.append(
            Work(day=day, person="ana", task="meet", minutes=90.0, goal="start-talking", channel="", cost=60.0)
        )
    story.work.append(
        Work(day=last, person="ben", task="reply", minutes=0.0, goal="", channel="", cost=0.0, sound=False)
    )
    story.work.sort(key=lambda line: (line.day, line.person))
