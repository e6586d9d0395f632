"""What to do now: at most three steps, found in the order in which they are needed.

A strategy first, then what the review finds in it, then the files that answer the leading questions, then what the
data make due. Every empty screen says the same steps.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from shlex import quote
from typing import TYPE_CHECKING

from smmetrics.contracts.steps import MOST, Step
from smmetrics.words import say, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smmetrics.strategy import Fault, Finding
    from smmetrics.workspace.core import Workspace

FILE = "strategy.toml"
ELSEWHERE = frozenset({"SMM-S010", "SMM-S050", "SMM-S009", "SMM-S019", "SMM-S026", "SMM-S070", "SMM-D002", "SMM-D011"})
"""Codes that other steps speak of, or that ask for nothing."""
FIRST = ("SMM-S015", "SMM-S055", "SMM-S051", "SMM-S052", "SMM-S057")
"""Warnings that come before others: is there an aim, in words of our own, somebody behind it, something in it, time?"""
IMPORT = "smmetrics import"
DUE = ("SMM-D001", "SMM-D005", "SMM-D006", "SMM-D004")
"""What data make due: names that match nobody spoil numbers, then rules come true, reviews, baselines."""
LONG = {"SMM-S001": 10, "SMM-S015": 20, "SMM-S004": 10, "SMM-S008": 20, "SMM-D006": 30, "SMM-D005": 15}
THEN_IMPORT = re.compile(rf", then: {IMPORT}$")
"""The end of a hint whose command stands below the step."""
QUOTED = re.compile(r"`(smmetrics [^`]+)`")
SHOW = "smmetrics review"
"""The command that shows the file's state, where a finding names none of its own."""
SHORT = 2
"""Minutes: most findings are one line to write."""


def steps(workspace: Workspace) -> tuple[Step, ...]:
    """The next steps of a workspace, at most three, the most needed first."""
    from smmetrics.strategy import StrategyFaults  # noqa: PLC0415 (light; the room above is not)

    if not (workspace.root / FILE).is_file():
        return _begin(workspace)
    try:
        workspace.need_strategy()
    except StrategyFaults as mistake:
        return tuple(_mend_fault(fault) for fault in mistake.faults[:MOST])
    return tuple(islice(_once(_wanted(workspace)), MOST)) or _look()


def _once(steps: Iterable[Step]) -> Iterator[Step]:
    """What one command settles at one place is one step, whatever asks for it."""
    settled: set[tuple[str, str]] = set()
    for step in steps:
        if step.command != SHOW:
            if (step.command, step.where) in settled:
                continue
            settled.add((step.command, step.where))
        yield step


def _begin(workspace: Workspace) -> tuple[Step, ...]:
    """Neither folder nor strategy; where files came in before it, a strategy is still to be written."""
    here = str(workspace.root) == "." and not workspace.has_store
    folder = say("next.begin.folder") if here else quote(str(workspace.root))
    return (
        Step(text=say("next.begin.init"), command=f"smmetrics init {folder}", minutes=20),
        Step(text=say("next.begin.review"), command=f"smmetrics -w {folder} review", minutes=SHORT),
        Step(text=say("next.begin.demo"), command="smmetrics demo", minutes=SHORT),
    )


def _look() -> tuple[Step, ...]:
    """Nothing is missing and nothing is due."""
    return (
        Step(text=say("next.look.report"), command="smmetrics report --out report.html", minutes=10),
        Step(text=say("next.look.lab"), command="smmetrics lab", minutes=10),
    )


def _wanted(workspace: Workspace) -> Iterator[Step]:
    """Every step there is, the most needed first; what costs most to find out comes last."""
    from smmetrics.workspace.fetching import files, installs, places, plans  # noqa: PLC0415 (with the strategy)

    findings = [each for each in workspace.review(data=bool(workspace.imported_kinds())) if not each.accepted]
    errors = sorted((each for each in findings if each.level == "error"), key=lambda each: each.code)
    advice = [each for each in findings if each.level == "warning" and each.code not in ELSEWHERE]
    first = sorted((each for each in advice if each.code in FIRST), key=lambda each: FIRST.index(each.code))[:1]
    due = sorted((each for each in findings if each.code.startswith("SMM-D")), key=_urgency)
    slips = [each for each in advice if each.code == "SMM-S011"]
    plan = plans(workspace) if any(each.code == "SMM-S010" for each in findings) else ()
    yield from _findings((*slips, *errors, *first))
    yield from chain(places(workspace), _late(due), installs(workspace), files(workspace), plan)
    yield from _findings(each for each in due if each.code not in ELSEWHERE)
    yield from _findings(each for each in advice if each not in (*slips, *first, *due))


def _urgency(finding: Finding) -> int:
    return DUE.index(finding.code) if finding.code in DUE else len(DUE)


def _findings(findings: Iterable[Finding]) -> Iterator[Step]:
    """A step for each finding; the same advice about several places is given once."""
    said: set[str] = set()
    for finding in findings:
        step = _mend(finding)
        if step.text not in said:
            said.add(step.text)
            yield step


def _mend(finding: Finding) -> Step:
    """What a finding asks for: in our words for a step, or its own. A hint that ends in a command gives it."""
    words = section("next.mend")
    hint, command = _command(finding.hint)
    text = words.get(finding.code.removeprefix("SMM-"), "") or f"{finding.message} {hint}".rstrip()
    where = say("next.step.line", file=FILE, line=finding.line) if finding.line else ""
    return Step(text=text, where=where, command=command, minutes=LONG.get(finding.code, SHORT))


def _command(hint: str) -> tuple[str, str]:
    """A hint without the command that it ends in, and that command; else the one that shows the file's state."""
    told, found, command = hint.rpartition("smmetrics ")
    if not found or "`" in command or (told and not told.endswith(": ")):
        quoted = QUOTED.search(hint)
        return hint, quoted[1] if quoted else SHOW
    plain = told.removesuffix(": ").removesuffix("See").rstrip(" .")
    return plain + "." * bool(plain), found + command.rstrip(".")


def _late(due: Sequence[Finding]) -> Iterator[Step]:
    """Channels whose files are late, in one step: what is late first, how its next file is had, how to end it."""
    late = [finding for finding in due if finding.code == "SMM-D002" and finding.level == "warning"]
    if late:
        first = f"{late[0].message} {THEN_IMPORT.sub('.', late[0].hint)}"
        text = say("next.files.late", first=first, count=len(late) - 1) if len(late) > 1 else first
        where = say("next.step.line", file=FILE, line=late[0].line) if late[0].line else ""
        yield Step(text=text, where=where, command=IMPORT, minutes=5)


def _mend_fault(fault: Fault) -> Step:
    """A fault of the file: until it is mended, nothing of it counts."""
    text = say("next.begin.fault", message=f"{fault.message} {fault.hint}".strip())
    return Step(text=text, where=say("next.step.line", file=FILE, line=fault.line), command=SHOW, minutes=SHORT)
