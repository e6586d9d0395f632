"""Take files in: read each, commit them together, and tell what became of every one of them.

A long list is committed in portions, so that an interrupted import keeps what it has done and can simply be run
again: what came in is then a duplicate and costs nothing.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smmetrics.api.errors import Unavailable, UserMistake
from smmetrics.intake import Answers, FileResult, Reader, files_below, release
from smmetrics.intake.unopened import shown
from smmetrics.store import ImportBatch, Store, coming_key
from smmetrics.strategy.zones import zone_hint
from smmetrics.workspace.misnamed import at_import

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from smmetrics.intake import Progress
    from smmetrics.intake.context import Heard
    from smmetrics.store import ImportRow
    from smmetrics.workspace.core import Workspace

    Adapters = Mapping[str, tuple[str, str]]

FILES_A_COMMIT = 500
RECORDS_A_COMMIT = 500_000
UNSAID = {"hint", "messages", "exit_code", "part", "no_loss", "beside"}
"""Fields of an outcome that are no columns of `import --json` as they stand."""
NOBODYS = ("", "")
"""The distribution and version of a kind that no plugin brought: one of the folder's own mappings."""
COUNTS = ("records_in", "kept", "quarantined", "duplicate", "blank", "footer", "forgotten")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one file, or a ``part`` of a container.

    ``exit_code`` is 0, 4 (refused), 2 (not there) or 5 (a plugin failed). ``beside``: a file that holds nothing to
    measure and lies in a folder of which others came in, so that it is no fault that it did not.
    """

    id: str
    file: str
    kind: str = ""
    adapter: str = ""
    records_in: int = 0
    kept: int = 0
    quarantined: int = 0
    duplicate: int = 0
    blank: int = 0
    footer: int = 0
    forgotten: int = 0
    not_taken: Mapping[str, int] = field(default_factory=dict)
    status: str = "imported"
    reason: str = ""
    hint: str = ""
    messages: tuple[str, ...] = ()
    exit_code: int = 0
    part: str = ""
    no_loss: str = ""
    beside: bool = False

    @property
    def name(self) -> str:
        """The file's name without its folder, and the part of it."""
        name = Path(self.file).name
        return f"{name}: {self.part}" if self.part else name

    def record(self) -> dict[str, Any]:
        """The columns that ``import --json`` promises, in order."""
        row = asdict(self)
        return {name: row[name] for name in row if name not in UNSAID} | {
            "reason": f"{self.reason} {self.hint}".strip(),
            "part": self.part,
        }


def import_files(
    workspace: Workspace,
    paths: Sequence[str | Path],
    *,
    answers: Answers | None = None,
    dry_run: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Outcome, ...]:
    """Read ``paths`` (files and folders) into the workspace; see `Workspace.import_`."""
    if not paths:
        message = "Nothing to import was named."
        raise UserMistake(message, hint="Name files or folders: smmetrics import inbox/")
    given = answers or Answers(zone="")
    zone = known_zone(given.zone or workspace.scope.zone)
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="smmetrics-") as folder:
        key = workspace.store.key() if workspace.has_store else coming_key(workspace.root)
        reader = reader_of(workspace, Path(folder), key, progress)
        within: list[str] = []
        results = _results(reader, paths, replace(given, zone=zone), within)
        for portion in _portions(results):
            outcomes.extend(_commit(workspace, portion, given, key=key, dry_run=dry_run))
    return tuple(_with_what_lies_beside(outcomes, within))


def _results(reader: Reader, paths: Sequence[str | Path], answers: Answers, within: list[str]) -> Iterator[FileResult]:
    """What is read of each file; ``within`` is told the folder it was found in, empty where it was named itself."""
    for given in paths:
        folder = shown(Path(given)) if Path(given).is_dir() else ""
        for path in _files([given]):
            for result in _read(reader, path, answers):
                within.append(folder)
                yield result


def _with_what_lies_beside(outcomes: Sequence[Outcome], within: Sequence[str]) -> Iterator[Outcome]:
    """The outcomes; what holds nothing to measure is no fault in a folder or archive of which something came in."""
    came = [(each.file, folder) for each, folder in zip(outcomes, within, strict=True) if each.status != "refused"]
    places = {place for file, folder in came for place in (file, folder)} - {""}
    for each, folder in zip(outcomes, within, strict=True):
        if each.no_loss == "within":
            yield replace(each, exit_code=0)
        elif each.no_loss and not places.isdisjoint((folder, each.file)):
            yield replace(each, exit_code=0, beside=True)
        else:
            yield each


