"""Where the records of a piece of JSON begin and end, found on the bytes: strings masked out, brackets counted.

A piece begins outside strings. Only brackets above the records are looked at one by one; all others are counted
many at a time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from smmetrics.api.errors import BadData
from smmetrics.intake.scan import masks, positions, running_parity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from smmetrics.intake.scan import Offsets

DEPTH = 100
QUOTE, ESCAPE = ord('"'), b"\\"
BRACKETS = tuple(b"{}[]")
LONGEST_KEY = 4096
Steps = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A container that is open: whether it is an array, and the key it stands under (None: an element)."""

    array: bool
    key: str | None


@dataclass(slots=True)
class State:
    """Where a piece begins: the containers that are open, down to those that hold records.

    ``deeper``: how many more are open below those; ``seen``: how many containers of records there were so far.
    """

    stack: list[Level] = field(default_factory=list)
    deeper: int = 0
    seen: int = 0

    @property
    def depth(self) -> int:
        """How many containers are open."""
        return len(self.stack) + self.deeper


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a container of records; ``begins`` and ``ends``: whether it is there from its first, to its last."""

    start: int
    end: int
    holder: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Records of a piece: first byte, behind the last byte, and the span (by place in ``spans``) each lies in.

    ``upto``: the piece is used up to here; ``is_open``: whether a record goes on where it ends.
    """

    starts: Offsets
    ends: Offsets
    within: Offsets
    spans: tuple[Span, ...]
    upto: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Where:
    """The container of records: the steps that lead to its elements, and whether it is an object with keys."""

    steps: Steps
    keyed: bool = False

    def fits(self, stack: list[Level]) -> bool:
        """Whether the innermost open container is one that holds records."""
        if len(stack) != len(self.steps) or not stack or stack[-1].array == self.keyed:
            return False
        return self.may_lie_in(stack)

    def may_lie_in(self, stack: list[Level]) -> bool:
        """Whether what is looked for is the innermost open container, or may lie in it."""
        return all(level.key == step for level, step in zip(stack[1:], self.steps, strict=False))


def scan(data: bytes, state: State, where: Where) -> Found:
    """Find the records of a piece; ``state`` is moved on to where the piece is used up."""
    places, opening = brackets(data)
    after = state.depth + np.cumsum(np.where(opening, 1, -1))
    _check(after)
    depth = len(where.steps)
    low = np.flatnonzero(after - opening < depth)
    spans = _spans(data, Brackets(places[low], opening[low], after[low]), state, where)
    begins = places[opening & (after == depth + 1)]
    starts, within = _inside(begins, spans)
    ends, _ = _inside(places[~opening & (after == depth)], spans)
    is_open = len(starts) > len(ends)
    whole = starts[: len(ends)]
    upto = int(places[-1]) + 1 if len(places) else 0
    if is_open:
        span = spans[int(within[-1])]
        upto = max(span.start, int(ends[-1]) + 1 if len(ends) else 0)
    if len(after):
        state.deeper = 0 if is_open else int(after[-1]) - len(state.stack)
    return Found(whole, ends + 1, within[: len(ends)], tuple(spans), upto, is_open)


def brackets(data: bytes) -> tuple[Offsets, NDArray[np.bool_]]:
    """Where brackets stand outside strings, and whether they open."""
    array = np.frombuffer(data, np.uint8)
    if ESCAPE in data:
        escaped = _escaped(positions(masks(array, (ord(ESCAPE),))[0]))
        escaped = escaped[escaped < len(array)]
        array = array.copy()
        array[escaped] = ord(" ")
    quotes, *signs = masks(array, (QUOTE, *BRACKETS))
    inside = running_parity(quotes)
    places = positions((signs[0] | signs[1] | signs[2] | signs[3]) & ~inside)
    kinds = array[places]
    return places, (kinds == BRACKETS[0]) | (kinds == BRACKETS[2])


