"""Damage: bytes changed, gone, doubled or cut off, the same for the same seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def hurt(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, gone, doubled or cut off."""
    raw = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(raw) + 1)
        what = chance.randrange(4)
        if what == 0:
            raw[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            del raw[at : at + chance.randint(1, 9)]
        elif what == 2:
            raw[at:at] = raw[at : at + chance.randint(1, 30)]
        elif chance.random() < 0.2:
            del raw[at:]
    return bytes(raw)


def hurt_ones(seeds: Sequence[bytes], count: int) -> Iterator[bytes]:
    """The seeds, then so many damaged copies of them."""
    chance = random.Random(11)
    yield from seeds
    for number in range(count):
        yield hurt(seeds[number % len(seeds)], chance)
