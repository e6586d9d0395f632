"""A JSON Schema of the strategy file, for editors: which words there are, what each means, what it may hold.

It is made from the records that read the file, so that the two cannot differ. An editor that knows it (Taplo, Even
Better TOML) completes words, shows their meaning and marks what is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smmetrics.api.checks import NAME
from smmetrics.words import section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.values import Part

DRAFT = "http://json-schema.org/draft-07/schema#"
NAMES = r"^[^\W_](?:[\w-]*\w)?$"
OWN_NAMES = f"^{NAME.pattern}$"


def schema() -> dict[str, Any]:
    """The schema as a document of JSON Schema, draft 7."""
    from smmetrics.strategy.model import Strategy  # noqa: PLC0415 (pydantic is loaded when it is needed)

    made = Strategy.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = made.pop("$defs")
    parts = {part.__name__: part for part in parts_of(Strategy)}
    whole = {"$schema": DRAFT, **_table(made, parts["Strategy"]), "title": section("start.schema")["title"]}
    return {**whole, "definitions": {name: _table(found, parts[name]) for name, found in sorted(definitions.items())}}


def parts_of(part: type[Part]) -> Iterator[type[Part]]:
    """A kind of table and every kind that it holds."""
    from smmetrics.strategy.unknown import part_in  # noqa: PLC0415 (as above)

    seen: dict[type[Part], None] = {part: None}
    left = [part]
    while left:
        inside = [part_in(field.annotation) for field in left.pop().model_fields.values()]
        new = [each for each in inside if each is not None and each not in seen]
        seen |= dict.fromkeys(new)
        left += new
    yield from seen


def words_of(part: type[Part]) -> str:
    """The section of the catalogue that says what the words of a table mean."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", part.__name__).lower()


def _table(found: dict[str, Any], part: type[Part]) -> dict[str, Any]:
    """A table's schema: every word with its meaning, and no other word."""
    meanings = section(f"keys.{words_of(part)}")
    properties = {key: _value(key, value, meanings[key]) for key, value in found["properties"].items()}
    table = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**table, "required": found["required"]} if "required" in found else table


def _value(key: str, found: dict[str, Any], meaning: str) -> dict[str, Any]:
    """A value's schema with its meaning. Null is no value of TOML, and defaults are no news."""
    choices = [each for each in found.get("anyOf", ()) if each != {"type": "null"}]
    plain = choices[0] if len(choices) == 1 else {**found, "anyOf": choices} if choices else found
    bare = {name: each for name, each in plain.items() if name not in {"title", "default"}}
    if "$ref" in bare:
        bare = {"allOf": [bare]}  # a description beside a reference would not be read
    if isinstance(bare.get("additionalProperties"), dict) and "$ref" in bare["additionalProperties"]:
        bare["propertyNames"] = {"pattern": OWN_NAMES if key == "metrics" else NAMES}
    return {"description": meaning, **bare}
