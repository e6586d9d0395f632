"""A sentence is found by its key and nothing else; a long text is cut so that one sees it."""

from __future__ import annotations

import pytest

from smmetrics.words import cut, say


def test_a_sentence_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("review.S999.message")


@pytest.mark.parametrize(
    ("said", "longest", "shown"),
    [
        ("", 3, ""),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
    ],
)
def test_a_long_text_is_cut_to_its_length_with_an_ellipsis(said: str, longest: int, shown: str) -> None:
    assert cut(said, longest) == shown
    assert len(shown) <= longest
