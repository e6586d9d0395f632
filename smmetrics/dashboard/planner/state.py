"""What the planner looks at and what was done to it: the one truth that the page, the remarks and the file follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import traitlets

from smmetrics.dashboard.planner.beside import STEPS
from smmetrics.dashboard.planner.draft import Edit, joined, overtaken, replayed
from smmetrics.dashboard.planner.fields import Suppose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smmetrics.dashboard.planner.draft import Document


class PlanState(traitlets.HasTraits):
    """The draft, and how it came about. Change it by `take`, `undo`, `go`, `read_again` and `saved`.

    ``draft`` is the document with all ``edits``; ``tried``: channels supposed gone, ``+platform`` supposed there;
    ``homeless``: edits whose place the file has lost; ``version`` counts the changes.
    """

    step = traitlets.Enum(STEPS, default_value=STEPS[0])
    draft = traitlets.Any()
    tried = traitlets.Tuple()
    edits = traitlets.Tuple()
    homeless = traitlets.Tuple()
    version = traitlets.Int(0)

    def __init__(self, base: Document) -> None:
        """``base``: the document as it was read."""
        super().__init__()
        self.base = base
        self.draft = base

    def follow(self, run: Callable[[], None]) -> None:
        """Have something run after every change."""
        self.observe(lambda _: run(), names=["step", "version"])

    def take(self, changes: Sequence[Edit | Suppose]) -> None:
        """Make these changes."""
        edits, tried = self.edits, list(self.tried)
        for change in changes:
            if isinstance(change, Suppose):
                tried = [name for name in tried if name != change.name] + ([change.name] if change.on else [])
            else:
                edits = joined(edits, change, self.base)
        self._become(edits, tried=tried)

    def undo(self) -> bool:
        """Take the last edit back; whether there was one."""
        if not self.edits:
            return False
        self._become(self.edits[:-1])
        return True

    def go(self, step: str) -> None:
        """Go to a step."""
        self.step = step

    def read_again(self, document: Document) -> tuple[Edit, ...]:
        """Put the edits on what the file holds now. Gives those whose very place was changed there too: ours stay."""
        over = overtaken(self.base, document, self.edits)
        self.base = document
        self._become(self.edits)
        return over

    def saved(self, document: Document) -> None:
        """The file holds the draft now."""
        self.base = document
        self._become(())

    def _become(self, edits: Sequence[Edit], *, tried: Sequence[str] | None = None) -> None:
        self.draft, kept, homeless = replayed(self.base, edits)
        self.edits = kept
        self.homeless = (*self.homeless, *homeless)
        self.tried = self.tried if tried is None else tuple(tried)
        self.version += 1

    def forget(self) -> None:
        """Let go of what has no place."""
        self.homeless = ()
        self.version += 1
