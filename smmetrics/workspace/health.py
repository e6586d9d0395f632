"""How a workspace is: each thing that is wrong or waits, in words, with what to do. Nothing is changed by looking."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

from smmetrics import __version__
from smmetrics.store import health
from smmetrics.store.forgetting import rewriting
from smmetrics.words import say
from smmetrics.workspace.forgetting.due import due
from smmetrics.workspace.rereading import outdated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.store.health import Leftovers
    from smmetrics.workspace.core import Workspace

Level = Literal["well", "note", "warning", "error"]
SYNCED = ("Dropbox", "OneDrive", "Google Drive", "GoogleDrive", "iCloud", "Mobile Documents", "Nextcloud", "pCloud")
KILO, LITTLE, NAMED = 1000, 1_000_000_000, 3
OPEN_TO_OTHERS = 0o077


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing looked at: ``level`` tells how bad it is, ``hint`` what to do."""

    check: str
    level: Level
    what: str
    hint: str = ""

    def record(self) -> dict[str, str]:
        """As plain values."""
        return asdict(self)


def examine(workspace: Workspace, *, deep: bool = False, today: date | None = None) -> tuple[Check, ...]:
    """Look at everything; ``deep`` also unpacks every private copy."""
    return tuple(_all(workspace, deep=deep, today=today or datetime.now(UTC).date()))


def clear(workspace: Workspace, *, keep: int, dry_run: bool = False) -> Leftovers:
    """Remove what no kept state needs, or only say what that is."""
    with workspace.store.writer() as writer:
        snapshot = workspace.store.snapshot()
        if dry_run:
            return health.leftovers(workspace.root, writer.head, snapshot)
        return health.vacuum(writer, snapshot, keep=keep)


def in_words(size: int) -> str:
    """Bytes as people say them: 1.2 GB."""
    amount, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if amount < KILO or unit == "GB":
            break
        amount /= KILO
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"


def _all(workspace: Workspace, *, deep: bool, today: date) -> Iterator[Check]:
    store = workspace.store
    head = store.head
    yield _check("format", "well", "format", format=head.format, version=__version__)
    yield from (_check("store", "error", "damaged", hint=True, what=message) for message in store.messages)
    yield from (
        _check("tables", "error", "table", hint=True, what=each) for each in health.table_faults(store.root, head)
    )
    yield from _keys(workspace)
    yield from _copies(workspace, deep=deep)
    if rewriting.pending(store.root):
        yield _check("forget", "warning", "pending", hint=True)
    yield from _waiting(workspace, today)
    yield from _room(workspace)


def _keys(workspace: Workspace) -> Iterator[Check]:
    path = workspace.root / "keys"
    if not path.is_file():
        yield _check("keys", "error", "no_key", hint=True)
    elif path.stat().st_mode & OPEN_TO_OTHERS:
        yield Check(
            check="keys", level="warning", what=say("forget.doctor.key"), hint=say("forget.doctor.key_hint", path=path)
        )


def _copies(workspace: Workspace, *, deep: bool) -> Iterator[Check]:
    snapshot = workspace.store.snapshot()
    for path, file in health.damaged_copies(snapshot) if deep else ():
        yield _check("copies", "error", "copy", hint=True, file=file or "?", name=path.name)
    if missing := health.missing_copies(snapshot):
        names = ", ".join(missing[:NAMED]) + (", …" if len(missing) > NAMED else "")
        yield _check("copies", "note", "missing", hint=True, count=len(missing), names=names)


def _waiting(workspace: Workspace, today: date) -> Iterator[Check]:
    snapshot = workspace.store.snapshot()
    if old := outdated(workspace):
        yield _check("readers", "note", "old", hint=True, count=len(old))
    found = due(workspace, today)
    if found is not None and found.rows:
        count = sum(found.rows.values())
        yield _check("retention", "warning", "due", hint=True, count=count, months=found.months, before=found.before)
    core = {"imports", "quarantine"}
    if strange := sorted(name for name in snapshot.head.tables if name not in {*snapshot.tables, *core}):
        yield _check("tables", "note", "unread", hint=True, names=", ".join(strange))


def _room(workspace: Workspace) -> Iterator[Check]:
    left = health.leftovers(workspace.root, workspace.store.head, workspace.store.snapshot())
    if left.count:
        why = ", ".join(left.files)
        yield _check("leftovers", "note", "leftover", hint=True, count=left.count, size=in_words(left.size), why=why)
    where = str(workspace.root.resolve())
    if name := next((each for each in SYNCED if each in where), ""):
        yield _check("folder", "warning", "synced", hint=True, name=name)
    for part, size in health.sizes(workspace.root).items():
        yield _check("room", "well", "room", part=part, size=in_words(size))
    free = shutil.disk_usage(workspace.root).free
    if free < LITTLE:
        yield _check("room", "warning", "few", hint=True, size=in_words(free))


def _check(name: str, level: Level, key: str, /, *, hint: bool = False, **about: object) -> Check:
    what, todo = say(f"forget.doctor.{key}", **about), say(f"forget.doctor.{key}_hint") if hint else ""
    return Check(check=name, level=level, what=what, hint=todo)
