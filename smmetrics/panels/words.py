"""States and reason codes in the words a person reads. Codes stay in the data; the words are in the catalogue.

A reason is a code, perhaps with what it is about: ``field.missing: post_counts.saves``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.words import say, section

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Mapping[str, str] = section("readings.states")
"""What a reading's state is called."""
STATUSES: Mapping[str, str] = section("readings.statuses")
"""What a source is said to do with a metric, where its name stands before it."""
REASONS: Mapping[str, str] = section("readings.reason")
"""A reason code in words, alone; ``readings.reason_of`` has it with what it is about."""
FACTS: Mapping[str, str] = section("readings.facts")
"""Facts whose column name is no plain word."""

_FACT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_CODE = rf"(?:{'|'.join(map(re.escape, sorted(REASONS)))})"
_WITHOUT = re.compile(r"without (?P<who>\S+) \((?P<why>.*)\)")
_OF = re.compile(rf"(?P<who>\w+): (?P<why>{_CODE}.*)")
_BETWEEN = re.compile(rf"; (?=without \S+ \(|(?:\w+: )?{_CODE})")
"""Reasons are joined by semicolons; one inside a sentence separates nothing."""
_PLAIN = frozenset(say("readings.sentence.plain").split())
"""Words that are no names: what else a plugin's sentence begins with may well be one."""
_COLUMN = re.compile(r"^[a-z]\w*: (?=[A-Z])|\b[a-z]+_\w+: ")
"""A column's name before the sentence about it."""


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
        return say("readings.joined.without", who=found["who"], why=why_words(found["why"]))
    if found := _OF.fullmatch(text):
        return say("readings.joined.of", who=found["who"], why=why_words(found["why"]))
    code, _, about = text.partition(": ")
    if code not in REASONS:
        return text if " " in text else text.replace(".", ": ").replace("_", " ")
    if about.endswith("."):
        return about
    about = facts_named(about)
    return section("readings.reason_of")[code].format(about=about) if about else REASONS[code]


def state_words(name: str, why: str | None = "") -> str:
    """A reading's state with its reason: ``not measurable: this export does not report saves``."""
    words = STATES.get(name, name.replace("_", " "))
    because = "; ".join(_part_words(part) for part in parts(why))
    return words if because == words else ": ".join(part for part in (words, because) if part)


def _part_words(part: str) -> str:
    """One reason to stand behind a state; a sentence of its own keeps no full stop."""
    return why_words(part) if _is_sentence(part) else reason_words(part)


def _is_sentence(part: str) -> bool:
    return part.endswith(".") and not _WITHOUT.fullmatch(part)


def why_words(reason: str) -> str:
    """A reason in plain words, to stand inside a sentence: no column's name before it, no full stop behind it."""
    return inside(facts_named(_COLUMN.sub("", reason_words(reason)).rstrip(". ")))


def inside(text: str) -> str:
    """A sentence that stands inside another one: it begins small where it begins with a plain word, and no name."""
    first, _, rest = text.partition(" ")
    is_plain = first.rstrip("',;:").casefold() in _PLAIN and not rest[:1].isupper()
    return text[:1].lower() + text[1:] if is_plain else text
