"""A post as X's older interface (1.1, and the one before it) describes it: from a dictionary to a `Post`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics_x.dates import either
from smmetrics_x.said import Post, Who, different

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = {"photo": "photo", "video": "video", "animated_gif": "gif"}
COUNTS = {
    "likes": ("favorite_count", "favoriteCount"),
    "shares": ("retweet_count", "retweetCount"),
    "comments": ("reply_count",),
    "quotes": ("quote_count",),
}

NONE = (None, "", -1, "-1")
"""What stands in the place of an id that there is none: of an account that is gone or renamed, X writes -1."""


class Fault(Exception):
    """A record that cannot be taken: the key at fault and the reason."""

    def __init__(self, *, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


def number_of(values: Mapping[str, Any], name: str) -> str | None:
    """An id as text: ``id_str`` first, as the number beside it may have been rounded by a program."""
    found = values.get(f"{name}_str") or values.get(name)
    if found in NONE:
        return None
    text = str(found)
    if not (text.isascii() and text.isdigit()):
        rounded = isinstance(found, float) or "E+" in text.upper()
        raise Fault(column=name, reason="id_precision_lost" if rounded else "missing_key")
    return text


def post(values: Mapping[str, Any], *, counts: bool = True) -> Post:
    """A post. Raises `Fault` where it has no id, or a date or count that is none."""
    number = number_of(values, "id")
    if number is None:
        raise Fault(column="id_str", reason="missing_key")
    whole = values.get("extended_tweet") or {}
    entities = whole.get("entities") or values.get("entities") or {}
    answers = number_of(values, "in_reply_to_status_id")
    text = whole.get("full_text") or values.get("full_text") or values.get("text")
    kind, basis = _kind(values, answers, text)
    return Post(
        number=number,
        at=_at(values),
        by=_who(values.get("user") or {}),
        kind=kind,
        basis=basis,
        text=text,
        answers=answers if kind in {"reply", "quote"} else None,
        root=None if answers else number,
        format=_format(whole.get("extended_entities") or values.get("extended_entities") or entities),
        language=values.get("lang") or (values.get("metadata") or {}).get("iso_language_code"),
        mentions=_mentions(values, entities),
        links=tuple(u for each in entities.get("urls") or () if (u := each.get("expanded_url") or each.get("url"))),
        hashtags=tuple(each["text"] for each in entities.get("hashtags") or () if each.get("text")),
        counts={"total": {fact: _count(values, names) for fact, names in COUNTS.items()}} if counts else {},
    )


def _kind(values: Mapping[str, Any], answers: str | None, text: str | None) -> tuple[str, str]:
    """What sort of post it is, and whether a field says so or only its text."""
    if values.get("retweeted_status"):
        return "share", "field"
    if answers or number_of(values, "in_reply_to_user_id"):
        return "reply", "field"
    if values.get("is_quote_status") or values.get("quoted_status_id_str"):
        return "quote", "field"
    if "user" not in values and (text or "").startswith("RT @"):
        return "share", "text"
    return "post", "field"


def _at(values: Mapping[str, Any]) -> Any:  # noqa: ANN401 (an instant or none)
    stated = values.get("created_at")
    if not stated:
        return None
    try:
        return either(str(stated))
    except ValueError as error:
        raise Fault(column="created_at", reason="not_a_date") from error


def who(user: Mapping[str, Any]) -> Who:
    """An account as this interface describes it."""
    return _who(user)


def _who(user: Mapping[str, Any]) -> Who:
    return Who(number=number_of(user, "id") or "", handle=user.get("screen_name") or "")


def _mentions(values: Mapping[str, Any], entities: Mapping[str, Any]) -> tuple[Who, ...]:
    """Who is named, whoever is answered first; the accounts of one's own text are known by number."""
    named = [_who(each) for each in entities.get("user_mentions") or ()]
    to = number_of(values, "in_reply_to_user_id")
    if to and all(each.number != to for each in named):
        named.insert(0, Who(number=to, handle=values.get("in_reply_to_screen_name") or ""))
    return different(named)


def _format(entities: Mapping[str, Any]) -> str | None:
    kinds = [FORMATS.get(each.get("type", "")) for each in entities.get("media") or ()]
    return next(filter(None, kinds), None)


def _count(values: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    """A count; the archive writes them as texts, and the oldest interface ``100+``, which is no count."""
    found = next((values[name] for name in names if values.get(name) is not None), None)
    if found is None:
        return None
    try:
        return int(found)
    except (TypeError, ValueError) as error:
        if str(found).endswith("+"):
            return None
        raise Fault(column=names[0], reason="not_an_integer") from error
