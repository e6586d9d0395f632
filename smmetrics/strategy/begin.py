"""Begin a strategy: write a template into a folder, with the answers a person gave, and never over a file."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.changes import applied
from smmetrics.strategy.plain import Rename, Set
from smmetrics.strategy.read import read_bytes
from smmetrics.strategy.template import template
from smmetrics.strategy.templates import BLANK, text_of
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from smmetrics.strategy.plain import Change

FILE = "strategy.toml"
ACTIVITIES: Mapping[str, tuple[str, ...]] = {
    "speak": ("communicating",), "listen": ("monitoring",), "both": ("monitoring", "communicating"),
}  # fmt: skip
PERSON = re.compile(
    r"(?P<name>[^\d]*?[^\d\s,:])[\s:,]*(?P<hours>\d+(?:[.,]\d+)?)?\s*(?:h|hrs?|hours?)?\.?", re.IGNORECASE
)
MOST_HOURS = 168


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What a person said before there was a file. ``people``: names with their hours a week, none where not said."""

    who: str = ""
    better: str = ""
    people: tuple[tuple[str, float | None], ...] = ()
    does: str = ""


def read_people(said: str) -> tuple[tuple[str, float | None], ...]:
    """Read ``Amira 8, Tom 4 h``.

    Raises:
        ValueError: with words, if it cannot be understood.

    """
    parts = re.split(r"\s*;\s*|\s*,(?!\d)\s*|\s+and\s+|\s*\n\s*", said.strip())
    return tuple(_person(part) for part in parts if part)


def _person(part: str) -> tuple[str, float | None]:
    match = PERSON.fullmatch(part)
    hours = float(match["hours"].replace(",", ".")) if match and match["hours"] else None
    if match is None or (hours or 0) > MOST_HOURS or not _short(match["name"]):
        raise ValueError(say("start.init.people_how", part=part))
    return match["name"].strip(), hours


def begun(name: str = BLANK, *, zone: str, title: str = "", answers: Answers | None = None) -> str:
    """The text of a new strategy from a template, in a zone, with the answers put in."""
    if name != BLANK:
        return applied(text_of(name), [Set(("timezone",), zone)])
    return applied(template(title, zone=zone), _changes(answers) if answers else ())


def _changes(answers: Answers) -> Iterator[Change]:
    """Where the answers go: purpose, audience, people and their hours, activities."""
    yield Set(("purpose",), answers.better)
    yield Set(("audiences", "people", "who"), answers.who)
    yield Set(("goals", "first", "audience"), "people" if answers.who else "")
    people = dict(zip(_names(answers), answers.people, strict=True))
    for place, (name, (called, hours)) in enumerate(people.items()):
        if not place:
            yield Rename(("people", "me"), name)
        yield Set(("people", name, "role"), called)
        if hours is not None:
            yield Set(("people", name, "hours_per_week"), _plain(hours))
    yield Set(("goals", "first", "people"), list(people))
    yield Set(("goals", "first", "hours"), {name: _plain(hours) for name, (_, hours) in people.items() if hours})
    yield Set(("goals", "first", "activities"), list(ACTIVITIES.get(answers.does, ())))


def _names(answers: Answers) -> list[str]:
    """Short names for people, no two alike."""
    names: list[str] = []
    for called, _ in answers.people:
        short = _short(called)
        again = sum(name == short or name.rpartition("-")[0] == short for name in names)
        names.append(f"{short}-{again + 1}" if again else short)
    return names


def _short(called: str) -> str:
    """The first word of a name as the file's tables are named: small letters without marks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", called) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", bare.casefold())
    return words[0] if words else ""


def _plain(hours: float) -> float | int:
    return int(hours) if hours == int(hours) else hours


def write_new(
    folder: Path, *, zone: str = "UTC", title: str = "", name: str = BLANK, answers: Answers | None = None
) -> Path:
    """Write a new strategy into a folder, which is made if need be.

    Raises:
        StrategyFaults: if what was given is not allowed in it, such as a time zone that there is not.
        UserMistake: if there is one already (it is never overwritten), or the folder cannot be written.

    """
    path = folder / FILE
    text = begun(name, zone=zone, title=title, answers=answers)
    read_bytes(text.encode("utf-8"), path=path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, text)
    except FileExistsError:
        which = "there" if path.exists() else "in_the_way"
        hint = say(f"start.init.{which}_hint")
        raise UserMistake(say(f"start.init.{which}"), where=str(path), hint=hint, code="strategy.exists") from None
    except OSError as error:
        message, hint = say("start.init.unwritable", why=error.strerror or error), say("start.init.unwritable_hint")
        raise UserMistake(message, where=str(path), hint=hint, code="strategy.unwritable") from error
    return path


def _write(path: Path, text: str) -> None:
    """Write whole or not at all, and not over a file."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    if path.exists():
        raise FileExistsError
    try:
        with new.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
