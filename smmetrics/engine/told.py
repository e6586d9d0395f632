"""What a reading says: number and interval only where its state is *value*, the sample wherever there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine.intervals import CONFIDENCE
from smmetrics.engine.schema import SCHEMA, STATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.grid import Grid
    from smmetrics.engine.intervals import Floats
    from smmetrics.engine.places import Ints
    from smmetrics.engine.readings import Found
    from smmetrics.engine.states import Stated

_SAMPLE = ("n", "n_eff", "numerator", "denominator", "reported_share")
_NUMBERS = ("value", "low", "high", "confidence", *_SAMPLE, "incomplete", "exact")
_WORDS = ("reason", "interval_method", "scope")
_NO_SAMPLE = [STATES.index(name) for name in ("not_permitted", "not_measurable", "not_covered")]
_VALUE = STATES.index("value")


@dataclass(frozen=True, slots=True)
class Answer:
    """A request with what was found of it, a reading a row."""

    one: Ask
    grid: Grid
    found: Found
    stated: Stated
    incomplete: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Silent:
    """A request that cannot be computed, or of which no day is covered: ``rows`` readings without a number."""

    one: Ask
    rows: int
    state: str
    reason: str
    grid: None = None


def told(answers: Sequence[Answer | Silent], order: Ints) -> dict[str, pl.Series]:
    """The columns of all answers, their rows in an order."""
    each = [_silent(answer) if isinstance(answer, Silent) else _told(answer) for answer in answers]
    columns = {name: np.concatenate([one[name] for one in each])[order] for name in (*_NUMBERS, *_WORDS, "state")}
    numbers = {name: pl.Series(columns[name], nan_to_null=True).cast(SCHEMA[name]) for name in _NUMBERS}
    words = {name: pl.Series(columns[name].tolist(), dtype=pl.String) for name in _WORDS}
    return numbers | words | {"state": pl.Series(STATES)[columns["state"]]}


def _silent(answer: Silent) -> Mapping[str, NDArray[np.generic]]:
    words = {"reason": answer.reason, "interval_method": "", "scope": ""}
    none, state = np.full(answer.rows, np.nan), np.full(answer.rows, STATES.index(answer.state))
    said = {name: np.full(answer.rows, word, dtype=np.object_) for name, word in words.items()}
    return {**dict.fromkeys(_NUMBERS, none), **said, "state": state}


def _told(answer: Answer) -> Mapping[str, NDArray[np.generic]]:
    found, state = answer.found, answer.stated.state
    valued = state == _VALUE
    bounded = valued & ~(np.isnan(found.low) & np.isnan(found.high))
    sampled = ~np.isin(state, _NO_SAMPLE)
    method = np.where(bounded, found.method, "")
    return {
        **{name: _where(valued, getattr(found, name)) for name in ("value", "low", "high")},
        "confidence": _where(bounded, np.full(len(state), CONFIDENCE)),
        **{name: _where(sampled, getattr(found, name)) for name in _SAMPLE},
        "incomplete": answer.incomplete.astype(np.float64),
        "exact": found.exact.astype(np.float64),
        "state": state,
        "reason": answer.stated.reason,
        "interval_method": np.where(method == None, "", method),  # noqa: E711 (element by element)
        "scope": found.scope,
    }


def _where(there: NDArray[np.bool_], numbers: Floats) -> Floats:
    return np.where(there, numbers, np.nan)
