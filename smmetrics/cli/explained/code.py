"""The page of a finding's code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.cli.explained.layout import indented, plain
from smmetrics.words import say, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def lines(record: Mapping[str, Any]) -> Iterator[str]:
    """What it means, why it matters, how to mend and to accept it; where it is open here, and what would accept it."""
    level = section("levels.one")[record["level"]]
    yield say("explain.code.head", code=record["code"], level=level, found=record["found"].rstrip("."))
    for part in record["parts"]:
        yield ""
        yield f"{part['heading']}:"
        yield indented(part["text"], 2)
    for each in record["open"]:
        yield ""
        yield plain(say("explain.code.open", line=each["line"], message=each["message"]))
        if each["accept"]:
            yield f"  {say('explain.code.accept')}"
            yield from (f"  {line}" for line in each["accept"].splitlines())
