"""Every sentence that code names is in the catalogue, and every sentence of the catalogue is named somewhere."""

from __future__ import annotations

import ast
import string
import tomllib
from functools import cache
from pathlib import Path

import pytest

import smmetrics
from smmetrics import words

HOUSE = Path(smmetrics.__file__).parent
FILES = sorted((HOUSE / "words" / words.LANGUAGE).glob("*.toml"))


def _leaves(node: object, prefix: str) -> dict[str, str]:
    if isinstance(node, str):
        return {prefix: node}
    assert isinstance(node, dict), f"{prefix} is neither a sentence nor a table of sentences"
    found: dict[str, str] = {}
    for key, value in node.items():
        found |= _leaves(value, f"{prefix}.{key}")
    return found


@cache
def _catalogue() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in FILES:
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found |= _leaves(value, f"{path.stem}.{key}")
    return found


@cache
def _named() -> tuple[dict[str, str], set[str]]:
    """Whole keys that code names, with the place; and the fixed beginnings of keys it puts together."""
    whole: dict[str, str] = {}
    begun: set[str] = set()
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called not in {"say", "text", "section"}:
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                if called == "section":
                    begun.add(first.value + ".")
                whole[first.value] = f"{path.relative_to(HOUSE)}:{node.lineno}"
            elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                begun.add(str(first.values[0].value))
    return whole, begun


def test_what_code_names_is_there() -> None:
    known = _catalogue()
    tables = {key[:end] for key in known for end, sign in enumerate(key) if sign == "."}

    assert {key: place for key, place in _named()[0].items() if key not in known and key not in tables} == {}


def test_nothing_is_there_that_no_code_names() -> None:
    whole, begun = _named()

    idle = [key for key in _catalogue() if key not in whole and not any(key.startswith(start) for start in begun)]

    assert idle == []


def test_fields_are_names() -> None:
    for key, sentence in _catalogue().items():
        for _, field, _, _ in string.Formatter().parse(sentence):
            assert field is None or field.isidentifier(), f"{key}: a field must be a name, not {field!r}"


def test_a_sentence_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        words.say("levels.nope")
    with pytest.raises(KeyError):
        words.say("nofile.nope")
    with pytest.raises(KeyError):
        words.text("levels")
