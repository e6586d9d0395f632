"""A formula with its numbers in it, in words: ``explain`` prints them, the evidence of a card shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def worked_words(
    formula: str, numbers: str, words: str, parts: Sequence[tuple[str, str]], *, value: str
) -> Iterator[tuple[str, str]]:
    """What each line is (a key of ``reading.label``) and what it says. ``parts``: the numbers in it, in words."""
    if not numbers:
        yield "definition", formula
    elif numbers == value:
        yield "numbers", say("reading.text.alone", formula=formula, value=value)
    else:
        yield "numbers", say("reading.text.numbers", formula=formula, numbers=numbers, value=value)
    yield "words", words
    if len(parts) > 1:
        yield "part", "; ".join(say("reading.text.part", words=each, value=number) for each, number in parts)
