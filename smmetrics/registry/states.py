"""What is known of a plugin, and an answer with its origin: plain records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

Status = Literal["found", "off", "loaded", "failed", "too_new", "too_old", "clash"]
Stage = Literal["", "import", "register", "answer", "use"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PluginState:
    """One plugin: who offers it, how far it came, and what went wrong in words a user can act on.

    ``module`` is what its entry point names; ``seconds`` is the time import and answers took. ``traceback`` is for
    `plugins doctor` and ``--debug`` only.
    """

    name: str
    distribution: str
    version: str
    module: str = ""
    status: Status = "found"
    stage: Stage = ""
    error: str = ""
    hint: str = ""
    title: str = ""
    traceback: str = ""
    seconds: float = 0.0

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong with it (a plugin that is off is not wrong)."""
        return self.status in {"found", "loaded", "off"}

    def failed(self, stage: Stage, error: BaseException | str, *, hint: str = "") -> Self:
        """Give the state after a failure, with the traceback where there is one."""
        if isinstance(error, str):
            return replace(self, status="failed", stage=stage, error=error, hint=hint)
        text = describe(error)
        trace = format_trace(error, error.__traceback__)
        return replace(self, status="failed", stage=stage, error=text, hint=hint, traceback=trace)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A record that a plugin handed over, and the plugin it came from."""

    record: object
    plugin: str
    distribution: str
    version: str


def describe(error: BaseException) -> str:
    """Name an error in one line: its kind and the first line it says; our own errors speak for themselves."""
    said = " ".join(str(error).split())
    if type(error).__module__ == "smmetrics.api.errors":
        return said
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def format_trace(error: BaseException, trace: TracebackType | None) -> str:
    """Write the whole traceback as text."""
    from traceback import format_exception  # noqa: PLC0415 (only a failure needs it; listing stays quick)

    return "".join(format_exception(type(error), error, trace))
