"""Forgetting people, and what is due: looked at first, then done in one commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.store.forgetting import Forgotten, rewriting
from smmetrics.store.forgetting.bytesearch import holds
from smmetrics.store.forgetting.jobs import Forget
from smmetrics.words import say
from smmetrics.workspace.forgetting import linked
from smmetrics.workspace.forgetting.due import age, agreed_months, cutoff
from smmetrics.workspace.forgetting.naming import near, traces

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from smmetrics.store.forgetting.jobs import Job
    from smmetrics.store.forgetting.rewriting import Removed
    from smmetrics.store.forgetting.traces import Traces
    from smmetrics.store.writer import Writer
    from smmetrics.workspace.core import Workspace

    Tell = Callable[[str, int, int], None]

DERIVED = ("reports", "history")
"""Folders whose files can be made again, or are older versions: those that hold them are deleted."""
OURS = frozenset({"store", "sources", "cache", "keys", "forgotten.json", "forgotten.key", *DERIVED})


@dataclass(kw_only=True)
class Report:
    """What goes, or would go: counts by table, copies, files. ``left``: the user's own files that still name them.

    ``linked``: how many names they agreed are theirs stay.
    """

    people: int = 0
    linked: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    records: int = 0
    copies: int = 0
    files: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    before: date | None = None
    done: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to delete."""
        return bool(self.rows or self.changed or self.copies or self.files)

    def record(self) -> dict[str, Any]:
        """As plain values, for programs."""
        return {
            "done": self.done, "people": self.people, "linked": self.linked, "before": self.before, "rows": self.rows,
            "changed": self.changed, "records": self.records, "copies": self.copies, "files": list(self.files),
            "left": list(self.left),
        }  # fmt: skip


def _quietly(what: str, done: int, total: int) -> None:
    """What nobody watches."""
    del what, done, total


def forget(
    workspace: Workspace,
    words: Sequence[str],
    *,
    everyone: bool = False,
    all_names: bool = False,
    dry_run: bool = False,
    tell: Tell = _quietly,
    agree: Callable[[Report], bool] = lambda _: True,
) -> Report:
    """Take people out of everything. ``agree`` is shown what would go and may say no.

    ``all_names``: under every name that they agreed is theirs.

    Raises `UserMistake` for a word that means nobody, several people, or our own account.
    """
    with workspace.store.writer() as writer:
        snapshot = workspace.snapshot()
        assert snapshot is not None, "a store that can be written to can be read"
        found = traces(workspace, snapshot, words, everyone=everyone, all_names=all_names)
        job = Forget(traces=found)
        removed = rewriting.survey(writer, job, tell)
        copies, derived, left = _files(workspace.root, found.in_bytes, removed, tell)
        report = _report(removed, copies, derived, left, root=workspace.root)
        report.people = max(len({person for _, person in found.persons}), 1)
        report.linked = len(linked.staying(snapshot, found))
        if not report.anything and not left:
            like = near(snapshot, words[0])
            hint = say("forget.who.nobody_hint", near=like) if like else say("forget.who.nobody_hint_plain")
            raise UserMistake(say("forget.who.nobody", word=words[0]), hint=hint, code="who.nobody")
        if dry_run or not agree(report):
            return report
        _remember(workspace, found, writer)
        rewriting.rewrite(writer, job, removed, remove=copies, files=derived, tell=tell)
        report.done = True
    return report


def forget_due(
    workspace: Workspace,
    *,
    before: date | None = None,
    today: date | None = None,
    dry_run: bool = False,
    tell: Tell = _quietly,
    agree: Callable[[Report], bool] = lambda _: True,
) -> Report:
    """Delete what is older than the strategy's ``keep_months``, or than a day. Raises `UserMistake` without either."""
    now = today or datetime.now(UTC).date()
    months = agreed_months(workspace)
    if before is None and not months:
        raise UserMistake(say("forget.due.absent"), hint=say("forget.due.absent_hint"), code="due.absent")
    day = before or cutoff(now, months)
    with workspace.store.writer() as writer:
        snapshot = workspace.snapshot()
        assert snapshot is not None, "a store that can be written to can be read"
        job: Job = age(snapshot, day, now)
        removed = rewriting.survey(writer, job, tell)
        copies = [path for path in _copies(workspace.root) if path.stem in removed.sources]
        report = _report(removed, copies, (), (), root=workspace.root)
        report.before = day
        if dry_run or not report.anything or not agree(report):
            return report
        rewriting.rewrite(writer, job, removed, remove=copies, tell=tell)
        report.done = True
    return report


def _remember(workspace: Workspace, found: Traces, writer: Writer) -> None:
    """Put their digests on the list, before anything is gone: killed in between, they only stay longer."""
    forgotten = Forgotten.of(workspace.root)
    forgotten.add(found)
    forgotten.save(workspace.root)
    writer.steps("after_digests")


def _report(
    removed: Removed, copies: Sequence[Path], derived: Sequence[Path], left: Sequence[Path], *, root: Path
) -> Report:
    return Report(
        rows=removed.rows,
        changed=removed.changed,
        records=sum(removed.records.values()),
        copies=len(copies),
        files=tuple(str(path.relative_to(root)) for path in derived),
        left=tuple(str(path.relative_to(root)) for path in left),
    )


def _files(
    root: Path, pattern: re.Pattern[bytes] | None, removed: Removed, tell: Tell
) -> tuple[list[Path], list[Path], list[Path]]:
    """Private copies that hold them, files made by us that do, and files of the user's that do."""
    copies: list[Path] = []
    derived: list[Path] = []
    left: list[Path] = []
    every = list(_copies(root))
    for place, path in enumerate(every):
        tell("sources", place, len(every))
        if path.stem in removed.sources or (pattern is not None and holds(path, pattern)):
            copies.append(path)
    removed.sources |= {path.stem for path in copies}
    if pattern is None:
        return copies, derived, left
    for path in sorted(root.rglob("*")):
        top = path.relative_to(root).parts[0]
        if not path.is_file() or path.is_symlink() or (top in OURS and top not in DERIVED):
            continue
        if holds(path, pattern) or pattern.search(str(path.relative_to(root)).encode("utf-8", "surrogateescape")):
            (derived if top in DERIVED or path.suffix == ".bak" else left).append(path)
    return copies, derived, left


def _copies(root: Path) -> Iterator[Path]:
    yield from sorted((root / "sources").glob("*.zst"))
