"""Pictures drawn by other processes while this one goes on: drawing starts slowly, and holds all of its process up.

Nothing but time depends on them. What they do not answer, for whatever reason, is drawn by who asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

PROGRAM = Path(__file__).with_name("painter.py")
MOST = 3
"""Processes that draw: each takes half a second of a core before its first picture."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_here: ContextVar[Painters | None] = ContextVar("painters", default=None)


@contextmanager
def painting(*, wanted: bool = True) -> Iterator[None]:
    """Have pictures drawn by other processes inside this block, where ``wanted`` and where there are cores for it.

    They start at once, and none of them outlives the block.
    """
    count = _count() if wanted and _here.get() is None else 0
    if not count:
        yield
        return
    painters = Painters(count)
    token = _here.set(painters)
    try:
        yield
    finally:
        _here.reset(token)
        painters.close()


def begin(orders: Iterable[tuple[Any, Any]]) -> None:
    """Begin to draw: specifications with their configurations, in the order they will be asked for."""
    painters = _here.get()
    if painters:
        for spec, config in orders:
            painters.begin(spec, config)


def drawn(spec: object, config: object) -> str | None:
    """The picture, where it was begun and could be drawn."""
    painters = _here.get()
    return painters.drawn(spec, config) if painters else None


class Painters:
    """Processes that draw, and what they were asked to draw."""

    def __init__(self, count: int) -> None:
        """Start them; one that cannot be started is done without."""
        self._all = [process for _ in range(count) if (process := _started())]
        self._free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in self._all:
            self._free.put(process)
        self._pool = ThreadPoolExecutor(max(1, len(self._all)), thread_name_prefix="painter")
        self._begun: dict[bytes, Future[str | None]] = {}

    def begin(self, spec: object, config: object) -> None:
        """Begin to draw what nobody has begun."""
        order = _order(spec, config)
        if self._all and order and order not in self._begun:
            self._begun[order] = self._pool.submit(self._drawn, order)

    def drawn(self, spec: object, config: object) -> str | None:
        """The picture that was begun; None where there is none."""
        found = self._begun.get(_order(spec, config))
        return found.result() if found else None

    def close(self) -> None:
        """End them, whatever they are doing."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.kill()
        self._pool.shutdown()  # nobody answers any more, so nobody waits
        for process in self._all:
            process.communicate()

    def _drawn(self, order: bytes) -> str | None:
        process = self._free.get()
        assert process.stdin, "it was started with one"
        assert process.stdout, "it was started with one"
        try:
            process.stdin.write(order)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:  # it is gone
            return None
        finally:
            self._free.put(process)
        return _picture(answer)


def _picture(answer: bytes) -> str | None:
    """What was answered; nothing where the process ended in the middle of its answer."""
    try:
        told = json.loads(answer)
    except ValueError:
        return None
    return told if isinstance(told, str) else None


def _order(spec: object, config: object) -> bytes:
    """One line; empty where the specification holds what no line can."""
    try:
        return json.dumps({"spec": spec, "config": config}).encode() + b"\n"
    except (TypeError, ValueError):
        return b""


def _count() -> int:
    """As many as there are cores beside this one's; none where this program is no interpreter to be started again."""
    plain = not getattr(sys, "frozen", False) and Path(sys.executable or "").stem.lower().startswith("python")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores - 1, MOST) if plain and PROGRAM.is_file() else 0


def _started() -> subprocess.Popen[bytes] | None:
    command = [sys.executable, "-P", str(PROGRAM)]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(  # noqa: S603 (our own interpreter and our own file)
            command, stdin=pipe, stdout=pipe, stderr=nowhere, creationflags=_NO_WINDOW
        )
    except OSError:
        return None
