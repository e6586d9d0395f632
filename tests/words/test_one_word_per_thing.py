"""No word of the code stands where a reader meets it, and the glossary says each word once."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from smmetrics import words
from smmetrics.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
FOR_AUTHORS = {"writing-a-plugin.md", "smmetrics plugins new"}
"""Pages and commands for those who write plugins, who need the code's words."""

OF_THE_CODE = {
    "binding": "coverage; what can be measured where",
    "capability": "can",
    "capabilities": "can",
    "quarantined": "set aside",
    "guard": "beside",
    "guards": "beside",
    "lead metric": "first number",
    "lead metrics": "first numbers",
    "grain": "period, per",
    "slice": "split by",
    "slices": "split by",
    "immature": "too young",
    "too_few": "too few to say",
    "zero_activity": "nothing happened",
    "proxy": "stand-in",
    "provenance": "where this comes from",
    "n_eff": "effective number",
    "semi-additive": "cannot be added up",
    "non-additive": "cannot be added up",
    "out-take": "what people took from it",
    "out_take": "what people took from it",
    "staff": "team",
    "customer_service": "support",
    "workspace": "folder",
    "adapter": "reader",
    "adapters": "reader",
    "canonical": "–",
    "partials": "–",
    "censored": "still open",
    "quarantine": "set aside",
}
_BANNED = re.compile(
    rf"(?<![\w.$<-])(?:{'|'.join(sorted(OF_THE_CODE, key=len, reverse=True))})(?![\w.])", re.IGNORECASE
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`|^ {4}.*$|\]\([^)]*\)", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(
    r"`[^`\n]*`|smmetrics(?: -w \w+)?(?: [a-z]+)+|^ +quarantine  |(?<![\w-])--?[a-z][\w-]*|\{\w+\}", re.MULTILINE
)
"""Commands, options and fields keep their names: `smmetrics quarantine` lists what was set aside."""


def _commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name in command.list_commands(click.Context(command)) if isinstance(command, click.Group) else ():
        found = command.get_command(click.Context(command), name)
        assert found is not None
        yield from _commands(found, (*path, name))


HELP = {
    " ".join(("smmetrics", *path)): command.get_help(click.Context(command, info_name=" ".join(("smmetrics", *path))))
    for path, command in _commands(app)
    if " ".join(("smmetrics", *path)) not in FOR_AUTHORS
}
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("plugins/*/README.md")))
    if path.name not in FOR_AUTHORS
}


def _sentences(node: object, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield prefix, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _sentences(value, f"{prefix}.{key}")


def _said(text: str) -> dict[str, str]:
    """Words of the code in a text, with what a reader is told instead."""
    return {found[0]: OF_THE_CODE[found[0].casefold()] for found in _BANNED.finditer(_COMMAND.sub("", text))}


@pytest.mark.parametrize("command", HELP)
def test_help_speaks_as_people_do(command: str) -> None:
    assert _said(HELP[command]) == {}


@pytest.mark.parametrize("page", PAGES)
def test_pages_speak_as_people_do(page: str) -> None:
    assert _said(_CODE.sub("", PAGES[page])) == {}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "smmetrics" / "words" / words.LANGUAGE).glob("*.toml")), ids=lambda p: p.stem
)
def test_the_catalogue_speaks_as_people_do(path: Path) -> None:
    found = {
        key: said
        for key, text in _sentences(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
        if (said := _said(text))
    }

    assert found == {}


@pytest.mark.parametrize("metric", sorted(OF_THE_CODE))
def test_every_word_of_the_code_would_be_found(metric: str) -> None:
    assert _said(f"The {metric} is there.") == {metric: OF_THE_CODE[metric]}


def _terms() -> list[tuple[str, list[str]]]:
    rows = [
        line.strip("|").split(" | ")
        for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    return [(row[0].strip(), row) for row in rows if row[0].strip() not in {"word", "---"}]


def test_the_glossary_says_each_word_once_with_its_meaning_and_place() -> None:
    terms = _terms()

    assert len(terms) > 40
    assert [term for term, count in Counter(term for term, _ in terms).items() if count > 1] == []
    for term, row in terms:
        assert len(row) == 4, term
        assert all(cell.strip() for cell in row), term


def test_what_the_program_says_instead_is_in_the_glossary() -> None:
    defined = {term for term, _ in _terms()}

    instead = {
        "coverage",
        "beside",
        "first number",
        "split by",
        "too young",
        "too few to say",
        "nothing happened",
        "stand-in",
        "where this comes from",
        "effective number",
        "cannot be added up",
        "team",
        "support",
        "folder",
        "reader",
        "still open",
        "set aside",
        "period",
    }

    assert instead - defined == set()


def test_every_state_of_a_reading_is_called_in_the_glossary_as_it_is_shown() -> None:
    meant = {code: term for term, row in _terms() for code in re.findall(r"`(\w+)`", row[3])}

    for code, shown in words.section("readings.states").items():
        if code in meant and shown:
            assert meant[code] == shown, code


def test_the_commands_the_glossary_points_to_exist() -> None:
    named = {word for _, row in _terms() for word in re.findall(r"`([a-z]+)(?: [^`]*)?`", row[2])}

    assert named - {path.split()[1] for path in HELP if " " in path} == set()
