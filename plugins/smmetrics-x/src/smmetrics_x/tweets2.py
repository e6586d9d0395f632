"""A post as X's newer interface (2) describes it, with what its page includes: from dictionaries to a `Post`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from smmetrics_x.dates import iso
from smmetrics_x.said import Counts, Post, Who, different
from smmetrics_x.tweets1 import FORMATS, Fault, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

VIEWED_SINCE = datetime(2023, 1, 5, tzinfo=UTC)
"""Posts made before X gave impressions to this interface show 0: nobody counted, which is not none."""
PUBLIC = {
    "likes": "like_count",
    "shares": "retweet_count",
    "comments": "reply_count",
    "quotes": "quote_count",
    "saves": "bookmark_count",
    "impressions": "impression_count",
}
OWN = {
    "link_clicks": "url_link_clicks",
    "profile_visits": "user_profile_clicks",
    "x__engagements": "engagements",
}
IN_SCOPES = {fact: name for fact, name in (PUBLIC | OWN).items() if fact != "x__engagements"}
SCOPES = {"organic": "organic_metrics", "paid": "promoted_metrics"}
NOT_TOLD: Counts = dict.fromkeys(OWN)
KINDS = {"retweeted": "share", "replied_to": "reply", "quoted": "quote"}
"""Which sort of post a reference makes, the first that is there."""


def post(values: Mapping[str, Any], users: Mapping[str, Who], media: Mapping[str, str]) -> Post:
    """A post. ``users`` by number, and by handle with ``@``, and ``media`` kinds by key, as the page includes them.

    Raises `Fault` where it has no id, or a date or count that is none.
    """
    number = number_of(values, "id")
    if number is None:
        raise Fault(column="id", reason="missing_key")
    at = _at(values)
    refers = {each.get("type"): str(each.get("id")) for each in values.get("referenced_tweets") or ()}
    kind = next((word for name, word in KINDS.items() if name in refers), "post")
    if kind != "share" and values.get("in_reply_to_user_id") and "replied_to" not in refers:
        kind = "reply"
    entities = (values.get("note_tweet") or {}).get("entities") or values.get("entities") or {}
    return Post(
        number=number,
        at=at,
        by=_author(values, users),
        kind=kind,
        text=(values.get("note_tweet") or {}).get("text") or values.get("text"),
        answers=refers.get("replied_to"),
        root=values.get("conversation_id") or (number if kind == "post" else None),
        format=_format(values, media),
        language=values.get("lang"),
        mentions=_mentions(values, entities, users),
        links=tuple(u for each in entities.get("urls") or () if (u := each.get("expanded_url") or each.get("url"))),
        hashtags=tuple(each["tag"] for each in entities.get("hashtags") or () if each.get("tag")),
        counts=_counts(values, at),
    )


def who(user: Mapping[str, Any]) -> Who:
    """An account as this interface describes it."""
    return Who(number=number_of(user, "id") or "", handle=user.get("username") or "")


def _author(values: Mapping[str, Any], users: Mapping[str, Who]) -> Who:
    """The author: by number, with the handle where the page includes it, or written beside the post by a collector."""
    inside = values.get("author")
    if isinstance(inside, dict):
        return who(inside)
    number = number_of(values, "author_id") or ""
    return users.get(number) or Who(number=number)


def _at(values: Mapping[str, Any]) -> datetime | None:
    stated = values.get("created_at")
    if not stated:
        return None
    try:
        return iso(str(stated))
    except ValueError as error:
        raise Fault(column="created_at", reason="not_a_date") from error


def _mentions(values: Mapping[str, Any], entities: Mapping[str, Any], users: Mapping[str, Who]) -> tuple[Who, ...]:
    """Who is named, whoever is answered first. Only numbers tell persons apart: a bare name is looked up."""
    named = []
    for each in entities.get("mentions") or ():
        handle = each.get("username") or ""
        told = Who(number=str(each.get("id") or ""), handle=handle)
        named.append(told if told.number else users.get(f"@{handle.lower()}", told))
    to = values.get("in_reply_to_user_id")
    if to and all(each.number != str(to) for each in named):
        named.insert(0, users.get(str(to)) or Who(number=str(to)))
    return different(named)


def _format(values: Mapping[str, Any], media: Mapping[str, str]) -> str | None:
    keys = (values.get("attachments") or {}).get("media_keys") or ()
    inside = [FORMATS.get(each.get("type", "")) for each in keys if isinstance(each, dict)]
    return next(filter(None, [*inside, *(media.get(key) for key in keys if isinstance(key, str))]), None)


def _counts(values: Mapping[str, Any], at: datetime | None) -> dict[str, Counts]:
    public, private = values.get("public_metrics") or {}, values.get("non_public_metrics") or {}
    found = _numbers(public, PUBLIC) | (_numbers(private, OWN) if private else NOT_TOLD)
    if found["impressions"] is None:
        found["impressions"] = _number(private, "impression_count")
    if found["impressions"] == 0 and at is not None and at < VIEWED_SINCE:
        found["impressions"] = None
    counts: dict[str, Counts] = {"total": found}
    for scope, name in SCOPES.items():
        if part := values.get(name):
            counts[scope] = _numbers(part, IN_SCOPES)
    return counts


def _numbers(values: Mapping[str, Any], names: Mapping[str, str]) -> Counts:
    """Whole numbers by fact. Raises `Fault` where one is none."""
    found = {}
    for fact, name in names.items():
        number = found[fact] = values.get(name)
        if number is not None and type(number) is not int:
            raise Fault(column=name, reason="not_an_integer")
    return found


def _number(values: Mapping[str, Any], name: str) -> int | None:
    found: object = values.get(name)
    if found is None or type(found) is int:
        return found
    raise Fault(column=name, reason="not_an_integer")
