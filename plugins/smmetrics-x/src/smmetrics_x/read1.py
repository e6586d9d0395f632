"""Reads what X's older interface (1.1) answers: lists of posts, search results, posts one a line, and accounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from smmetrics_x import tweets1
from smmetrics_x.gathering import Gathering
from smmetrics_x.owner import owner
from smmetrics_x.profiles import Profile, Profiles
from smmetrics_x.said import People
from smmetrics_x.tweets1 import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.api import Batch, Context, Preview, Record, Source
    from smmetrics_x.said import Who

VALUE = json.JSONDecoder().raw_decode
PLAIN = (b"{", b"[")
"""How UTF-8 begins: nothing has to be found out about its letters."""
NOTICES = ("delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning", "friends")
"""What a stream says between posts."""


def posts(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Posts with their authors. A file of one author's posts is that account's own."""
    del preview, source
    own = owner(context, _authors(context))
    gathering = Gathering(context, People(context))
    for record in context.records():
        _take(gathering, record, own)
        if gathering.is_full:
            yield gathering.batch()
    gathering.messages += own.messages
    gathering.check_ids()
    yield gathering.end()


def _take(gathering: Gathering, record: Record, own: Any) -> None:  # noqa: ANN401 (an owner)
    values = loaded(record)
    notice = next((name for name in NOTICES if values and name in values and "id" not in values), None)
    if notice:
        gathering.not_taken[f"notices of a stream ({notice})"] += 1
        return
    try:
        post = tweets1.post(given(values))
    except Fault as fault:
        gathering.reject(record, fault.column, fault.reason)
        return
    gathering.post(record, post, own.account_of(post.by))


def loaded(record: Record) -> dict[str, Any] | None:
    """A record as a dictionary; None where it is none."""
    raw = record.raw
    quick = raw[:1] in PLAIN and b"\0" not in raw[:2]
    try:
        found = _value(raw.decode("utf-8", "surrogatepass")) if quick else json.loads(raw)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _value(text: str) -> object:
    """A JSON text's value; most are nothing but their value, and need no looking for blanks around it."""
    value, end = VALUE(text)
    return value if end == len(text) else json.loads(text)


def given(values: dict[str, Any] | None) -> dict[str, Any]:
    """The dictionary that a record is. Raises `Fault` where it is none."""
    if values is None:
        raise Fault(column="", reason="malformed_record")
    return values


def numbered(who: Who, column: str) -> Who:
    """An account that has a number. Raises `Fault` where it has none."""
    if not who.number:
        raise Fault(column=column, reason="missing_key")
    return who


def _authors(context: Context) -> Iterator[Who]:
    for record in context.records():
        values = loaded(record)
        user = (values or {}).get("user")
        if isinstance(user, dict):
            try:
                yield tweets1.who(user)
            except Fault:
                continue


def users(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Accounts: who they are, and of the one we look at how many follow it."""
    del preview, source
    profiles = Profiles(context)
    for record in context.records():
        try:
            values = given(loaded(record))
            who = numbered(tweets1.who(values), "id_str")
        except Fault as fault:
            profiles.gathering.reject(record, fault.column, fault.reason)
            continue
        profiles.take(record, Profile(who=who, name=values.get("name") or "", followers=values.get("followers_count")))
    yield profiles.end()
