"""HEAD: the one file that says which version of every table counts. Replacing it is the commit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import BadData, UserMistake
from smmetrics.store.files import prepare, sync, take_place, write_new

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

FORMAT = 1
"""The store's format. A newer one is refused, with what to upgrade."""
KEPT = 30
"""How many former heads are kept."""
NAME = "HEAD.json"
FORMER = "heads"


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A state of the whole store: its number, each table's Delta version, the batch that made it, its files.

    ``folders``: where tables are that were written anew; the others are in a folder of their name.
    """

    number: int = 0
    tables: Mapping[str, int] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    batch: str = ""
    files: tuple[str, ...] = ()
    format: int = FORMAT

    def folder(self, table: str) -> str:
        """The name of a table's folder."""
        return self.folders.get(table, table)

    def bytes(self) -> bytes:
        """The head as it stands in its file."""
        return (json.dumps(asdict(self), indent=1, sort_keys=True) + "\n").encode()


def parse(text: str | bytes, *, where: str) -> Head:
    """Read a head. Raises `BadData` where it is damaged, `UserMistake` where a newer version wrote it."""
    try:
        data: dict[str, Any] = json.loads(text)
        check_format(data["format"], where=where)
        tables = {str(name): int(version) for name, version in data["tables"].items()}
        folders = {str(name): str(folder) for name, folder in data.get("folders", {}).items()}
        files = tuple(data.get("files", ()))
        number, batch = int(data["number"]), str(data["batch"])
        return Head(number=number, tables=tables, folders=folders, batch=batch, files=files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "This file is damaged: it does not say which tables count."
        raise BadData(message, where=where, code="head.damaged") from error


def check_format(found: object, *, where: str) -> None:
    """Refuse a workspace that a newer version wrote: reading it half would be worse than not at all."""
    if not isinstance(found, int):
        message = f"the format is {found!r}; expected a whole number"
        raise BadData(message, where=where, code="format.damaged")
    if found > FORMAT:
        message = f"A newer smmetrics wrote this workspace (format {found}; this one reads up to {FORMAT})."
        raise UserMistake(message, where=where, hint="Upgrade: pip install --upgrade smmetrics", code="format.newer")


def read(store: Path) -> Head:
    """The head that counts; where its file is damaged or gone, the newest former one.

    Raises `BadData` where no head can be read at all.
    """
    path = store / NAME
    try:
        return parse(path.read_bytes(), where=str(path))
    except FileNotFoundError:
        pass  # a workspace copied without it: its former heads still say all
    except BadData:
        pass  # damaged: the same
    for head in former(store):
        return head
    message = "No head can be read: nothing says which version of the tables counts."
    raise BadData(message, where=str(path), hint="Take the folder from a backup.", code="head.lost")


def former(store: Path, *, before: int | None = None) -> Iterator[Head]:
    """The heads kept, newest first; damaged ones are passed over."""
    for path in sorted((store / FORMER).glob("*.json"), key=_number, reverse=True):
        if before is not None and _number(path) >= before:
            continue
        try:
            yield parse(path.read_bytes(), where=str(path))
        except (BadData, FileNotFoundError):  # a writer that went on has put an old one away
            continue


def write(store: Path, head: Head, steps: Callable[[str], None]) -> None:
    """Make ``head`` the one that counts: write beside, sync, rename. The rename is the commit."""
    path = store / NAME
    _remember(store, path)
    draft = prepare(path, head.bytes())
    steps("after_head_temp")
    take_place(draft, path)
    steps("after_head_rename")
    keep(store, head)


def _remember(store: Path, path: Path) -> None:
    """Keep the head that still counts, where whoever made it count came no further than that."""
    try:
        counted = parse(path.read_bytes(), where=str(path))
    except (FileNotFoundError, BadData):
        return  # the newest kept one counts
    keep(store, counted)


def keep(store: Path, head: Head) -> None:
    """Remember a head that counted, so that a damaged later one can be stepped back from."""
    folder = store / FORMER
    path = folder / f"{head.number}.json"
    if not path.exists():
        draft = prepare(path, head.bytes())
        take_place(draft, path)
        for old in sorted(folder.glob("*.json"), key=_number)[:-KEPT]:
            old.unlink()


def begin(store: Path) -> None:
    """The first head, of no tables."""
    (store / FORMER).mkdir()
    write_new(store / NAME, Head().bytes())
    keep(store, Head())
    sync(store)


def _number(path: Path) -> int:
    return int(path.stem) if path.stem.isdigit() else -1
