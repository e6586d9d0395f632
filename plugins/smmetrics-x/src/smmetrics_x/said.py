"""A post and its writer as X's interfaces describe them, and how they become rows.

Persons are keyed pseudonyms of X's own number of an account (of the name where a file has no number). Handles are
public on X and stored beside the person: who of them is shown is decided when something is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from smmetrics_x.clock import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from smmetrics.api import Context

Row = dict[str, object]
Counts = dict[str, int | None]


class Who(NamedTuple):
    """An account of X: its number and handle, as far as a file gives them. Every post names some."""

    number: str = ""
    handle: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.number or self.handle)


NOBODY = Who()


def different(named: Sequence[Who]) -> tuple[Who, ...]:
    """Those accounts of which something is known, each once; most posts name one at most."""
    if len(named) > 1:
        return tuple(dict.fromkeys(each for each in named if each))
    return tuple(named) if named and named[0] else ()


@dataclass(kw_only=True, slots=True)
class Post:
    """What a file says of a post. ``counts`` by scope; ``rows_of`` nothing: a repost's counts are the original's.

    There are millions of them: a frozen one takes four times as long to make.
    """

    number: str
    at: datetime | None = None
    day: date | None = None
    by: Who = NOBODY
    kind: str = "post"
    basis: str = "field"
    text: str | None = None
    answers: str | None = None
    root: str | None = None
    format: str | None = None
    language: str | None = None
    mentions: tuple[Who, ...] = ()
    links: tuple[str, ...] | None = None
    hashtags: tuple[str, ...] | None = None
    counts: Mapping[str, Counts] = field(default_factory=dict)


@dataclass(slots=True)
class People:
    """The persons met since the last batch, and their pseudonyms. ``family`` keeps anonymised numbers apart."""

    context: Context
    family: str = ""
    _keys: dict[str, str] = field(default_factory=dict)
    _rows: dict[str, Row] = field(default_factory=dict)

    def key(self, who: Who, record: int | None = None) -> str | None:
        """The person behind an account, noted for the table people; None where nobody is named."""
        if not who.number and not who.handle:
            return None
        own = f"{self.family}{who.number}" if who.number else f"@{who.handle.lower()}"
        person = self._keys.get(own)
        if person is None:
            person = self._keys[own] = self.context.pseudonym("x", own)
        row = self._rows.get(person)
        if row is None or (row["handle"] is None and who.handle):
            self._rows[person] = {
                "platform": "x",
                "platform_author_id": own,
                "person": person,
                "handle": who.handle or None,
                "record": record,
            }
        return person

    def taken(self) -> list[Row]:
        """Rows of the persons met since this was last asked."""
        rows, self._rows = list(self._rows.values()), {}
        return rows


def post_row(post: Post, people: People, account: str | None, record: int) -> Row:
    """A row of posts. ``account``: the account the post is of, where it is one we look at."""
    public = public_of(account)
    on = post.day or (post.at.date() if post.at else None)
    return {
        "platform": "x",
        "post_id": f"{people.family}{post.number}",
        "account_id": account,
        "person": people.key(post.by, None),
        "created_at": post.at,
        "created_on": on,
        "created_precision": "instant" if post.at else "day" if on else "none",
        "kind": post.kind,
        "kind_basis": post.basis,
        "format": post.format,
        "in_reply_to": f"{people.family}{post.answers}" if post.answers else None,
        "in_reply_to_at": None if people.family else moment(post.answers),
        "root_id": f"{people.family}{post.root}" if post.root else None,
        "text": post.text,
        "language": post.language if post.language not in {"und", ""} else None,
        "permalink": None if people.family else f"https://x.com/{public}/status/{post.number}",
        "status": "published",
        "links": post.links,
        "mentions": [key for who in post.mentions if (key := people.key(who, None))],
        "hashtags": post.hashtags,
        "record": record,
    }


def public_of(account: str | None) -> str:
    """What stands in the address of a post of an account; X leads on from ``i`` to any."""
    return account if account and not account.startswith("(") else "i"


def count_rows(post: Post, account: str | None, record: int, *, family: str = "") -> Iterator[Row]:
    """Rows of post_counts, one a scope. A repost has none: the numbers beside it are those of the original."""
    if post.kind == "share":
        return
    for scope, counts in post.counts.items():
        if any(value is not None for value in counts.values()):
            yield {
                "platform": "x",
                "post_id": f"{family}{post.number}",
                "account_id": account,
                "scope": scope,
                "window": "lifetime",
                **counts,
                "record": record,
            }
