"""The export of a made-up blog, as WordPress 6 writes it: the same seed gives the same bytes.

Everything real exports hold is in it: menu entries and attachments beside posts and pages, a draft without a date,
a scheduled post, nested comments of readers, registered users and authors, pings, spam, and one comment whose
author is nobody.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from smmetrics_blogs import voices
from smmetrics_blogs.wordpress import Comment, Item, document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HOST = "blog.acmegardens.example"
AUTHORS = (("ana", "Ana", 2), ("ben", "Ben", 3))


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write one export of ``months`` months from ``start``'s month on into ``folder``; give its path."""
    first, end = start.replace(day=1), _month(start, months)
    maker = Maker(random.Random(seed))  # noqa: S311 (made-up data, no secrets)
    day = datetime(first.year, first.month, first.day, 8, tzinfo=UTC)
    while day.date() < end:
        maker.post(day + timedelta(minutes=maker.rng.randrange(300)), until=end)
        day += timedelta(days=maker.rng.choice((3, 4, 7)))
    maker.furniture(end)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"acmegardens.WordPress.{end}.xml"
    made = datetime(end.year, end.month, end.day, tzinfo=UTC)
    path.write_text(document(HOST, "Acme Gardens", AUTHORS, maker.items, made), encoding="utf-8", newline="\n")
    return [path]


def _month(start: date, number: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, 1)


@dataclass(slots=True)
class Maker:
    """Makes items and comments with running numbers."""

    rng: random.Random
    items: list[Item] = field(default_factory=list)
    comments: int = 0

    def post(self, at: datetime, *, until: date) -> None:
        """A post and the conversation under it; what would be said after the export is not said."""
        title, body = voices.post(self.rng)
        login = self.rng.choice(AUTHORS)[0]
        item = Item(number=self._number(), kind="post", title=title, body=body, login=login, at=at)
        for _ in range(self.rng.choice((0, 2, 3, 4, 6))):
            self._asked(item, at + timedelta(minutes=self.rng.randint(20, 5000)))
        if self.rng.random() < 0.3:  # noqa: PLR2004 (now and then somebody links)
            item.comments.append(
                self._comment(
                    at + timedelta(days=2),
                    "Ping: what we read",
                    body="[&#8230;] worth reading [&#8230;]",
                    type="pingback",
                )
            )
        if self.rng.random() < 0.3:  # noqa: PLR2004 (now and then spam)
            item.comments.append(self._comment(at + timedelta(days=1), "Cheap pills", body="Buy now!", approved="spam"))
        item.comments = [comment for comment in item.comments if comment.at.date() < until]
        self.items.append(item)

    def _asked(self, item: Item, at: datetime) -> None:
        """A reader's comment, mostly answered, sometimes with thanks."""
        name, email, user = self.rng.choice(voices.READERS)
        asked = self._comment(at, name, email=email, user=user, body=voices.question(self.rng))
        item.comments.append(asked)
        if self.rng.random() < 0.75:  # noqa: PLR2004 (three in four are answered)
            login, shown, number = self.rng.choice(AUTHORS)
            answered = self._comment(
                at + timedelta(minutes=self.rng.randint(15, 4000)),
                shown,
                email=f"{login}@{HOST}",
                user=number,
                body=voices.answer(self.rng),
                parent=asked.number,
            )
            item.comments.append(answered)
            if self.rng.random() < 0.5:  # noqa: PLR2004 (half come back)
                item.comments.append(
                    self._comment(
                        answered.at + timedelta(minutes=self.rng.randint(5, 900)),
                        name,
                        email=email,
                        user=user,
                        body=voices.thanks(self.rng),
                        parent=answered.number,
                    )
                )

    def _comment(self, at: datetime, name: str, **more: object) -> Comment:
        self.comments += 1
        return Comment(number=self.comments, at=at, name=name, **more)  # type: ignore[arg-type]

    def furniture(self, end: date) -> None:
        """What is in every real export beside posts."""
        at = datetime(end.year, end.month, end.day, tzinfo=UTC)
        about = Item(
            number=self._number(),
            kind="page",
            title="About us",
            body="Who we are.",
            login="ana",
            at=at - timedelta(days=9),
        )
        about.comments.append(self._comment(at - timedelta(days=8), "", body="Nice people!"))
        self.items += [
            about,
            Item(
                number=self._number(), kind="nav_menu_item", title="", body="", login="ana", at=at - timedelta(days=9)
            ),
            Item(
                number=self._number(),
                kind="attachment",
                title="slug.jpg",
                body="",
                login="ben",
                at=at - timedelta(days=5),
                status="inherit",
            ),
            Item(
                number=self._number(),
                kind="post",
                title="Not finished",
                body="We think",
                login="ben",
                at=at - timedelta(days=1),
                status="draft",
            ),
            Item(
                number=self._number(),
                kind="post",
                title="Winter hours",
                body="Soon.",
                login="ana",
                at=at + timedelta(days=40),
                status="future",
            ),
        ]

    def _number(self) -> int:
        return 10 + 3 * len(self.items)
