"""How values look as regular expressions that editors understand: the same words as `quantities` reads.

A pattern may let through what a reader then refuses (a band that ends before it begins), never the other way round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.strategy.quantities import CURRENCY_SIGNS, DURATION_WORDS, PERCENT_WORDS, SPAN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBER = r"[+-]?\d+(\.\d+)?"
BLANK = r"\s*"


def _any_case(word: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else re.escape(c).replace(r"\ ", " ") for c in word)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_DURATION = _one_of(map(_any_case, DURATION_WORDS))
_SIGNS = _one_of("$" if sign == "$" else sign for sign in CURRENCY_SIGNS).replace("$", r"\$")
_UNIT = f"({_DURATION}|{_one_of(map(_any_case, PERCENT_WORDS))}|{_SIGNS}|[A-Z]{{3}})?"
_SIMPLE = f"{NUMBER}{BLANK}{_UNIT}"
_PLAIN = f"({_SIMPLE}|\\d+(\\.\\d+)?{BLANK}({_DURATION})(\\s+\\d+(\\.\\d+)?{BLANK}({_DURATION}))+)"

AMOUNT = f"^{BLANK}{_PLAIN}{BLANK}$"
TARGET = f"^{BLANK}((<=|>=|≤|≥|<|>)?{BLANK}{_PLAIN}|{_SIMPLE}{BLANK}\\.\\.{BLANK}{_SIMPLE}){BLANK}$"
SPAN = f"^{BLANK}\\d{{1,4}}{BLANK}({_one_of(SPAN_WORDS)}){BLANK}$"
