"""What stands beside a value: platforms left out, partly fed, unpaid counts only, times that run backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.beside import Beside
    from smmetrics.engine.grid import Grid
    from smmetrics.engine.places import Bools, Texts
    from smmetrics.engine.readings import Found


def remarks(one: Ask, grid: Grid, sides: Sequence[Beside], found: Found) -> Texts:
    """All that is said of each row, one after the other."""
    said = np.full(len(grid.days), "", dtype=np.object_)
    for applies, why in _remarks(one, grid, sides, found):
        for row in np.flatnonzero(applies):
            text = why if isinstance(why, str) else why[row]
            said[row] = f"{said[row]}; {text}" if said[row] else text
    return said


def _remarks(one: Ask, grid: Grid, sides: Sequence[Beside], found: Found) -> Iterator[tuple[Bools, str | list[str]]]:
    verdicts, everywhere = one.request.verdicts, np.ones(len(grid.days), dtype=np.bool_)
    for name in one.without:
        yield everywhere, f"without {name} ({verdicts[name][1]})"
    partly = {name: why for name, (status, why) in sorted(verdicts.items()) if status == "partly"}
    if partly and "platform" in grid.places.by:
        platform = grid.values("platform")
        yield from ((platform == name, f"{why}: {name}") for name, why in partly.items())
    else:
        yield from ((everywhere, f"{why}: {name}") for name, why in partly.items() if not _of_all(one, why))
        yield from ((everywhere, why) for why in dict.fromkeys(partly.values()) if _of_all(one, why))
    yield found.scope == "organic", "scope.organic_only"
    for side in sides:
        if side.family == "wait":
            backwards = side.counts("negative")
            yield backwards > 0, [f"time.negative: {number}" for number in backwards]


def _of_all(one: Ask, why: str) -> bool:
    """Whether several platforms feed a metric and the same stands beside each: then it is said once, of all."""
    feeding = [verdict for verdict in one.request.verdicts.values() if verdict[0] in {"measurable", "partly"}]
    return len(feeding) > 1 and set(feeding) == {("partly", why)}
