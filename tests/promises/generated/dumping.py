"""JSON as programs write it, and whole numbers that they write in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.promises.generated import cells

if TYPE_CHECKING:
    import random


def dumped(records: list[object], dice: random.Random, *, wrapped: object = None) -> bytes:
    """JSON as programs write it: an array, an object around it, or a line each; letters as they are or as numbers."""
    letters, indent = dice.random() < 0.5, dice.choice([None, None, 1, "\t"])
    if wrapped is None and dice.random() < 0.3:
        lines = [json.dumps(record, ensure_ascii=letters) for record in records]
        text = dice.choice(["\n", "\r\n"]).join(lines) + dice.choice(["", "\n"])
    else:
        text = json.dumps(records if wrapped is None else wrapped, ensure_ascii=letters, indent=indent)
    mark = dice.choice([b"", b"", b"\xef\xbb\xbf"])
    return mark + text.encode("utf-8", "surrogatepass")


def whole(dice: random.Random) -> int:
    """A count, small or as large as there are any."""
    return dice.choice([0, dice.randrange(10), dice.randrange(10**6), 2**53 + 1, cells.LARGEST])
