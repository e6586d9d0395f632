"""Writes the story: each platform's files as its plugin writes them, and the strategy they are read for."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from smmetrics_blogs import wordpress
from smmetrics_offline.samples import form
from smmetrics_samples import strategy
from smmetrics_samples.plan import instant, months
from smmetrics_samples.planner import plan
from smmetrics_x import samples as x

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from smmetrics_samples.plan import Article, Said, Story

HOST = "blog.acmegardens.example"
AUTHORS = (("ana", "Ana", 2), ("ben", "Ben", 3))
NUMBERS = {login: number for login, _, number in AUTHORS}
NAMES = {login: name for login, name, _ in AUTHORS}


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write strategy and files of ``months`` months from ``start``'s month on into ``folder``; give their paths."""
    story = plan(seed, start, months)
    folder.mkdir(parents=True, exist_ok=True)
    stated = folder / "strategy.toml"
    stated.write_text(strategy("garden"), encoding="utf-8", newline="\n")
    return [stated, _blog(folder, story), *_shorts(folder, story, seed), _form(folder, story)]


def _blog(folder: Path, story: Story) -> Path:
    path = folder / f"acmegardens.WordPress.{story.end}.xml"
    items = [_item(article) for article in story.articles]
    text = wordpress.document(HOST, "Acme Gardens & Friends", AUTHORS, items, instant(story.end))
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _item(article: Article) -> wordpress.Item:
    return wordpress.Item(
        number=article.number,
        kind=article.kind,
        title=article.text.title,
        body=article.text.words,
        login=article.who,
        at=article.at,
        status=article.status,
        comments=[_comment(said) for said in article.said],
    )


def _comment(said: Said) -> wordpress.Comment:
    if said.ours:
        name, email, user = NAMES[said.who], f"{said.who}@{HOST}", NUMBERS[said.who]
    elif said.reader:
        name, email, user = said.reader.name, said.reader.email, said.reader.user
    else:
        name, email, user = "" if said.counts else "A stranger", "", 0
    return wordpress.Comment(
        number=said.number,
        at=said.at,
        name=name,
        body=said.text.words,
        email=email,
        user=user,
        parent=said.answers,
        type=said.kind,
        approved=said.approved,
    )


def _shorts(folder: Path, story: Story, seed: int) -> Sequence[Path]:
    rng = random.Random(seed + 1)  # noqa: S311 (made-up data, no secrets)
    made, legacy = [], 0
    for first, end in months(story.start, story.end):
        inside = [short for short in story.shorts if first <= short.at.date() < end]
        legacy += any(short.clock for short in inside)
        posts = [
            x.Post(at=short.at, id=short.id, text=short.text.words, counts=dict(short.counts))
            for short in sorted(inside, key=lambda short: short.at, reverse=True)
        ]
        made.append(x.Month(first=first, end=end, posts=posts))
    return x.exports(folder, rng, made, legacy=legacy)


def _form(folder: Path, story: Story) -> Path:
    rows = [
        [
            line.day, line.person, line.task, f"{line.minutes:g}" if line.sound else "4o", "communicating", line.goal,
            line.channel, f"{line.cost:.2f}", "EUR", line.note,
        ]
        for line in story.work
    ]  # fmt: skip
    return form(folder / "effort.csv", rows)
