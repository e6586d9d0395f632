"""One recompute for a burst of changes: a moment after the last of them, or at once where no loop runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WAIT = 0.01
"""Seconds without a change after which a burst is over: what came in while something ran is read within them."""


def runs() -> bool:
    """Whether an event loop runs here, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class Later:
    """Runs something once for all that asked for it meanwhile."""

    def __init__(self, run: Callable[[], None], *, wait: float = WAIT) -> None:
        """Nothing runs yet."""
        self._run = run
        self._wait = wait
        self._timer: asyncio.TimerHandle | None = None
        self._due = False

    def ask(self) -> None:
        """Have it run, soon: in a notebook after the burst, in a plain program now."""
        self._due = True
        if not runs():  # nothing would ever call back
            self.now()
            return
        self._stop()
        self._timer = asyncio.get_running_loop().call_later(self._wait, self.now)

    def now(self) -> None:
        """Run what is due; do nothing where nothing is."""
        self._stop()
        if self._due:
            self._due = False
            self._run()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
