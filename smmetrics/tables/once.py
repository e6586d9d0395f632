"""What is worked out once for each thing that stays: the form of a table, what a source asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Thing = TypeVar("Thing")
Made = TypeVar("Made")


@dataclass(slots=True)
class Once(Generic[Thing, Made]):
    """Calls ``make`` once for each thing; when there are more than ``most``, all are forgotten.

    Things are known by their number in memory, as to compare them takes long. It stays a thing's own as long as the
    thing is kept beside it.
    """

    make: Callable[[Thing], Made]
    most: int
    _known: dict[int, tuple[Thing, Made]] = field(default_factory=dict)

    def __call__(self, thing: Thing) -> Made:
        """What was made of a thing, now or before."""
        known = self._known.get(id(thing))
        if known is None:
            if len(self._known) >= self.most:
                self._known.clear()
            known = self._known[id(thing)] = (thing, self.make(thing))
        return known[1]
