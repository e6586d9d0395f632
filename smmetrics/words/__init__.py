"""Every sentence a person reads, in one catalogue: a file of TOML for each part of the house, a key for each sentence.

Code names a sentence by its key and gives what it is about; another language is another folder of the same files.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGE = "en"


def say(key: str, /, **about: object) -> str:
    """The sentence ``key`` (``review.S051.message``: file, then keys) with what it is about put in.

    Raises:
        KeyError: if the catalogue has no such sentence, or it needs something that ``about`` does not name.

    """
    return text(key).format_map(about)


def text(key: str, /) -> str:
    """The sentence as it stands in the catalogue, its ``{fields}`` open."""
    found = _found(key)
    if not isinstance(found, str):
        raise KeyError(key)
    return found


def section(key: str, /) -> Mapping[str, str]:
    """All sentences under a key, by the last part of their name: ``readings.states``."""
    found = _found(key)
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise KeyError(key)
    return found


def sections(file: str, /) -> tuple[str, ...]:
    """The names of all sections of a file, in its order: the codes of findings in ``review``."""
    return tuple(name for name, found in _file(file).items() if isinstance(found, dict))


def cut(said: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis where it is longer than so many letters."""
    return said if len(said) <= longest else f"{said[: longest - 1].rstrip()}…"


def _found(key: str) -> object:
    file, *rest = key.split(".")
    found: object = _file(file)
    for part in rest:
        if not isinstance(found, dict) or part not in found:
            raise KeyError(key)
        found = found[part]
    return found


@cache
def _file(name: str) -> dict[str, object]:
    place = files(__name__) / LANGUAGE / f"{name}.toml"
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeyError(name) from None
