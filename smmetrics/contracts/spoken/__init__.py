"""A formula said in words, from what was parsed: the same formula always gives the same sentence.

``in_words(formula)`` is for a person who does not read the language; the words are in the catalogue
(`smmetrics/words/en/formulas.toml`), so that one thing is called by one name everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.spoken.numbers import number
from smmetrics.contracts.spoken.vocabulary import Vocabulary, called, column_words, moment, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.contracts.formula import Formula

__all__ = ["called", "column_words", "in_words", "moment", "rows_of"]
_NONE: Mapping[str, object] = {}


def in_words(formula: Formula, parameters: Mapping[str, object] = _NONE) -> str:
    """The formula as one sentence; ``parameters`` are values in place of the defaults."""
    defaults = {each.name: each.default for each in formula.parameters}
    known = {column.name: found for column, found in formula.known.items()}
    said = number(formula.root, Vocabulary({**defaults, **parameters}, known))
    return f"{said[0].upper()}{said[1:]}."
