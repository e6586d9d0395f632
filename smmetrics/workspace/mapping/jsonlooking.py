"""Where the records of an unknown JSON file lie, and what stands in them: one list, or several to choose from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import BadData
from smmetrics.words import cut, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LARGEST = 64 << 20
RECORDS = 2000
DEEPEST = 4
SHOWN = 60
BEHIND = "Extra data"
"""What the standard library says of a text that goes on behind its value."""


def lists(path: Path, *, lines: bool) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lists of records, by their place in the words of a layout, with the first of each; none where none is found.

    The longest comes first.
    """
    if lines:
        with path.open("rb") as file:
            found = [_loaded(line) for line, _ in zip(file, range(RECORDS), strict=False)]
        return [("", [each for each in found if isinstance(each, dict)])]
    if path.stat().st_size > LARGEST:
        return []
    document = _loaded(path.read_bytes())
    places = list(_arrays(document, "", 0))
    if not places:
        return [("", [document])] if isinstance(document, dict) else []
    return [(place, held[:RECORDS]) for place, held in sorted(places, key=lambda each: -len(each[1]))]


def _loaded(raw: bytes) -> Any:  # noqa: ANN401 (JSON)
    """The value of a line or a file; None where it is damaged: an import says so, or sets it aside."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _arrays(value: Any, path: str, depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:  # noqa: ANN401 (JSON)
    if isinstance(value, list):
        held = [each for each in value if isinstance(each, dict)]
        if held and len(held) == len(value):
            yield f"{path}[]", held
    elif isinstance(value, dict) and depth < DEEPEST:
        for key, inner in value.items():
            if key.isidentifier():
                yield from _arrays(inner, f"{path}.{key}".removeprefix("."), depth + 1)


def check(path: Path, name: str) -> None:
    """Refuse a file that is no JSON, by what stands where. Raises `BadData`."""
    if path.stat().st_size > LARGEST:
        return
    try:
        json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        shown = cut((error.doc[error.pos :].strip().splitlines() or [""])[0], SHOWN)
        sentence = "no_json_behind" if error.msg == BEHIND else "no_json"
        message = say(f"map.{sentence}", name=name, line=error.lineno, text=shown, why=error.msg.lower())
        raise BadData(message, hint=say("map.no_json_hint"), code="map.no_json") from error
    except (ValueError, RecursionError):
        return


def columns(found: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """The values of the records by their path, each as text; empty where a record has none."""
    names: dict[str, None] = {}
    flat = [dict(_leaves(record, "", 0)) for record in found]
    for record in flat:
        names |= dict.fromkeys(record)
    return {name: [record.get(name, "") for record in flat] for name in names}


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:  # noqa: ANN401 (JSON)
    if isinstance(value, dict) and depth < DEEPEST:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}".removeprefix("."), depth + 1)
    elif value is not None and not isinstance(value, list | dict):
        yield path, str(value).lower() if isinstance(value, bool) else str(value)
