"""States and reason codes in the words a person reads. Codes stay in the data; these words are for eyes.

A reason is a code, perhaps with what it is about: ``field.missing: post_counts.saves``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "value": "",
    "not_permitted": "not permitted",
    "not_measurable": "not measurable",
    "failed": "failed",
    "refused": "refused",
    "not_covered": "not covered",
    "not_reported": "not reported",
    "stale": "too old",
    "withheld_share": "withheld",
    "suppressed": "hidden",
    "too_few": "too few to say",
    "immature": "too young",
    "zero_activity": "nothing happened",
}
"""What a reading's state is called."""

STATUSES: Mapping[str, str] = {
    "measurable": "can",
    "partly": "partly",
    "not_measurable": "cannot",
    "not_permitted": "may not",
    "unknown": "unknown",
}
"""What a binding's status is called where a source stands before it."""

REASONS: Mapping[str, tuple[str, str]] = {
    "field.missing": ("this export does not report what it needs", "this export does not report {}"),
    "grain.too_coarse": ("the export counts in longer stretches", "the export counts {} in longer stretches"),
    "time.too_coarse": ("the export gives days without a clock", "the export gives days without a clock ({})"),
    "history.short": ("the source does not reach back that far", "the source does not reach back that far ({})"),
    "scope.mixed": ("paid and unpaid are mixed", "paid and unpaid are mixed ({})"),
    "scope.organic_only": ("unpaid counts only", "unpaid counts only ({})"),
    "meaning.differs": ("the source means something else by it", "the source means something else by it ({})"),
    "access.own_only": ("only one's own posts can be seen", "only one's own posts can be seen ({})"),
    "platform.closed": ("the platform does not offer it", "the platform does not offer it ({})"),
    "roles.unknown": ("the source does not say who wrote what", "the source does not say who wrote what ({})"),
    "roles.unmatched": ("a handle of your team was never seen here", "nobody here is {}: see speaks_as"),
    "basis.absent": ("what it builds on is not there", "{} is not there"),
    "basis.text": ("told from the text", "told from the text ({})"),
    "plugin.missing": ("its plugin is not installed", "the plugin {} is not installed"),
    "table.not_computed": ("this release does not compute it", "{}"),
    "labels.absent": ("posts are not labelled", "posts are not labelled ({})"),
    "dimension.absent": ("it cannot be split that way", "it cannot be split by {}"),
    "span.absent": ("no file covers this time", "no file covers {}"),
    "report.absent": ("no row reports it", "no row reports {}"),
    "denominator.zero": ("nothing to divide by", "nothing to divide by ({})"),
    "sample.small": ("too few to say", "too few to say ({})"),
    "people.few": ("too few people: they could be recognised", "too few people: they could be recognised ({})"),
    "time.open": ("what is still open has no length yet: use wait", "{} is still open and has no length yet: use wait"),
    "time.negative": ("times that run backwards are left out", "{} times that run backwards are left out"),
    "wait.not_reached": ("too few have ended so far", "too few have ended so far ({})"),
}
"""A reason code in words: alone, and with what it is about."""

FACTS: Mapping[str, str] = {
    "posts.in_reply_to": "which post a reply answers",
    "posts.in_reply_to_at": "when the post answered was written",
    "posts.person": "who wrote a post",
    "posts.account_id": "whose account it is",
    "posts.created_at": "when a post was written",
    "posts.kind": "whether a post is a reply",
    "posts.text": "the text of posts",
    "posts.format": "the format of posts",
    "posts.visibility": "who can see a post",
    "labels.value": "labels of posts",
    "people.unit": "people's units",
    "post_counts.link_clicks": "clicks on links",
    "post_counts.watch_seconds": "watch time",
    "account_counts.followers": "followers",
    "effort.minutes": "hours worked",
    "effort.cost": "what the hours cost",
    "effort.task": "what the hours went to",
}
"""Facts whose column name is no plain word."""

_FACT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_CODE = rf"(?:{'|'.join(map(re.escape, sorted(REASONS)))})"
_WITHOUT = re.compile(r"without (?P<who>\S+) \((?P<why>.*)\)")
_OF = re.compile(rf"(?P<who>\w+): (?P<why>{_CODE}.*)")
_BETWEEN = re.compile(rf"; (?=without \S+ \(|(?:\w+: )?{_CODE})")
"""Reasons are joined by semicolons; one inside a sentence separates nothing."""


def fact_words(name: str) -> str:
    """A fact in plain words: ``post_counts.saves`` is *saves*."""
    return FACTS.get(name) or name.rpartition(".")[2].replace("__", " ").replace("_", " ")


def facts_named(text: str) -> str:
    """The text with facts called as people call them: ``posts.promo needs labels`` is *promo needs labels*."""
    return _FACT.sub(lambda found: fact_words(found[0]), text)


def reason_words(text: str | None) -> str:
    """Reasons in plain words; a sentence that is no code stays as it is."""
    return "; ".join(_one(part) for part in parts(text))


def parts(text: str | None) -> tuple[str, ...]:
    """The reasons of a reading, one by one, still as codes; a semicolon inside a sentence separates nothing."""
    return tuple(part for part in _BETWEEN.split(text or "") if part)


def left_out(part: str) -> tuple[str, str] | None:
    """The platform a value was taken without, and the reason as a code; None for any other reason."""
    found = _WITHOUT.fullmatch(part)
    return (found["who"], found["why"]) if found else None


def _one(text: str) -> str:
    if found := _WITHOUT.fullmatch(text):
        return f"without {found['who']} ({reason_words(found['why'])})"
    if found := _OF.fullmatch(text):
        return f"{found['who']}: {reason_words(found['why'])}"
    code, _, about = text.partition(": ")
    if code not in REASONS:
        return text if " " in text else text.replace(".", ": ").replace("_", " ")
    alone, with_about = REASONS[code]
    if about.endswith("."):
        return about
    about = facts_named(about)
    return with_about.format(about) if about else alone


def state_words(name: str, why: str | None = "") -> str:
    """A reading's state with its reason: ``not measurable: this export does not report saves``."""
    words = STATES.get(name, name.replace("_", " "))
    because = reason_words(why)
    return words if because == words else ": ".join(part for part in (words, because) if part)