def _escaped(places: Offsets) -> Offsets:
    """Bytes that a backslash makes a letter: those behind each backslash that is none itself."""
    numbers = np.arange(len(places))
    first = np.ones(len(places), np.bool_)
    first[1:] = places[1:] != places[:-1] + 1
    begun = np.maximum.accumulate(np.where(first, numbers, 0))
    found: Offsets = places[(numbers - begun) % 2 == 0] + 1
    return found


def _check(after: Offsets) -> None:
    if not len(after):
        return
    if int(after.max()) > DEPTH:
        message = f"Values are nested more than {DEPTH} deep; no export is."
        raise BadData(message, hint="Get the export again.", code="json.depth")
    if int(after.min()) < 0:
        message = "The file closes a bracket that it never opened."
        raise BadData(message, hint="It is damaged: get it again.", code="json.damaged")


class Brackets:
    """The brackets above the records: where each stands, whether it opens, and how many containers are open behind."""

    def __init__(self, places: Offsets, opening: NDArray[np.bool_], after: Offsets) -> None:
        self.places: list[int] = places.tolist()
        self.opens: list[bool] = opening.tolist()
        self._opening, self._after = opening, after
        self._closings: dict[int, Offsets] = {}

    def closing(self, left: int, index: int = 0) -> int | None:
        """Which bracket, from the one at ``index`` on, leaves so many open; None where the piece ends before."""
        if left not in self._closings:
            self._closings[left] = np.flatnonzero(~self._opening & (self._after == left))
        behind = self._closings[left]
        at = int(np.searchsorted(behind, index))
        return int(behind[at]) if at < len(behind) else None


def _spans(data: bytes, low: Brackets, state: State, where: Where) -> list[Span]:
    """Walk through the brackets above the records, and note where containers of records are open.

    What cannot hold any is passed over, over the end of the piece too.
    """
    if not where.steps:
        return [Span(0, len(data), 0, begins=False, ends=False)]
    spans: list[Span] = []
    since = 0 if where.fits(state.stack) and not state.deeper else -1
    begins = False
    index = 0
    while index < len(low.places):
        if not where.may_lie_in(state.stack):
            behind = low.closing(len(state.stack) - 1, index)
            if behind is None:
                break
            state.stack.pop()
            index = behind + 1
            continue
        place = low.places[index]
        if low.opens[index]:
            key = key_before(data, place) if state.stack and not state.stack[-1].array else None
            state.stack.append(Level(data[place] == BRACKETS[2], key))
            if where.fits(state.stack):
                since, begins = place + 1, True
                state.seen += 1
        else:
            if since >= 0:
                spans.append(Span(since, place, state.seen - 1, begins=begins, ends=True))
                since = -1
            state.stack.pop()
        index += 1
    if since >= 0:
        spans.append(Span(since, len(data), state.seen - 1, begins=begins, ends=False))
    return spans


def key_before(data: bytes, place: int) -> str | None:
    """The key that stands before a value; None where there is none."""
    before = data[max(place - LONGEST_KEY, 0) : place].rstrip()
    if not before.endswith(b":"):
        return None
    before = before[:-1].rstrip()
    if not before.endswith(b'"'):
        return None
    begun = before.rfind(b'"', 0, -1)
    while begun > 0 and _is_escaped(before, begun):
        begun = before.rfind(b'"', 0, begun)
    try:
        return str(json.loads(before[max(begun, 0) :]))
    except ValueError:
        return before[begun + 1 : -1].decode("utf-8", "replace")


def _is_escaped(data: bytes, place: int) -> bool:
    """Whether an odd number of backslashes stands before a byte."""
    return (place - len(data[:place].rstrip(ESCAPE))) % 2 == 1


def _inside(places: Offsets, spans: list[Span]) -> tuple[Offsets, Offsets]:
    """Those of some places that lie in a span, and the place of the span."""
    starts = np.array([span.start for span in spans], np.int64)
    ends = np.array([span.end for span in spans], np.int64)
    within = np.searchsorted(starts, places, side="right") - 1
    fits = within >= 0
    fits[fits] = places[fits] < ends[within[fits]]
    return places[fits], within[fits]
