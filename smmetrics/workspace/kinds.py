"""Which kinds of source have come in, and how much, remembered beside the store: all that coverage needs to know.

Reading the list of imports takes Polars and Delta Lake, which take longer to load than all the rest. So what was
read once is kept in ``cache/`` under the head and the log entry it was read from; absent, damaged or of another
state, it is read again.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from smmetrics.workspace.core import Workspace

NAME = "kinds.json"
TAKEN = "imported"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many files, and how many records of them were kept."""

    files: int = 0
    records: int = 0

    def __add__(self, other: Amount) -> Amount:
        """Both together."""
        return Amount(self.files + other.files, self.records + other.records)


def imported_kinds(workspace: Workspace) -> frozenset[str]:
    """The kinds of source (``platform.kind``) that stand in the store now."""
    return frozenset(imported(workspace))


def imported(workspace: Workspace) -> Mapping[str, Amount]:
    """The same, each with how much came in."""
    if not workspace.has_store:
        return {}
    state = _state(workspace.root)
    kept = _read(workspace.root / "cache" / NAME, state)
    if kept is not None:
        return kept
    snapshot = workspace.snapshot()
    rows = snapshot.imports().iter_rows(named=True) if snapshot is not None else ()
    found: dict[str, Amount] = {}
    for row in rows:
        if row["status"] == TAKEN:
            kind = str(row["kind"])
            found[kind] = found.get(kind, Amount()) + Amount(1, int(row["kept"] or 0))
    if state == _state(workspace.root):
        _keep(workspace.root / "cache" / NAME, state, found)
    return found


def _state(root: Path) -> str:
    """What stands for the list of imports as it is now: the head, and the log entry it names; empty if unreadable.

    The entry is part of it because a version number may come again after a batch was lost.
    """
    try:
        head = (root / "store" / "HEAD.json").read_bytes()
        said = json.loads(head)
        version = said["tables"].get("imports")
        log = root / "store" / said.get("folders", {}).get("imports", "imports") / "_delta_log"
        entry = b"" if version is None else (log / f"{version:020}.json").read_bytes()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""  # the store itself says what is wrong, where the list is read
    return hashlib.sha256(head + b"|" + entry).hexdigest()


def _read(path: Path, state: str) -> Mapping[str, Amount] | None:
    try:
        kept = json.loads(path.read_bytes())
        if not state or kept["state"] != state:
            return None
        return {str(kind): Amount(int(files), int(records)) for kind, (files, records) in kept["kinds"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _plain(kinds: Mapping[str, Amount]) -> dict[str, tuple[int, int]]:
    return {kind: (kinds[kind].files, kinds[kind].records) for kind in sorted(kinds)}


def _keep(path: Path, state: str, kinds: Mapping[str, Amount]) -> None:
    """Write beside and rename; where it cannot be kept, it is read again next time."""
    draft = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_text(json.dumps({"state": state, "kinds": _plain(kinds)}), encoding="utf-8")
        draft.replace(path)
    except OSError:
        # A workspace on a read-only or full disk can still be read; what was begun is not left lying there.
        with suppress(OSError):
            draft.unlink(missing_ok=True)
