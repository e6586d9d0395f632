"""Reading kept copies again, with the plugins and the answers of today: what a newer reader understands better."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.intake import Answers, release
from smmetrics.store.ledger import rows_of
from smmetrics.words import say
from smmetrics.workspace.importing import NOBODYS, adapters_of, batch_of, reader_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from smmetrics.intake import FileResult, Progress
    from smmetrics.intake.context import Heard
    from smmetrics.store import ImportRow
    from smmetrics.workspace.core import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """What became of one import: ``id`` is the new one's, ``was`` the old one's; or why it stays as it is."""

    was: str
    file: str
    kind: str
    id: str = ""
    kept_before: int = 0
    kept: int = 0
    version_before: str = ""
    version: str = ""
    status: str = "read again"
    reason: str = ""

    def record(self) -> dict[str, Any]:
        """As plain values."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def reread(
    workspace: Workspace,
    ids: Sequence[str] = (),
    *,
    adapter: str = "",
    dry_run: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Reread, ...]:
    """Read again the imports named, those of an adapter, or all that an older version read. One commit a file.

    What can no longer be read stays as it is. Raises `UserMistake` for an id nobody bears.
    """
    rows = _chosen(workspace, ids, adapter)
    with tempfile.TemporaryDirectory(prefix="smmetrics-") as folder:
        return tuple(_again(workspace, row, Path(folder), dry_run=dry_run, progress=progress) for row in rows)


def outdated(workspace: Workspace) -> list[ImportRow]:
    """Imports that an older version of their adapter read, as far as that adapter is installed."""
    return [
        row for row in _imported(workspace) if (now := _version_now(workspace, row.kind)) and now != row.adapter_version
    ]


def kept_results(
    workspace: Workspace,
    row: ImportRow,
    folder: Path,
    *,
    heard: Heard | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[FileResult]:
    """All parts of an import's kept copy, read as it was imported. Raises `UserMistake` where no copy is kept."""
    snapshot = workspace.store.snapshot()
    path = folder / (Path(row.file).parent.name or "from") / Path(row.file).name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(snapshot.source_bytes(row.source_id))
    reader = reader_of(workspace, folder, workspace.store.key(), progress, heard)
    given = answers_of(row.answers)
    try:
        for result in reader.read_all(path, replace(given, zone=given.zone or workspace.scope.zone)):
            yield replace(result, file=row.file)
    finally:
        path.unlink(missing_ok=True)


def answers_of(said: str) -> Answers:
    """What the user said of a file, as the list of imports keeps it."""
    known = {each.name: each.type for each in fields(Answers)}
    values: dict[str, Any] = {"zone": ""}
    for name, value in json.loads(said or "{}").items():
        if name in {"since", "until"}:
            values[name] = date.fromisoformat(value)
        elif name == "observed_at":
            values[name] = datetime.fromisoformat(value)
        elif name in known:
            values[name] = value
    return Answers(**values)


def _chosen(workspace: Workspace, ids: Sequence[str], adapter: str) -> list[ImportRow]:
    rows = _imported(workspace)
    known = {row.id for row in rows}
    for import_id in ids:
        if import_id not in known:
            message = say("forget.reread.unknown", id=import_id)
            raise UserMistake(message, hint=say("forget.reread.unknown_hint"), code="import.unknown")
    if ids:
        return [row for row in rows if row.id in ids]
    if not adapter:
        return outdated(workspace)
    chosen = [row for row in rows if adapter in {row.adapter, row.kind}]
    if not chosen:
        names = ", ".join(sorted({row.adapter for row in rows if row.adapter})) or say("forget.reread.none")
        message = say("forget.reread.no_adapter", adapter=adapter)
        raise UserMistake(message, hint=say("forget.reread.no_adapter_hint", names=names), code="adapter.unknown")
    return chosen


def _imported(workspace: Workspace) -> list[ImportRow]:
    snapshot = workspace.snapshot()
    return [] if snapshot is None else [row for row in rows_of(snapshot.imports()) if row.status == "imported"]


def _version_now(workspace: Workspace, kind: str) -> str:
    source = workspace.installed.sources.get(kind)
    if source is None:
        return ""
    version = adapters_of(workspace).get(kind, NOBODYS)[1]
    return f"{version}/{source.version}" if version else source.version


def _again(
    workspace: Workspace,
    row: ImportRow,
    folder: Path,
    *,
    dry_run: bool,
    progress: Callable[[Progress], None] | None,
) -> Reread:
    told = Reread(was=row.id, file=row.file, kind=row.kind, kept_before=row.kept, version_before=row.adapter_version)
    given = answers_of(row.answers)
    try:
        results = list(kept_results(workspace, row, folder, progress=progress))
    except UserMistake as mistake:
        return replace(told, status="not read", reason=f"{mistake.message} {mistake.hint}".strip(), kept=row.kept)
    try:
        same = [each for each in results if each.status == "read" and each.part == row.member]
        if not same:
            reason = next((each.reason for each in results if each.status != "read"), say("forget.reread.gone"))
            return replace(told, status="not read", reason=reason, kept=row.kept)
        batch = replace(batch_of(adapters_of(workspace), same[0], given), copy=None)
        told = replace(told, version=batch.adapter_version, kept=same[0].kept)
        if dry_run:
            return replace(told, status="dry run")
        (new,) = workspace.store.reread([(row.id, batch)])
        return replace(told, id=new.id, kept=new.kept)
    finally:
        for each in results:
            release(each)
