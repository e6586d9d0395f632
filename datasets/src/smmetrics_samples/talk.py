"""What becomes of an article: one function a word of `pace`.

- ``quiet``: nobody says anything.
- ``chat``: a reader asks within ten hours, one of us answers below, the reader says thanks.
- ``crowd``: three readers; one is answered by us, one by another reader, one by nobody.
- ``praise``: two readers say something kind, and we leave it at that.
- ``alone``: a reader asks and nobody answers.
- ``late``: the first reader comes after nine days, and is answered.
- ``colleague``: the other of us comments first; then a reader does, and we do not come back.
- ``anonymous``: one comment, and nobody knows by whom.
- ``afterthought``: a reader asks, and answers themself with a postscript; nobody else does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from smmetrics_samples import words
from smmetrics_samples.plan import TEAM, Article, Reader, Said, Text

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping
    from datetime import datetime

HOUR, DAY = 60, 1440


@dataclass(slots=True)
class Talk:
    """Fills articles with comments; comments are numbered through the whole blog."""

    rng: random.Random
    said: int = 0

    def fill(self, article: Article, word: str) -> None:
        """Let happen what a word says."""
        SHAPES[word](self, article)

    def add(
        self, article: Article, text: Text, *, minutes: int, who: str | Reader = "", after: Said | None = None
    ) -> Said:
        """Somebody says something so many minutes after the article, or after what they answer."""
        self.said += 1
        reader = who if isinstance(who, Reader) else None
        key = f"reader {who.email}" if isinstance(who, Reader) else who
        at = (after.at if after else article.at) + timedelta(minutes=minutes)
        answers = after.number if after else 0
        said = Said(number=self.said, at=at, text=text, who=key, reader=reader, answers=answers)
        article.said.append(said)
        return said

    def readers(self, number: int) -> list[Reader]:
        """Different readers."""
        return self.rng.sample(words.READERS, number)

    def soon(self) -> int:
        """Minutes until a reader finds an article."""
        return self.rng.randint(20, 10 * HOUR)

    def question(self, article: Article, reader: Reader) -> Said:
        """A reader asks within ten hours."""
        return self.add(article, self.rng.choice(words.QUESTIONS), minutes=self.soon(), who=reader)

    def answered(self, article: Article, asked: Said) -> Said:
        """One of us answers, mostly within the day."""
        minutes = self.rng.choice((self.rng.randint(12, 4 * HOUR), self.rng.randint(3 * HOUR, 20 * HOUR)))
        return self.add(
            article, self.rng.choice(words.ANSWERS), minutes=minutes, who=self.rng.choice(TEAM), after=asked
        )


def other(who: str) -> str:
    """The other one of the team."""
    return next(each for each in TEAM if each != who)


def _quiet(talk: Talk, article: Article) -> None:
    del talk, article


def _chat(talk: Talk, article: Article) -> None:
    (reader,) = talk.readers(1)
    answer = talk.answered(article, talk.question(article, reader))
    talk.add(article, talk.rng.choice(words.THANKS), minutes=talk.rng.randint(5, 600), who=reader, after=answer)


def _crowd(talk: Talk, article: Article) -> None:
    first, second, third = talk.readers(3)
    talk.answered(article, talk.question(article, first))
    asked = talk.question(article, second)
    talk.add(article, talk.rng.choice(words.HELP), minutes=talk.rng.randint(30, 300), who=third, after=asked)
    talk.question(article, third)


def _praise(talk: Talk, article: Article) -> None:
    for reader in talk.readers(2):
        talk.add(article, talk.rng.choice(words.PRAISE), minutes=talk.soon(), who=reader)


def _alone(talk: Talk, article: Article) -> None:
    talk.question(article, talk.readers(1)[0])


def _late(talk: Talk, article: Article) -> None:
    (reader,) = talk.readers(1)
    asked = talk.add(article, words.QUESTIONS[1], minutes=9 * DAY + talk.soon(), who=reader)
    talk.answered(article, asked)


def _colleague(talk: Talk, article: Article) -> None:
    talk.add(article, words.OPENING, minutes=talk.rng.randint(5, 15), who=other(article.who))
    talk.add(article, words.PRAISE[1], minutes=talk.soon(), who=talk.readers(1)[0])


def _anonymous(talk: Talk, article: Article) -> None:
    talk.add(article, words.NAMELESS, minutes=talk.soon())


def _afterthought(talk: Talk, article: Article) -> None:
    (reader,) = talk.readers(1)
    asked = talk.question(article, reader)
    talk.add(article, words.AFTERTHOUGHT, minutes=talk.rng.randint(5, 50), who=reader, after=asked)


SHAPES: Mapping[str, Callable[[Talk, Article], None]] = {
    "quiet": _quiet,
    "chat": _chat,
    "crowd": _crowd,
    "praise": _praise,
    "alone": _alone,
    "late": _late,
    "colleague": _colleague,
    "anonymous": _anonymous,
    "afterthought": _afterthought,
}


def noise(talk: Talk, article: Article, at: datetime) -> None:
    """What is under real posts and is no conversation: a ping and spam."""
    for text, kind, approved in ((words.PING, "pingback", "1"), (words.SPAM, "comment", "spam")):
        talk.said += 1
        article.said.append(Said(number=talk.said, at=at, text=text, who="", kind=kind, approved=approved))
