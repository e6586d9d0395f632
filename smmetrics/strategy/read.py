"""Read a strategy file: everything that cannot be understood is reported at once, each fault with its line."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from hashlib import sha256
from os import fstat
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.faults import Fault, StrategyFaults
from smmetrics.strategy.locate import Lines, locate

if TYPE_CHECKING:
    from smmetrics.strategy.model import Strategy

POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
QUOTED = re.compile(r"""\"[^\"]*\"|'[^']*'""")
DAY_LIKE = re.compile(r"[=,\[]\s*(\d{1,4}[-./]\d{1,2}[-./]\d{1,4})\.?(?![\d:T])")
GOOD_DAY = "2027-03-31"
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
LARGEST = 1_000_000
"""Bytes of a strategy: twenty times what the largest known one has, and read within about a second."""


def read(path: str | Path) -> Strategy:
    """Read a strategy file.

    Raises:
        StrategyFaults: with all faults, each naming line, place, what was found and what is allowed.
        UserMistake: if the file is absent, too large, or cannot be read as text.

    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
            size = fstat(opened.fileno()).st_size
    except FileNotFoundError:
        message, hint = "There is no strategy file.", f"Begin one with: smmetrics init {quote(str(file.parent))}"
        raise UserMistake(message, where=str(file), hint=hint, code="strategy.absent") from None
    except OSError as error:
        message, hint = f"The file cannot be read ({error.strerror}).", "Check that it is a file, and yours to read."
        raise UserMistake(message, where=str(file), hint=hint, code="strategy.unreadable") from error
    _refuse_large(max(size, len(data)), str(file))
    return read_bytes(data, path=file)


def read_bytes(data: bytes, *, path: Path | None = None) -> Strategy:
    """Read the bytes of a strategy file; ``path`` is what errors name. Raises as `read`."""
    name = str(path) if path else "strategy.toml"
    _refuse_large(len(data), name)
    text = _decode(data, name)
    raw, lines = _parse(text, name)
    from smmetrics.strategy.model import Origin  # noqa: PLC0415 (pydantic is loaded with the first file)
    from smmetrics.strategy.unknown import unknown_keys  # noqa: PLC0415
    from smmetrics.strategy.validate import validate  # noqa: PLC0415

    result = validate(raw, lines)
    if isinstance(result, tuple):
        raise StrategyFaults(result, file=name)
    digest = sha256(data).hexdigest()
    origin = Origin(path=path, digest=digest, raw=raw, lines=lines, notices=unknown_keys(raw, lines))
    return result.come_from(origin)


def _refuse_large(size: int, name: str) -> None:
    """No strategy is that large; reading one would take longer than anybody waits for it to be saved."""
    if size > LARGEST:
        message = f"This file has {size:,} bytes; a strategy has {LARGEST:,} at most."
        hint = "Is it the right file? What is counted, people reached or posts, goes into tables that are imported."
        raise UserMistake(message, where=name, hint=hint, code="strategy.large")


def _decode(data: bytes, name: str) -> str:
    """The text of the file, which is UTF-8; Windows editors may put a mark before it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = "UTF-16" if data.startswith(BYTE_ORDER_MARKS) else "another encoding"
        message = f"this is not UTF-8 text (it looks like {found})."
        fault = Fault(code="strategy.encoding", message=message, line=line, hint="Save the file as UTF-8.")
        raise StrategyFaults([fault], file=name) from error


def _parse(text: str, name: str) -> tuple[dict[str, Any], Lines]:
    """The document and its lines; a syntax error stands alone, since nothing after it can be trusted."""
    try:
        return tomllib.loads(text), locate(text)
    except RecursionError:
        fault = Fault(code="strategy.syntax", message="lists or tables are nested too deeply.", line=1)
    except ValueError as error:
        fault = _syntax(str(error), text)
    raise StrategyFaults([fault], file=name)


def _no_day(line: str) -> str:
    """What stands on a line where a day should, and is none of the calendar or is written otherwise."""
    found = (match[1] for match in DAY_LIKE.finditer(QUOTED.sub('""', line).partition("#")[0]))
    return next((day for day in found if not _is_day(day)), "")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _slip(line: str) -> tuple[str, str]:
    """What is wrong with a line and how to write it, where one of the commonest slips shows."""
    if header := BLANK_IN_HEADER.match(line):
        joined = "-".join(header[1].split())
        return "a name in square brackets holds a blank.", f"Join its words: [{joined}]."
    if set(line.partition("#")[0]) & set(CURLY) and '"' not in line.partition("#")[0]:
        return "these quotes are curly ones, as word processors write them.", 'Texts stand in straight quotes: "…".'
    return "", ""


def _syntax(message: str, text: str) -> Fault:
    """A syntax error in plain words, with the line it was noticed on."""
    position = POSITION.search(message)
    last = text.rstrip().count("\n") + 1
    line = int(position[1]) if position and position[1] else last
    said = POSITION.sub("", message)
    if day := _no_day(text.replace("\r\n", "\n").split("\n")[line - 1]):
        hint = f"Write a day as year-month-day without quotes, such as {GOOD_DAY}."
        return Fault(code="strategy.syntax", message=f"{day} is no day.", line=line, hint=hint)
    hint = next((hint for part, hint in HINTS.items() if part in said), "")
    slip, how = _slip(text.replace("\r\n", "\n").split("\n")[line - 1])
    if slip:
        return Fault(code="strategy.syntax", message=slip, line=line, hint=how)
    if position and not position[1]:
        said, hint = "the file ends in the middle of a list or a text", "A closing bracket or quote is missing."
    return Fault(code="strategy.syntax", message=f"this is not TOML: {said}.", line=line, hint=hint)


CURLY = "“”„‟«»"
BLANK_IN_HEADER = re.compile(r"\s*\[{1,2}\s*([^\]\"'\s]+(?:[ \t]+[^\]\"'\s]+)+)\s*\]")
HINTS = {
    "Cannot overwrite a value": "This key or table stands in the file twice: keep one.",
    "Cannot declare": "This table stands in the file twice: give one of them another name.",
    "Invalid value": "Texts stand in quotes; dates are written 2027-03-31; yes and no are true and false.",
    "Unclosed array": "A list ends with ']'.",
    "Expected '=' after a key": "Write: word = value.",
    "Illegal character": "Is a closing quote missing on this line?",
    "Unterminated string": "A closing quote is missing.",
}
