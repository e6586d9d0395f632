"""A strategy out of a document that is not written yet: what cannot be read in it is said, and left out of the rest."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from smmetrics.dashboard.planner.beside import place_of
from smmetrics.dashboard.planner.draft import found
from smmetrics.dashboard.planner.source import Remark
from smmetrics.strategy import Append, Remove, Rename, Set, change
from smmetrics.strategy.faults import dotted
from smmetrics.strategy.locate import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from smmetrics.dashboard.planner.draft import Document, Edit, Keys
    from smmetrics.strategy import Fault, Strategy
    from smmetrics.strategy.plain import Change

PASSES = 4
"""Leaving out a value may leave a table that lacks it, and so on up."""
Kept = dict["Keys", list[int]]


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """The strategy as far as it can be read (None: not at all), and what cannot.

    ``kept``: for lists some items were left out of, the numbers that the rest had, once for each pass.
    """

    strategy: Strategy | None = None
    remarks: tuple[Remark, ...] = ()
    kept: Sequence[Kept] = field(default_factory=tuple)

    def place(self, where: str) -> str:
        """A place of the strategy as it is in the document."""
        place = place_of(where)
        for kept in reversed(self.kept):
            place = tuple(
                kept[place[:at]][part] if isinstance(part, int) and place[:at] in kept else part
                for at, part in enumerate(place)
            )
        return dotted(place) if self.kept else where


def drafted(document: Document, *, path: Path | None = None, digest: str = "") -> Drafted:
    """Read a document as far as it can be read. ``path``, ``digest``: of the file it is in, where it is in one."""
    from smmetrics.strategy.model import Origin  # noqa: PLC0415 (pydantic is heavy)
    from smmetrics.strategy.unknown import unknown_keys  # noqa: PLC0415
    from smmetrics.strategy.validate import validate  # noqa: PLC0415

    lines = Lines({})
    remarks: list[Remark] = []
    kept: list[Kept] = []
    left: Any = document
    for _ in range(PASSES):
        result = validate(left, lines)
        if not isinstance(result, tuple):
            origin = Origin(path=path, digest=digest, raw=left, lines=lines, notices=unknown_keys(left, lines))
            return Drafted(strategy=result.come_from(origin), remarks=tuple(remarks), kept=tuple(kept))
        if not kept:
            remarks = list(map(_remark, result))
        left, gaps = _without(left, [place_of(each.where) for each in result])
        kept.append(gaps)
    return Drafted(remarks=tuple(remarks))


def written(as_read: Drafted, edits: Sequence[Edit]) -> Strategy:
    """Make the edits in the file that was read, in one save; raises as `strategy.change`."""
    assert as_read.strategy is not None, "a file that holds a strategy was read"
    return change(as_read.strategy, tuple(map(_change, edits)), by="planner")


def _remark(fault: Fault) -> Remark:
    message = f"{fault.message[:1].upper()}{fault.message[1:]}"
    return Remark(level="error", message=message, where=fault.where, hint=fault.hint, code=fault.code)


def _change(edit: Edit) -> Change:
    """An edit in the editor's words."""
    if edit.does == "remove":
        return Remove(edit.keys)
    if edit.does == "append":
        return Append(edit.keys, edit.value)
    return Set(edit.keys, edit.value) if edit.does == "set" else Rename(edit.keys, str(edit.value))


def _without(document: Mapping[str, Any], places: Iterable[Keys]) -> tuple[dict[str, Any], Kept]:
    """The document without what stands at these places; an item of a list of tables goes whole."""
    left: Any = deepcopy(dict(document))
    gone: dict[Keys, set[int]] = {}
    for place in places:
        at = next(
            (n for n, part in enumerate(place) if isinstance(part, int) and isinstance(found(left, place[:n]), list)),
            None,
        )
        if at is not None:
            gone.setdefault(place[:at], set()).add(int(place[at]))
        else:
            _drop(left, place)
    kept: Kept = {}
    for place, numbers in gone.items():
        held = found(left, place)
        kept[place] = [n for n in range(len(held)) if n not in numbers]
        held[:] = [held[n] for n in kept[place]]
    return left, kept


def _drop(document: Any, place: Keys) -> None:  # noqa: ANN401 (as TOML has it)
    """Take a place out; where it is not there (a word is missing), the table that lacks it goes."""
    while place:
        holder = found(document, place[:-1])
        if isinstance(holder, dict) and place[-1] in holder:
            del holder[place[-1]]
            return
        place = place[:-1]
