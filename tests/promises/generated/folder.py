"""A folder of generated files, and what an import made of it against what its files mean."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.workspace import Workspace
from tests.promises.generated.books import bound
from tests.promises.generated.dialects import File, wrapped, written
from tests.promises.generated.mapped import mapped
from tests.promises.generated.tables import TABLES
from tests.promises.generated.trees import TREES
from tests.promises.generated.truth import differences, meant, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.workspace import Outcome
    from tests.promises.generated.truth import Rows

Files = dict[tuple[str, str], File]
"""By path and, in an archive, by the name of the member."""
BOOKS = 0.01
"""A workbook is opened by a process of its own, and takes as long as ten tables."""


def filled(folder: Path, seed: int, count: int) -> Files:
    """Write so many files into a folder of folders: plain ones, compressed ones, and archives of several."""
    dice = random.Random(seed)
    files: Files = {}
    while len(files) < count:
        made = [_any(dice) for _ in range(dice.choice([*[1] * 19, 3]))]
        if dice.random() < BOOKS and (book := bound(dice.choice(TABLES)(dice))):
            made = [book]
        place = folder / f"{len(files):05}"
        place.mkdir(parents=True)
        if len(made) == 1 and (dice.random() < 0.95 or made[0].name.endswith(".xlsx")):
            name, raw = made[0].name, made[0].raw
        else:
            name, raw = wrapped(made, dice)
        (place / name).write_bytes(raw)
        parts = [f"{n}/{file.name}" for n, file in enumerate(made)] if len(made) > 1 else [""]
        files.update({(str(place / name), part): file for part, file in zip(parts, made, strict=True)})
    return files


def _any(dice: random.Random) -> File:
    maker = dice.choice((*TABLES, *TREES))
    return maker(dice) if maker in TREES else written(maker(dice), dice)


def faults(folder: Path, seed: int, count: int, *, only: str = "") -> list[str]:
    """Import so many files, or those in ``only`` one folder, and say everything that is not as their makers meant it."""
    inbox = folder / "inbox" / only
    made = filled(folder / "inbox", seed, count)
    files = {key: file for key, file in made.items() if Path(key[0]).is_relative_to(inbox)}
    mapped(folder / "work")
    try:
        outcomes = Workspace(folder / "work").import_(inbox)
    except Exception as error:  # noqa: BLE001 (whatever the reader died of: the file is to be named)
        return [f"{error!r} of one of these:", *_deadly(folder / "work", {path for path, _ in files})]
    workspace = Workspace(folder / "work")
    snapshot = workspace.snapshot()
    sources = {row["id"]: row["source_id"] for row in snapshot.imports().iter_rows(named=True)}
    rows, aside = stored(workspace), {}
    members: dict[str, list[tuple[str, str]]] = {}
    for key in files:
        members.setdefault(key[0], []).append(key)
    for row in snapshot.quarantine().iter_rows(named=True):
        aside.setdefault(row["import_id"], {})[row["record"]] = row
    found, seen = [], set()
    for outcome in outcomes:
        key = _key(outcome, members[outcome.file])
        seen.add(key)
        mine = rows.pop(sources.get(outcome.id, ""), {})
        said = f"{key[0]} {key[1]} {outcome.status} {outcome.reason} {outcome.hint}"
        found += [f"{said}: {each}" for each in _wrong(outcome, files[key], mine, aside.pop(outcome.id, {}))]
    found += [f"nothing is said of {key}" for key in files.keys() - seen]
    found += [f"rows of no file: {source}" for source in rows]
    return found


def _deadly(work: Path, paths: Iterable[str]) -> Iterator[str]:
    """Of some files those of which the import dies, each read alone."""
    for path in sorted(paths):
        try:
            Workspace(work).import_(path, dry_run=True)
        except Exception as error:  # noqa: BLE001
            yield f"{path}: {error!r}"


def _key(outcome: Outcome, members: list[tuple[str, str]]) -> tuple[str, str]:
    """A file, or the member of an archive that an outcome speaks of; a table of a member is that member's."""
    if len(members) == 1:
        return members[0]
    return next(key for key in members if f"{outcome.part}/".startswith(f"{key[1]}/"))


def _wrong(outcome: Outcome, file: File, rows: Rows, aside: dict[int, dict[str, object]]) -> Iterator[str]:
    if outcome.status == "refused":
        yield from [] if file.odd or not file.kept else ["refused"]
        yield from [f"refused and stored: {rows}"] if rows or aside else []
        return
    if outcome.kind != file.kind:
        yield f"read as {outcome.kind} and is {file.kind}"
        return
    for number in aside.keys() ^ file.aside:
        yield f"record {number} is set aside by one only: {aside.get(number)} {file.kept.get(number)}"
    for number, row in aside.items():
        if number in file.lines and file.raw[row["start"] : row["end"]] != file.lines[number]:
            yield f"record {number} is {file.lines[number]!r}, not {file.raw[row['start'] : row['end']]!r}"
    was = {name: getattr(outcome, name) for name in ("records_in", "quarantined", "blank", "footer")}
    was["kept"] = outcome.kept + outcome.duplicate
    must = {"records_in": file.records, "quarantined": len(file.aside), "blank": file.blank, "footer": file.footer}
    must["kept"] = len(file.kept)
    if was != must:
        yield f"counted {was}, and there are {must}"
    yield from differences(rows, meant(file))[:3]
