"""Mappings as files of TOML in a folder's ``maps``: written with remarks for people, read strictly."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.words import say
from smmetrics.workspace.mapping.record import ACROSS, ASKED, DOWN, WINDOWS, Mapping, Told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from smmetrics.contracts.catalogue import Catalogue

FOLDER = "maps"
TEXTS = ("platform", "platform_title", "title", "account", "table", "window")
FILE = {
    "layout": str,
    "header_row": int,
    "two_rows": bool,
    "beside": bool,
    "under": str,
    "records": str,
    "locale": str,
    "delimiter": str,
    "json": bool,
}
SAID = ("two_rows", "beside", "under")
LISTS = ("missing", "footer")
COLUMN = {"to": str, "as": str, "scope": str, "scale": float, "extract": str, "required": bool}
TOP = {*TEXTS, "confirmed", "ours", "file", "fixed", "columns"}


def path_of(root: Path, name: str) -> Path:
    """Where a mapping of that name lies."""
    return root / FOLDER / f"{name}.toml"


def written(mapping: Mapping) -> str:
    """A mapping as its file."""
    return "\n".join(_lines(mapping)) + "\n"


def _lines(mapping: Mapping) -> Iterator[str]:
    yield from (f"# {line}" for line in say("map.file.head", name=mapping.name).splitlines())
    yield f"confirmed = {_value(mapping.confirmed)}"
    for key in TEXTS:
        if value := getattr(mapping, key):
            yield f"{key} = {_value(value)}  # {say(f'map.file.{key}')}"
        elif key in {"platform", "account"}:
            yield f'{key} = ""  # {say(f"map.file.{key}")}'
    yield f"ours = {_value(mapping.ours)}  # {say('map.file.ours')}"
    yield "\n[file]"
    for key, kind in FILE.items():
        value = getattr(mapping, key)
        if value != kind():
            yield f"{key} = {_value(value)}" + (f"  # {say(f'map.file.{key}')}" if key in SAID else "")
    yield f"missing = {_value(list(mapping.missing))}  # {say('map.file.missing')}"
    yield f"footer = {_value(list(mapping.footer))}  # {say('map.file.footer')}"
    if mapping.fixed:
        yield "\n[fixed]"
        yield from (f"{_value(key)} = {_value(value)}" for key, value in mapping.fixed.items())
    yield f"\n# {say('map.file.columns')}"
    yield "[columns]"
    for told in mapping.columns:
        seen = ", ".join(told.seen)
        remark = " ".join(filter(None, (say("map.file.seen", values=seen) if seen else "", told.why)))
        yield f"{_value(told.header)} = {_told(told)}" + (f"  # {_one_line(remark)}" if remark else "")


def _told(told: Told) -> str:
    parts = [f"to = {_value(told.to)}"]
    if told.to not in {"", ASKED}:
        parts.append(f"as = {_value(told.parse)}")
    if told.scope:
        parts.append(f"scope = {_value(told.scope)}")
    if told.scale != 1.0:
        parts.append(f"scale = {told.scale!r}")
    if told.extract:
        parts.append(f"extract = {_value(told.extract)}")
    if told.required:
        parts.append("required = true")
    return "{ " + ", ".join(parts) + " }"


def _value(value: object) -> str:
    """A value in TOML: text, number, truth or a list of texts are written like JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def read(path: Path, catalogue: Catalogue) -> Mapping:
    """The mapping in a file. Raises `UserMistake` that names file and key where something is not as it must be."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, str(error)) from error
    _known(path, said, TOP, "")
    file, columns = said.get("file", {}), said.get("columns", {})
    if not isinstance(file, dict) or not isinstance(columns, dict):
        raise _wrong(path, say("map.wrong.tables"))
    _known(path, file, {*FILE, *LISTS}, "file.")
    given: dict[str, Any] = {key: _typed(path, f"file.{key}", file[key], FILE[key]) for key in FILE if key in file}
    given |= {key: tuple(map(str, _typed(path, f"file.{key}", file[key], list))) for key in LISTS if key in file}
    given |= {"table": ""} | {key: _typed(path, key, said[key], str) for key in TEXTS if key in said}
    mapping = Mapping(
        name=path.stem,
        confirmed=_typed(path, "confirmed", said.get("confirmed", False), bool),
        ours=_typed(path, "ours", said.get("ours", True), bool),
        columns=tuple(_column(path, header, each) for header, each in columns.items()),
        fixed={str(key): str(value) for key, value in said.get("fixed", {}).items()},
        **given,
    )
    checked(mapping, catalogue, path)
    return mapping


def checked(mapping: Mapping, catalogue: Catalogue, path: Path | None = None) -> None:
    """Raise `UserMistake` where a mapping names what is not there; ``path``: the file that says so, if one does."""
    if mapping.table not in catalogue.tables:
        raise _wrong(path, say("map.wrong.table", name=mapping.table), _near(mapping.table, catalogue.tables))
    if mapping.window not in WINDOWS:
        raise _wrong(path, say("map.wrong.word", key="window", value=mapping.window, known=", ".join(WINDOWS)))
    if mapping.layout not in {ACROSS, DOWN}:
        raise _wrong(path, say("map.wrong.word", key="layout", value=mapping.layout, known=f"{DOWN}, {ACROSS}"))
    for told in mapping.taken:
        if told.to not in catalogue.facts and not _is_fact(told.to, catalogue):
            raise _wrong(
                path,
                say("map.wrong.fact", header=told.header, name=told.to),
                _near(told.to, [f"{t.name}.{c.name}" for t in catalogue.tables.values() for c in t.columns]),
            )


def _is_fact(name: str, catalogue: Catalogue) -> bool:
    table, _, column = name.partition(".")
    return table in catalogue.tables and any(fact.name == column for fact in catalogue.tables[table].columns)


def _column(path: Path, header: str, said: object) -> Told:
    if isinstance(said, str):
        said = {"to": said, "as": "text"}
    if not isinstance(said, dict):
        raise _wrong(path, say("map.wrong.column", header=header))
    _known(path, said, set(COLUMN), f"columns.{header}.")
    given: dict[str, Any] = {
        "parse" if key == "as" else key: _typed(path, f"columns.{header}.{key}", value, COLUMN[key])
        for key, value in said.items()
    }
    return replace(Told(header=header), **given)


def _typed(path: Path, key: str, value: Any, kind: type) -> Any:  # noqa: ANN401 (what TOML holds)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise _wrong(path, say("map.wrong.type", key=key, value=value, kind=kind.__name__))
    return value


def _known(path: Path, said: dict[str, Any], known: set[str], above: str) -> None:
    for key in said:
        if key not in known:
            raise _wrong(path, say("map.wrong.key", key=f"{above}{key}"), _near(key, known))


def _near(word: str, known: Any) -> str:  # noqa: ANN401 (any words)
    near = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return say("map.wrong.near", names=", ".join(near)) if near else ""


def _wrong(path: Path | None, message: str, hint: str = "") -> UserMistake:
    last = say("map.wrong.hint") if path else say("map.wrong.asked")
    return UserMistake(message, where=str(path or ""), hint=hint or last, code="map.malformed")
