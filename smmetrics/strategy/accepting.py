"""Findings answered instead of obeyed: silent until their day, open again after it, and no answer to nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics import words
from smmetrics.strategy.faults import nearest
from smmetrics.strategy.rules.ground import accept_block, day_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.model import Accept
    from smmetrics.strategy.rules.ground import Ground

PREFIX = "SMM-"


def answered(found: Sequence[Finding], ground: Ground) -> list[Finding]:
    """The findings with their answers, and those about answers that answer nothing or never end."""
    judged = [_answer(finding, ground) for finding in found]
    return [*judged, *_idle(found, ground), *_for_ever(ground)]


def _answer(finding: Finding, ground: Ground) -> Finding:
    """The finding, accepted while an answer holds; open, and saying so, when its last one has run out."""
    if finding.level == "error":
        return finding
    entries = [entry for entry in ground.strategy.accept if _fits(finding, entry)]
    for entry in entries:
        if entry.until is None or ground.today <= entry.until:
            return replace(finding, accepted=entry.because)
    ended = [(entry.until, entry.because) for entry in entries if entry.until]
    if not ended:
        return finding
    until, because = max(ended)
    over = words.say("review.accept.over", until=day_text(until), because=because)
    return replace(finding, message=f"{finding.message} {over}")


def _fits(finding: Finding, entry: Accept) -> bool:
    place = finding.where == entry.at or finding.where.startswith((f"{entry.at}.", f"{entry.at}["))
    return _code(entry) == finding.code and (not entry.at or place)


def _code(entry: Accept) -> str:
    code = entry.code.strip().upper()
    return code if code.startswith(PREFIX) else f"{PREFIX}{code}"


def _idle(found: Sequence[Finding], ground: Ground) -> Iterator[Finding]:
    """S027: an answer to a finding that is not there, that no review has, or that must be mended."""
    codes = {f"{PREFIX}{code}": code for code in words.sections("review") if code[1:].isdigit()}
    for n, entry in enumerate(ground.strategy.accept):
        code = _code(entry)
        place = ground.tell("S027", "place", at=entry.at) if entry.at else ""
        about = {"code": code, "place": place}
        if code not in codes:
            near = nearest(code, codes)
            hint = ground.tell("S027", "near", near=near) if near else ground.tell("S027", "remove")
            yield ground.find("S027", "note", "accept", n, "code", said="unknown", hint=hint, **about)
        elif code.startswith(f"{PREFIX}D") and ground.facts is None:
            continue
        elif not (matched := [finding for finding in found if _fits(finding, entry)]):
            hint = ground.tell("S027", "remove")
            yield ground.find("S027", "note", "accept", n, said="nothing", hint=hint, **about)
        elif all(finding.level == "error" for finding in matched):
            yield ground.find("S027", "note", "accept", n, said="error", hint=ground.tell("S027", "mend"), **about)


def _for_ever(ground: Ground) -> Iterator[Finding]:
    """S028: an answer without a day on which to think again."""
    for n, entry in enumerate(ground.strategy.accept):
        if entry.until is None:
            block = accept_block(_code(entry), entry.at, entry.because, today=ground.today)
            hint = f"{ground.tell('S028', 'hint')}\n{block}"
            yield ground.find("S028", "note", "accept", n, "until", hint=hint, code=_code(entry))
