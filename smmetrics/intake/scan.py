"""Where the records of a piece of a table begin and end, found by counting quotation marks, 64 bytes at a time.

Each byte class (quotation mark, delimiter, line end) is a row of bits in 64-bit words. The running exclusive-or of
the quotation marks tells inside from outside; two more comparisons prove that every mark stands where the format
allows one. Where that proof fails the piece is *irregular*, and `smmetrics.intake.splitting` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits: TypeAlias = NDArray[np.uint64]
    Offsets: TypeAlias = NDArray[np.int64]

BLOCK = 1 << 18
ONE, TOP = np.uint64(1), np.uint64(63)
QUOTE, LINE_FEED, RETURN = 0x22, 0x0A, 0x0D


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """Records of a piece: offsets of their first byte and behind their last one (line end left out), and cells.

    ``consumed``: bytes of whole records. ``regular``: whether the marks are proven; if not, nothing else holds.
    ``open_end``: whether the piece ends inside a quoted cell.
    """

    starts: Offsets
    ends: Offsets
    cells: Offsets
    consumed: int
    regular: bool
    open_end: bool


def scan(piece: bytes, *, delimiter: int, newline: int) -> Split:
    """Split a piece that begins with a record. A last record without a line end is not among the records."""
    data = np.frombuffer(piece, np.uint8)
    two_bytes = newline == LINE_FEED and b"\r" in piece
    if QUOTE not in piece:
        return _unquoted(data, delimiter, newline, two_bytes=two_bytes)
    quotes, delimiters, lines, *returns = masks(data, (QUOTE, delimiter, newline, *([RETURN] if two_bytes else [])))
    inside = running_parity(quotes)
    edges = delimiters | lines | quotes
    ends_of_cells = edges | (returns[0] & _next(lines, len(data))) if returns else edges
    regular = _proven(quotes, inside, edges, _next(ends_of_cells, len(data)))
    ends = positions(lines & ~inside)
    starts = _behind(ends)
    return Split(
        starts=starts,
        ends=_before_return(data, starts, ends) if two_bytes else ends,
        cells=_between(delimiters & ~inside, ends) + 1,
        consumed=int(ends[-1]) + 1 if len(ends) else 0,
        regular=regular,
        open_end=bool(len(data)) and bool(_bit(inside, len(data) - 1)),
    )


def even_lines(piece: bytes, size: int, width: int, *, delimiter: int, newline: int) -> int:
    """How many lines of ``width`` cells the first ``size`` bytes hold, told by how many delimiters there are in all.

    0 where they are too many or too few, and where cells are quoted or each line is one. Whether each line has its
    share is not known: if none has more, none has less.
    """
    if width < 2 or not size or QUOTE in piece:  # noqa: PLR2004 (cells of a line)
        return 0
    data = np.frombuffer(piece, np.uint8, size)
    lines = _count(data, newline) + int(data[-1] != newline)
    return lines if _count(data, delimiter) == lines * (width - 1) else 0


def _count(data: NDArray[np.uint8], value: int) -> int:
    """How often a byte occurs, counted block by block: room for all of the piece would have to be made anew."""
    blocks = (data[start : start + BLOCK] for start in range(0, len(data), BLOCK))
    return sum(int(np.count_nonzero(block == value)) for block in blocks)


def _unquoted(data: NDArray[np.uint8], delimiter: int, newline: int, *, two_bytes: bool) -> Split:
    """Split a piece without quotation marks: every mark divides."""
    ends: Offsets = np.flatnonzero(data == newline).astype(np.int64, copy=False)
    starts = _behind(ends)
    return Split(
        starts=starts,
        ends=_before_return(data, starts, ends) if two_bytes else ends,
        cells=_between(masks(data, (delimiter,))[0], ends) + 1,
        consumed=int(ends[-1]) + 1 if len(ends) else 0,
        regular=True,
        open_end=False,
    )


def _behind(ends: Offsets) -> Offsets:
    """Where records begin that end there: the first at 0, the others behind the end of the one before."""
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1] + 1
    return starts


def masks(data: NDArray[np.uint8], values: tuple[int, ...]) -> list[Bits]:
    """One row of bits for each byte value, made block by block so that the work stays in the cache."""
    rows = [np.zeros((len(data) + 63) // 64 * 8, np.uint8) for _ in values]
    same = np.empty(BLOCK, np.bool_)
    for start in range(0, len(data), BLOCK):
        block = data[start : start + BLOCK]
        part = same[: len(block)]
        for row, value in zip(rows, values, strict=True):
            np.equal(block, value, out=part)
            packed = np.packbits(part, bitorder="little")
            row[start // 8 : start // 8 + len(packed)] = packed
    return [row.view("<u8") for row in rows]


def running_parity(bits: Bits) -> Bits:
    """For each position, whether the number of set bits up to and with it is odd."""
    parity = bits.copy()
    for shift in (1, 2, 4, 8, 16, 32):
        parity ^= parity << np.uint64(shift)
    carried = np.bitwise_xor.accumulate((parity >> TOP).astype(np.uint8))
    parity[1:] ^= np.uint64(0) - carried[:-1].astype(np.uint64)
    return parity


def _proven(quotes: Bits, inside: Bits, edges: Bits, end_next: Bits) -> bool:
    """Whether each opening mark begins a cell and each closing one ends it (a doubled mark closes and opens)."""
    opening, closing = quotes & inside, quotes & ~inside
    return not (opening & ~_previous(edges)).any() and not (closing & ~end_next).any()


def _previous(bits: Bits) -> Bits:
    """For each position, the bit before it; before the first stands a line end."""
    moved = bits << ONE
    moved[1:] |= bits[:-1] >> TOP
    moved[:1] |= ONE
    return moved


def _next(bits: Bits, size: int) -> Bits:
    """For each position, the bit behind it; behind the last byte the cell ends."""
    moved = bits >> ONE
    moved[:-1] |= (bits[1:] & ONE) << TOP
    if size:
        moved[(size - 1) >> 6] |= ONE << np.uint64((size - 1) & 63)
    return moved


def positions(bits: Bits) -> Offsets:
    """Where bits are set."""
    words = np.flatnonzero(bits)
    spread = np.unpackbits(bits[words].view(np.uint8), bitorder="little").view(np.bool_)
    found = np.flatnonzero(spread)
    places: Offsets = (words[found >> 6] * 64 + (found & 63)).astype(np.int64)
    return places


def _between(bits: Bits, ends: Offsets) -> Offsets:
    """How many bits are set between one end and the next."""
    before = np.zeros(len(bits) + 1, np.int64)
    np.cumsum(np.bitwise_count(bits), out=before[1:])
    words = ends >> 6
    below = (ONE << (ends & 63).astype(np.uint64)) - ONE
    upto = before[words] + np.bitwise_count(bits[words] & below)
    counts: Offsets = np.diff(upto, prepend=np.int64(0))
    return counts


def _before_return(data: NDArray[np.uint8], starts: Offsets, ends: Offsets) -> Offsets:
    """Leave out the return of a line end of two bytes."""
    returned = (ends > starts) & (data[np.maximum(ends - 1, 0)] == RETURN)
    kept: Offsets = ends - returned
    return kept


def _bit(bits: Bits, position: int) -> int:
    return int((bits[position >> 6] >> np.uint64(position & 63)) & ONE)
