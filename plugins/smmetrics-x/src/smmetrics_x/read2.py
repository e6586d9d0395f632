"""Reads what X's newer interface (2) answers: pages with what they include, one or one a line, and posts one a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smmetrics_x import tweets2
from smmetrics_x.gathering import Gathering
from smmetrics_x.owner import Owner, owner
from smmetrics_x.profiles import Profile, Profiles
from smmetrics_x.read1 import given, loaded, numbered
from smmetrics_x.said import People, Who
from smmetrics_x.tweets1 import FORMATS, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from smmetrics.api import Batch, Context, Preview, Record, Source

FEWER = "X answered {stated} posts by its own count, and the file holds {held}: get the answer again, unchanged."
COUNT = b'"result_count"'
COUNTED = re.compile(rb'(?<!\\)"result_count"\s*:\s*(\d+)(?=\s*[,}])')
BLOCK, OVERLAP = 1 << 20, 64
ABOUT = frozenset({"id", "ids"})
"""What an error's ``parameter`` is where X says that it cannot show a post that was asked for."""


def posts(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Posts with their authors, who stand in ``includes`` of their page."""
    around = _around(source.layout.records)
    is_bare = source.layout.records == "[]"  # posts without pages around them, and so without what pages include
    included = () if is_bare else _users(context, around)
    users = {name: each for each in included for name in (each.number, f"@{each.handle.lower()}")}
    media = {} if is_bare else dict(_media(context, around))
    own = owner(context, _authors(context, users))
    gathering = Gathering(context, People(context))
    held = 0
    for record in context.records():
        held += 1
        _take(gathering, record, (users, media), own)
        if gathering.is_full:
            yield gathering.batch()
    if not is_bare:
        _errors(gathering, context, around)
        gathering.messages += _against_the_count(preview.path, held, several=bool(around))
    gathering.messages += own.messages
    gathering.check_ids()
    yield gathering.end()


def _around(records: str) -> str:
    """Where a page begins, in the words of ``Layout.records``; empty where it is the document."""
    return "[]." if records.startswith("[].") else ""


def _take(gathering: Gathering, record: Record, known: tuple[Mapping[str, Who], Mapping[str, str]], own: Owner) -> None:
    values = _inner(loaded(record))
    try:
        post = tweets2.post(given(values), *known)
    except Fault as fault:
        gathering.reject(record, fault.column, fault.reason)
        return
    gathering.post(record, post, own.account_of(post.by))


def _inner(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """A post that is the whole answer lies under ``data``."""
    inside = (values or {}).get("data")
    return inside if isinstance(inside, dict) else values


def _users(context: Context, around: str) -> Iterator[Who]:
    for record in context.records(f"{around}includes.users[]"):
        values = loaded(record)
        if values is not None:
            yield tweets2.who(values)


def _media(context: Context, around: str) -> Iterator[tuple[str, str]]:
    for record in context.records(f"{around}includes.media[]"):
        values = loaded(record) or {}
        if values.get("media_key") and values.get("type") in FORMATS:
            yield values["media_key"], FORMATS[values["type"]]


def _authors(context: Context, users: Mapping[str, Who]) -> Iterator[Who]:
    for record in context.records():
        values = _inner(loaded(record)) or {}
        inside = values.get("author")
        if isinstance(inside, dict):
            yield tweets2.who(inside)
        elif values.get("author_id"):
            number = str(values["author_id"])
            yield users.get(number, Who(number=number))


def _errors(gathering: Gathering, context: Context, around: str) -> None:
    """Posts that were asked for and that X does not show are set aside; what else it could not show is said."""
    others = 0
    for record in context.records(f"{around}errors[]"):
        values = loaded(record) or {}
        if values.get("resource_type") == "tweet" and values.get("parameter") in ABOUT:
            gathering.reject(record, "errors", "platform_error")
        else:
            others += 1
    if others:
        gathering.messages.append(f"X could not show {others} things that these posts refer to (deleted or protected).")


def _against_the_count(path: Path, held: int, *, several: bool) -> Iterator[str]:
    """What is said where the pages have not as many posts as they say; of several pages some may not say it."""
    answered = list(_stated(path))
    stated = sum(answered)
    if stated > held or (answered and not several and stated < held):
        yield FEWER.format(stated=stated, held=held)


def _stated(path: Path) -> Iterator[int]:
    """How many posts each page says that it has. Inside a text its quotation marks would be escaped."""
    kept = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            data, last = kept + block, 0
            while (place := data.find(COUNT, last)) >= 0:
                match = COUNTED.match(data, place)
                last = match.end() if match else place + len(COUNT)
                if match:
                    yield int(match[1])
            kept = data[max(last, len(data) - OVERLAP) :]


def users(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Accounts: who they are, and of the one we look at how many follow it."""
    del preview, source
    profiles = Profiles(context)
    for record in context.records():
        try:
            values = given(_inner(loaded(record)))
            who = numbered(tweets2.who(values), "id")
        except Fault as fault:
            profiles.gathering.reject(record, fault.column, fault.reason)
            continue
        followers = (values.get("public_metrics") or {}).get("followers_count")
        profiles.take(record, Profile(who=who, name=values.get("name") or "", followers=followers))
    yield profiles.end()
