"""What can go wrong, by meaning: every error says what was expected, what was found, where, and what to do.

The command line maps each kind to an exit code; it shows no traceback for `UserMistake` and `BadData`.
"""

from __future__ import annotations

from typing import ClassVar


class SmmetricsError(Exception):
    """Root of all errors this project raises on purpose.

    ``message`` says what happened; ``where`` names file, line or record; ``hint`` says what to do.
    """

    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, *, where: str = "", hint: str = "", code: str = "") -> None:
        """Keep the parts apart, so that a caller can show them in a table or as JSON."""
        self.message = message
        self.where = where
        self.hint = hint
        self.code = code
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: where, what, and what to do."""
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} {self.hint}".strip() if self.hint else text


class UserMistake(SmmetricsError):
    """A wrong word, option or strategy: the user can mend it."""

    exit_code: ClassVar[int] = 2


class BadData(SmmetricsError):
    """A file that cannot be taken: empty, damaged, of another kind."""

    exit_code: ClassVar[int] = 4


class PluginFault(SmmetricsError):
    """A plugin broke a promise or failed."""

    exit_code: ClassVar[int] = 5


class Unavailable(SmmetricsError):
    """Something this installation cannot do now: a missing extra, a lock held by somebody else."""

    exit_code: ClassVar[int] = 2
