"""Whose accounts the files speak of: those that the strategy declares, or others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.rules.ground import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.rules.ground import Ground

NAMED = 4
"""So many accounts are named; then the others are counted."""


def accounts_nobody_declared(ground: Ground) -> Iterator[Finding]:
    """D012: files of accounts that count as ours and that no channel names, or of a platform that no channel is on."""
    for found in ground.facts.undeclared if ground.facts else ():
        names = [f"`{name}`" for name in found.accounts[:NAMED]]
        if len(found.accounts) > NAMED:
            names.append(ground.tell("D012", "more", n=len(found.accounts) - NAMED))
        if not found.channel:
            said, hint = "nowhere" if names else "nowhere_unnamed", ground.tell("D012", "hint_nowhere")
            about = {"platform": found.platform, "accounts": joined(names)}
            yield ground.find("D012", "warning", "channels", said=said, hint=hint, **about)
            continue
        said = ("one" if len(found.accounts) == 1 else "several") if found.matched else "none"
        about = {"platform": found.platform, "accounts": joined(names), "declared": found.declared}
        path = ("channels", found.channel, "account")
        yield ground.find("D012", "warning", *path, said=said, channel=found.channel, **about)


def names_that_join_nobody(ground: Ground) -> Iterator[Finding]:
    """D013: names that people agreed are theirs, and that no file has, or that more than one person bears or claims."""
    facts = ground.facts
    if facts and facts.unmet:
        yield ground.find("D013", "note", "people", said="unmet", hint=ground.tell("D013", "hint_unmet"), n=facts.unmet)
    if facts and facts.unclear:
        hint = ground.tell("D013", "hint_unclear")
        yield ground.find("D013", "note", "people", said="unclear", hint=hint, n=facts.unclear)