def known_zone(name: str) -> str:
    """A zone's name, if the zone database knows it; else the user's mistake."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"There is no time zone {name!r}."
        raise UserMistake(message, hint=zone_hint(name), code="zone.unknown") from error
    return name


def _files(paths: Sequence[str | Path]) -> Iterator[Path | FileResult]:
    """Every file named or below a folder named, each as often as it is named; a name that leads nowhere is refused."""
    for path in paths:
        try:
            yield from files_below([path])
        except UserMistake as mistake:
            yield FileResult(
                file=shown(Path(path)),
                name=shown(Path(Path(path).name)),
                status="refused",
                reason=mistake.message,
                hint=mistake.hint,
                exit_code=mistake.exit_code,
            )


def _read(reader: Reader, path: Path | FileResult, answers: Answers) -> Iterator[FileResult]:
    return iter((path,)) if isinstance(path, FileResult) else reader.read_all(path, answers)


def reader_of(
    workspace: Workspace,
    copies: Path,
    key: bytes,
    progress: Callable[[Progress], None] | None,
    heard: Heard | None = None,
) -> Reader:
    """A reader of all that is installed; ``heard`` is told whom a file speaks of."""
    catalogue = workspace.installed
    return Reader(
        tuple(catalogue.sources.values()),
        catalogue.tables,
        copies=copies,
        key=key,
        use=workspace.registry.use,
        progress=progress,
        heard=heard,
        strangers=catalogue.strangers,
    )


def _portions(results: Iterable[FileResult]) -> Iterator[list[FileResult]]:
    portion: list[FileResult] = []
    records = 0
    for result in results:
        portion.append(result)
        records += result.records_in
        if len(portion) >= FILES_A_COMMIT or records >= RECORDS_A_COMMIT:
            yield portion
            portion, records = [], 0
    if portion:
        yield portion


def _commit(
    workspace: Workspace, portion: Sequence[FileResult], answers: Answers, *, key: bytes, dry_run: bool
) -> Iterator[Outcome]:
    adapters = adapters_of(workspace)
    portion = [_told_of_hours(workspace, result) for result in portion]
    taken = [result for result in portion if result.status == "read"]
    rows: Iterator[ImportRow | None] = iter(())
    if dry_run:
        rows = iter([None] * len(taken))
    elif taken:
        rows = iter(_store(workspace, key).commit([batch_of(adapters, result, answers) for result in taken]))
    for result in portion:
        release(result)
        yield _refused(result) if result.status != "read" else _outcome(adapters, result, next(rows))


def _told_of_hours(workspace: Workspace, result: FileResult) -> FileResult:
    """The result; of a sheet of hours with what it names and the strategy does not."""
    said = at_import(result.frames, workspace.strategy) if result.status == "read" else ()
    return replace(result, messages=(*result.messages, *said))


def _store(workspace: Workspace, key: bytes) -> Store:
    """The store, made only now that there is something to keep. Raises `Unavailable` if it is not of our key."""
    if not workspace.has_store:
        Store.create(workspace.root, tables=workspace.installed.tables, key=key)
    store = workspace.store
    if store.key() != key:
        message = "Another import began this workspace at the same moment."
        raise Unavailable(message, where=str(workspace.root), hint="Import again.", code="store.exists")
    return store


def batch_of(adapters: Adapters, result: FileResult, answers: Answers) -> ImportBatch:
    """What a file that was read brings to the store."""
    adapter, version = adapters.get(result.kind, NOBODYS)
    return ImportBatch(
        source_id=result.source_id,
        sha256=result.sha256,
        member=result.part,
        file=str(result.file),
        kind=result.kind,
        frames=result.frames,
        adapter=adapter,
        adapter_version=f"{version}/{result.adapter_version}" if version else result.adapter_version,
        answers=stated(answers),
        observed_at=result.observed_at,
        observed_basis=result.observed_basis,
        quarantine=result.quarantine,
        counts={name: getattr(result, name) for name in COUNTS},
        not_taken=result.not_taken,
        messages=result.messages,
        copy=result.copy,
    )


def stated(answers: Answers) -> str:
    """What the user said of the files, as JSON without what was left open: part of an import's identity."""
    said = {name: value for name, value in asdict(answers).items() if value}
    return json.dumps(said, sort_keys=True, default=str)


def adapters_of(workspace: Workspace) -> Adapters:
    """By kind of file, the distribution that reads it, and its version."""
    answers = reversed(workspace.registry.answers("smmetrics_sources"))
    return {getattr(answer.record, "id", ""): (answer.distribution, answer.version) for answer in answers}


def _outcome(adapters: Adapters, result: FileResult, row: ImportRow | None) -> Outcome:
    counts = {name: getattr(row if row is not None else result, name) for name in COUNTS}
    return Outcome(
        id=row.id if row is not None else "",
        file=str(result.file),
        part=result.part,
        kind=result.kind,
        adapter=adapters.get(result.kind, NOBODYS)[0],
        not_taken=dict(result.not_taken),
        status=row.status if row is not None else "dry_run",
        reason=row.reason if row is not None else "",
        messages=tuple(json.loads(row.messages) if row is not None and row.status == "imported" else result.messages),
        **counts,
    )


def _refused(result: FileResult) -> Outcome:
    return Outcome(
        id="",
        file=str(result.file),
        part=result.part,
        kind=result.kind,
        status="refused",
        reason=result.reason,
        hint=result.hint,
        messages=tuple(result.messages),
        exit_code=result.exit_code or 4,
        no_loss=result.no_loss,
    )
