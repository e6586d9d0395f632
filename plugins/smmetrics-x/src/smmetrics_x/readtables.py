"""Reads tables of posts in X's own old archives and in support conversations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from smmetrics_x import tweets1
from smmetrics_x.dates import either
from smmetrics_x.gathering import Gathering
from smmetrics_x.said import People, Post, Who
from smmetrics_x.tabular import NAME, header_of, plain_number, rows, whole
from smmetrics_x.tweets1 import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.api import Batch, Context, Preview, Source
    from smmetrics_x.tabular import Cells


WHAT, WHOM = "in_reply_to_status_id", "in_reply_to_user_id"
FLOATED = re.compile(r"^(\d{1,15})\.0$")
"""A number that a program wrote with a point, of so few digits that none can have changed."""
BARE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")
"""A moment without a zone: a cell of a spreadsheet holds none."""
ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+|\d{16,}\.0")


def archive(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """The table of posts in archives of 2012 to 2018: the older interface's words, without counts.

    The very first ones give each link a cell of its own behind the last column.
    """
    del source
    gathering = Gathering(context, People(context))
    first = "retweeted_status_timestamp" not in header_of(preview)
    unknown = lost = 0
    for record, found in rows(preview, context.records(), links="expanded_urls" if first else ""):
        try:
            cells = whole(found)
            to_whom = _answered(cells)
            post = tweets1.post(_as_status(cells | to_whom), counts=False)
            is_lost = bool(cells[WHAT]) and not any(to_whom.values())
            post = replace(post, kind="reply") if is_lost else post
        except Fault as fault:
            gathering.reject(record, fault.column, fault.reason)
            continue
        lost += is_lost
        unknown += bool(cells[WHAT]) and not to_whom[WHAT] and not is_lost
        gathering.post(record, post, context.account)
    if unknown:
        gathering.messages.append(
            f"{unknown} replies do not say what they answer any more, only whom: a spreadsheet rounded the id."
        )
    if lost:
        gathering.messages.append(
            f"{lost} replies say neither what they answer nor whom any more: a spreadsheet rounded both ids."
        )
    yield gathering.end()


def _answered(cells: Cells) -> Cells:
    """What a post answers, and whom, where programs wrote these ids as numbers; rounded ones say nothing any more."""
    whole = {name: FLOATED.sub(r"\1", cells.get(name, "")) for name in (WHAT, WHOM)}
    return {name: "" if ROUNDED.fullmatch(number) else number for name, number in whole.items()}


def _as_status(cells: Cells) -> dict[str, object]:
    urls = [{"expanded_url": each} for each in cells.get("expanded_urls", "").split(",") if each]
    values: dict[str, object] = {
        "id_str": cells["tweet_id"],
        "created_at": cells["timestamp"],
        "text": cells["text"],
        "in_reply_to_status_id_str": cells[WHAT],
        "in_reply_to_user_id_str": cells[WHOM],
        "entities": {"urls": urls},
    }
    return values | (
        {"retweeted_status": {"id_str": cells["retweeted_status_id"]}} if cells["retweeted_status_id"] else {}
    )


def support(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Support conversations with anonymised customers. Ids are numbers of this collection: no clocks, no links."""
    del source
    gathering = Gathering(context, People(context, family="twcs:"))
    links, bare = Links(), 0
    for record, found in rows(preview, context.records()):
        try:
            cells = whole(found)
            post = _said(cells)
        except Fault as fault:
            gathering.reject(record, fault.column, fault.reason)
            continue
        links.note(cells, post)
        bare += bool(BARE.fullmatch(cells["created_at"].strip()))
        company = post.by.handle if cells["inbound"].strip().lower() in {"false", "0"} else None
        gathering.post(record, post, company)
        if gathering.is_full:
            yield gathering.batch()
    gathering.messages += links.messages()
    if bare:
        gathering.messages.append(
            f"{bare} dates bear no time zone any more, as spreadsheets save them: they were taken for X's own, UTC."
        )
    yield gathering.end()


def _said(cells: Cells) -> Post:
    number = plain_number(cells["tweet_id"])
    if not number:
        raise Fault(column="tweet_id", reason="missing_key")
    try:
        stated = cells["created_at"].strip()
        at = datetime.fromisoformat(stated).replace(tzinfo=UTC) if BARE.fullmatch(stated) else either(stated)
    except ValueError as error:
        raise Fault(column="created_at", reason="not_a_date") from error
    answers = plain_number(cells["in_response_to_tweet_id"]) or None
    return Post(
        number=number,
        at=at,
        by=_anonymous(cells["author_id"].strip()),
        kind="reply" if answers else "post",
        text=cells["text"],
        answers=answers,
        root=None if answers else number,
        mentions=tuple(dict.fromkeys(_anonymous(name) for name in NAME.findall(cells["text"]))),
    )


def _anonymous(name: str) -> Who:
    """A company by its handle, a customer by the number that stands for them."""
    return Who(number=name) if name.isdigit() else Who(handle=name)


@dataclass(slots=True)
class Links:
    """Whether both ends of a link between posts say the same."""

    up: dict[str, str] = field(default_factory=dict)
    down: list[tuple[str, str]] = field(default_factory=list)

    def note(self, cells: Cells, post: Post) -> None:
        """Note what a post answers, and what is said to answer it."""
        self.up[post.number] = post.answers or ""
        self.down += [
            (post.number, plain_number(each)) for each in cells["response_tweet_id"].split(",") if each.strip()
        ]

    def messages(self) -> Iterator[str]:
        """What the summary must say."""
        wrong = sum(1 for above, below in self.down if below in self.up and self.up[below] != above)
        if wrong:
            yield f"{wrong} posts name an answer that names another post: what the answer itself says was taken."
