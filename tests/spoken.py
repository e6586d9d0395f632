"""Commands run in this process: a process for each starts half a second later."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from smmetrics.cli.run import run


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    stdout: str
    stderr: str


def done(*words: object) -> Done:
    """Run a command as `smmetrics` does, and hear it."""
    with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()) as beside:
        code = run([str(word) for word in words])
    return Done(code=code, stdout=said.getvalue(), stderr=beside.getvalue())
