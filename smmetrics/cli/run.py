"""Runs the command line and turns everything that can go wrong into words and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.errors import SmmetricsError

FAULT = 5
UNWRITTEN = 2
OUTSIDE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
"""What a disk or a device says: nothing a program can do about."""
REFUSED = frozenset({errno.EACCES, errno.EPERM})
"""What a folder or a file of somebody else says."""
INTERRUPTED = 130
BROKEN_PIPE = 141
"""128 + SIGPIPE: what a shell expects of a command whose reader went away (`| head`)."""


def run(arguments: Sequence[str]) -> int:
    """Run a command; nothing is raised."""
    _stand_in()
    _make_output_printable()
    debug = "--debug" in arguments
    said: dict[str, Any] = {}
    try:
        code = _invoke(arguments, said)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 (the last line of defence: words instead of a traceback)
        return _report(error, said, debug=debug)
    return code


def _invoke(arguments: Sequence[str], said: dict[str, Any]) -> int:
    """Give the exit code of a command: what it returns (a number), or 0; ``said`` keeps what its options said."""
    try:
        with app.make_context("smmetrics", list(arguments)) as context:
            try:
                result = app.invoke(context)
            finally:
                said |= context.meta
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return result if type(result) is int else 0


def _report(error: Exception, options: Mapping[str, Any], *, debug: bool) -> int:
    from smmetrics.api.errors import SmmetricsError
    from smmetrics.cli.here import here

    if debug:
        from traceback import print_exception

        print_exception(error)
    if isinstance(error, SmmetricsError):
        print(f"Error: {here(_words(error), options)}", file=sys.stderr)
        return error.exit_code
    if isinstance(error, OSError) and error.errno in OUTSIDE:
        print(f"Error: What the command gives cannot be written: {error.strerror}.", file=sys.stderr)
        return UNWRITTEN
    if isinstance(error, OSError) and error.errno in REFUSED and error.filename:
        print(f"Error: {error.filename} may not be read or written by you: {error.strerror}.", file=sys.stderr)
        print("  Ask whom it belongs to (ls -l), or run this as them.", file=sys.stderr)
        return UNWRITTEN
    said = " ".join(str(error).split())
    print(f"Error: This is a fault of smmetrics, not yours: {type(error).__name__}: {said}", file=sys.stderr)
    if not debug:
        print("Add --debug to the command to see where, and please report it.", file=sys.stderr)
    return FAULT


def _words(error: SmmetricsError) -> str:
    """Several faults stand on lines of their own; so do a hint, and a formula with a mark below its fault."""
    if hasattr(error, "faults"):
        return str(error)
    lines = [error.message, error.hint]
    formula, position = getattr(error, "text", ""), getattr(error, "position", 0)
    if formula:
        lines = [error.message.removesuffix(f" (character {position + 1})"), *_pointed(formula, position), error.hint]
    first = f"{error.where}: {lines[0]}" if error.where else lines[0]
    return "\n  ".join([first, *filter(None, lines[1:])])


def _pointed(formula: str, position: int) -> tuple[str, str]:
    """The formula on one line, and a caret below the character at fault."""
    from smmetrics.cli.output import printable, width

    line = " ".join(formula.splitlines())
    return printable(line), " " * width(printable(line[:position])) + "^"


def _stand_in() -> None:
    """A stream that whoever called closed beforehand (``>&-``) becomes one that nobody reads."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (as long as the process)


def _make_output_printable() -> None:
    """A terminal that cannot show a character gets an escape instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush says nothing either."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
