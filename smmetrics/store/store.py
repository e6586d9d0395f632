"""One workspace's store: create it, open it, commit to it, look at it, take an import back."""

from __future__ import annotations

import secrets
import shutil
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData, UserMistake
from smmetrics.api.stored import CORE_TABLES
from smmetrics.store import delta, head, lock, sources
from smmetrics.store.files import plain_words, sync, write_new
from smmetrics.store.forgetting import rewriting
from smmetrics.store.snapshot import Snapshot
from smmetrics.store.writer import Steps, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from smmetrics.api.facts import Table
    from smmetrics.store.head import Head
    from smmetrics.store.ledger import ImportBatch, ImportRow

SETTINGS = "workspace.toml"
KEYS = "keys"
CORE: Mapping[str, Table] = {table.name: table for table in CORE_TABLES}


def coming_key(root: Path) -> bytes:
    """The key a folder has, or will have when a workspace is made there: files are read before that is decided."""
    path = root / KEYS
    return path.read_bytes() if path.is_file() else secrets.token_bytes(32)


def _quietly(step: str) -> None:
    """What nobody watches."""


class Store:
    """The tables of a workspace. Several processes may hold one: writers take turns, readers never wait."""

    def __init__(
        self, root: Path, tables: Mapping[str, Table], steps: Steps, waiting: Callable[[str], None] | None
    ) -> None:
        """Use `create` or `open`."""
        self.root = root
        self.tables = tables
        self.messages: tuple[str, ...] = ()
        self._steps = steps
        self._waiting = waiting
        self._sound: Head | None = None
        self._checked: Head | None = None
        self._snapshot: Snapshot | None = None

    @classmethod
    def create(cls, root: Path | str, *, tables: Mapping[str, Table] = CORE, key: bytes = b"") -> Store:
        """Make a workspace in a folder: its settings, key, folders and an empty store.

        ``key``: the one that files were already read with (`coming_key`); without it a new one. Raises `UserMistake`
        where there is a workspace, `Unavailable` where the folder cannot be written to.
        """
        folder = Path(root)
        if (folder / SETTINGS).exists():
            message = "There is a workspace here already."
            raise UserMistake(
                message, where=str(folder), hint="Open it, or choose another folder.", code="store.exists"
            )
        delta.refuse(folder)
        with plain_words(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / KEYS).exists():
                write_new(folder / KEYS, key or coming_key(folder), mode=0o600)
            for name in ("cache", "reports"):
                (folder / name).mkdir(exist_ok=True)
            sources.make(folder / "sources")
            store = folder / "store"
            if store.exists():
                shutil.rmtree(store)  # an earlier `create` that did not get as far as the settings
            store.mkdir()
            head.begin(store)
            write_new(folder / SETTINGS, f"format = {head.FORMAT}\n".encode())
            sync(folder)
        return cls.open(folder, tables=tables)

    @classmethod
    def open(
        cls,
        root: Path | str,
        *,
        tables: Mapping[str, Table] = CORE,
        steps: Steps = _quietly,
        waiting: Callable[[str], None] | None = None,
    ) -> Store:
        """Open a workspace. Nothing is repaired and nothing written: a writer does that when it has the lock.

        ``tables`` are all that are declared, plugins' facts included. ``waiting`` is told whom a writer waits for.
        ``messages`` of the store say what was found wrong. Raises `UserMistake` where there is none or a newer
        version wrote it, `BadData` where nothing can be saved.
        """
        folder = Path(root)
        path = folder / SETTINGS
        if not path.is_file():
            message = "There is no workspace here."
            raise UserMistake(message, where=str(folder), hint="Begin one: smmetrics init", code="store.absent")
        delta.refuse(folder)
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadData(str(error), where=str(path), code="format.damaged") from error
        head.check_format(settings.get("format"), where=str(path))
        store = cls(folder, tables, steps, waiting)
        store.head  # noqa: B018 (a store that is damaged says so when it is opened)
        return store

    @property
    def head(self) -> Head:
        """The state that counts now: the newest head whose files are all there."""
        newest = head.read(self._store)
        if newest != self._checked or self._sound is None:
            self._checked, self._sound, self.messages = self._newest_sound(newest)
        return self._sound

    def key(self) -> bytes:
        """The workspace's own key, from which pseudonyms are made; never leaves the folder."""
        path = self.root / KEYS
        if not path.is_file():
            message = "The workspace's key is gone: people could not be recognised again."
            raise BadData(message, where=str(path), hint="Take the file from a backup.", code="key.lost")
        return path.read_bytes()

    def snapshot(self) -> Snapshot:
        """The store as it is now, the same one until something is written; later writes do not change it."""
        now = self.head
        if self._snapshot is None or self._snapshot.head != now:
            self._snapshot = Snapshot(self.root, now, self.tables)
        return self._snapshot

    def former(self) -> Iterator[Head]:
        """The heads kept from before the one that counts, newest first, whole or not."""
        return head.former(self._store, before=self.head.number)

    def is_whole(self, former: Head) -> bool:
        """Whether every file that a head names is there: only then it can be read."""
        return not self._fault(former)

    def commit(self, batches: Sequence[ImportBatch], *, timeout: float = lock.PATIENCE) -> tuple[ImportRow, ...]:
        """Keep many files in one commit; one row each, in their order.

        A file that was imported before is answered with its first id and the status ``duplicate``. If nothing is new
        nothing is written. Raises `Unavailable` where the lock or the disk refuse, `PluginFault` where records are
        unaccounted for or a column is undeclared; then nothing counts.
        """
        with self.writer(timeout=timeout) as writer:
            return writer.commit(batches)

    def undo(self, import_id: str, *, timeout: float = lock.PATIENCE) -> ImportRow:
        """Take an import back: the tables are as if it had never come in. Its private copy stays.

        Raises `UserMistake` for an id that is unknown or was taken back before.
        """
        with self.writer(timeout=timeout) as writer:
            return writer.undo(import_id)

    def reread(
        self, again: Sequence[tuple[str, ImportBatch]], *, timeout: float = lock.PATIENCE
    ) -> tuple[ImportRow, ...]:
        """Put what was read of a file now in the place of an import, each by its id, in one change."""
        with self.writer(timeout=timeout) as writer:
            return writer.reread(again)

    @contextmanager
    def writer(self, *, timeout: float = lock.PATIENCE) -> Iterator[Writer]:
        """The right to make one change, with everything that never counted cleared away first."""
        with plain_words(self.root), lock.writing(self._store, timeout=timeout, waiting=self._waiting):
            self._steps("after_lock")
            sound = self._ready()
            number = max(sound.number, *(each.number for each in head.former(self._store)), self._named()) + 1
            yield Writer(root=self.root, head=sound, tables=self.tables, steps=self._steps, number=number)

    @property
    def _store(self) -> Path:
        return self.root / "store"

    def _named(self) -> int:
        """The number HEAD itself bears, even if it is not whole: no batch's name is ever used twice."""
        return head.read(self._store).number

    def _ready(self) -> Head:
        """Under the lock: remove what is ahead of the head that counts, keep that head, shorten long logs."""
        sound = self.head
        lost = sound.number != self._named()
        rewriting.finish(self.root, sound, self._steps)
        head.keep(self._store, sound)
        versions = {sound.folder(name): version for name, version in sound.tables.items()}
        for folder in sorted(path for path in self._store.iterdir() if path.is_dir() and path.name != head.FORMER):
            version = versions.get(folder.name, -1)
            if version < 0 or delta.newest(folder) > version:
                delta.set_back(folder, version, keep_files=lost)
            if version >= 0:
                delta.shorten_log(folder, version)
        return sound

    def _newest_sound(self, newest: Head) -> tuple[Head, Head, tuple[str, ...]]:
        """The newest head, the newest that is whole, and what to say of those that are not."""
        messages: list[str] = []
        for each in (newest, *head.former(self._store, before=newest.number)):
            wrong = self._fault(each)
            if not wrong:
                return newest, each, tuple(messages)
            later = head.read(self._store)
            if later != newest:
                # Writers went on meanwhile and put away what this head needs: it is not damaged, only old.
                return self._newest_sound(later)
            again = f"import again: {', '.join(each.files)}" if each.files else "repeat what it did"
            messages.append(f"The batch {each.batch} is damaged: {wrong}. The state before it is used; {again}.")
        message = f"No state of this workspace is whole. {messages[0]}"
        raise BadData(message, where=str(self._store), hint="Take the folder from a backup.", code="store.damaged")

    def _fault(self, each: Head) -> str:
        """The first thing missing of a head, in plain words; nothing where it is whole."""
        faults = (delta.fault(self._store / each.folder(name), version) for name, version in each.tables.items())
        return next(filter(None, faults), "")
