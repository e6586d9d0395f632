"""Run a command and watch each of its calls that changes a folder: keep what a kill or a power cut there would leave.

    python _faults.py images FOLDER OUT EVERY -- COMMAND…     FOLDER as each call would leave it: killed, power lost
    python _faults.py fail FOLDER N ERRNO -- COMMAND…   from call N on, every call that takes room on the disk fails

The kernel stops the command before each such call (seccomp hands it to ptrace), whichever language makes it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import random
import shutil
import signal
import stat
import struct
import sys
from pathlib import Path

NUMBERS = {1: "write", 18: "write", 20: "write", 296: "write", 326: "write", 40: "write", 257: "open", 2: "open",
           82: "rename", 264: "rename", 316: "rename", 87: "unlink", 263: "unlink", 84: "unlink", 83: "mkdir",
           258: "mkdir", 76: "cut", 77: "cut", 74: "fsync", 75: "fsync", 86: "link", 265: "link"}  # fmt: skip
"""Calls of x86-64 that change a folder or make changes lasting."""
BY_HANDLE = {1, 18, 20, 296, 77, 74, 75}
AT = {257: (0, 1), 264: (0, 1), 316: (0, 1), 263: (0, 1), 258: (0, 1), 265: (2, 3)}
TAKES_ROOM = {"write", "open", "mkdir", "rename", "link", "fsync"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_TRACEME, _CONT, _GETREGS, _SETREGS, _SETOPTIONS = 0, 7, 12, 13, 0x4200
_OPTIONS = 0x2 | 0x4 | 0x8 | 0x80 | 0x100000  # fork, vfork, clone, seccomp; ends with us
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
_RAX, _ORIG_RAX, _ARGUMENTS = 10, 15, (14, 13, 12, 7, 9, 8)


def _filter() -> bytes:
    """The kernel's program: stop before these calls; of opening only for writing."""
    lines = [(0x20, 0, 0, 0)]
    for number, call in NUMBERS.items():
        if call == "open":
            flags = 16 + 8 * (2 if number in AT else 1)
            lines += [(0x15, 0, 4, number), (0x20, 0, 0, flags), (0x45, 0, 1, WRITING), (0x06, 0, 0, _TRACE)]
            lines += [(0x06, 0, 0, _ALLOW)]
        else:
            lines += [(0x15, 0, 1, number), (0x06, 0, 0, _TRACE)]
    return b"".join(struct.pack("HBBI", *line) for line in [*lines, (0x06, 0, 0, _ALLOW)])


def _begin(command: list[str]) -> int:
    program = ctypes.create_string_buffer(_filter())
    length = (len(program) - 1) // 8
    wrapped = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", length, ctypes.addressof(program)))
    child = os.fork()
    if not child:
        _LIBC.ptrace(_TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        _LIBC.prctl(38, 1, 0, 0, 0)
        if _LIBC.prctl(22, 2, ctypes.byref(wrapped), 0, 0):
            os._exit(126)
        os.execvp(command[0], command)
    return child


def _paths(pid: int, registers: list[int], number: int) -> str:
    """What a call is about: of a renaming, the name it had."""
    arguments = [registers[place] for place in _ARGUMENTS]
    try:
        if number in BY_HANDLE or number in {326, 40}:
            handle = arguments[{326: 2}.get(number, 0)]
            return str(Path(f"/proc/{pid}/fd/{handle & 0xFFFFFFFF}").readlink())
        base, name = AT.get(number, (None, 0))
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(arguments[name])
            text = memory.read(4096).split(b"\0")[0].decode()
        handle = -100 if base is None else ctypes.c_int32(arguments[base] & 0xFFFFFFFF).value
        folder = Path(f"/proc/{pid}/cwd") if handle == -100 else Path(f"/proc/{pid}/fd/{handle}")
        return str(folder.readlink() / text)
    except OSError:
        return ""


def watch(command: list[str], folder: Path, before) -> int:
    """Run a command to its end; ``before(call, path)`` may name an error that the call is to fail with."""
    child = _begin(command)
    os.waitpid(child, 0)
    _LIBC.ptrace(_SETOPTIONS, child, None, _OPTIONS)
    _LIBC.ptrace(_CONT, child, None, None)
    held = (ctypes.c_ulonglong * 27)()
    code = 0
    while True:
        try:
            pid, status = os.waitpid(-1, 0x40000000)
        except ChildProcessError:
            return code
        if not os.WIFSTOPPED(status):
            code = os.waitstatus_to_exitcode(status) if pid == child else code
            continue
        sent = os.WSTOPSIG(status)
        if status >> 8 == signal.SIGTRAP | 7 << 8:
            _LIBC.ptrace(_GETREGS, pid, None, ctypes.byref(held))
            path = _paths(pid, list(held), held[_ORIG_RAX])
            if path == str(folder) or path.startswith(f"{folder}{os.sep}"):
                failing = before(NUMBERS[held[_ORIG_RAX]], Path(path))
                if failing:
                    held[_ORIG_RAX], held[_RAX] = 2**64 - 1, 2**64 - failing
                    _LIBC.ptrace(_SETREGS, pid, None, ctypes.byref(held))
        _LIBC.ptrace(_CONT, pid, None, 0 if sent in {signal.SIGTRAP, signal.SIGSTOP} else sent)


class Disk:
    """What of a folder is surely on the disk: names of folders that were synced, content of files that were."""

    def __init__(self, folder: Path) -> None:
        """All that is there at the beginning is."""
        self.folder = folder
        self.held: dict[int, int] = {}
        self.names: dict[int, dict[str, int]] = {}
        self.content: dict[int, bytes] = {}
        for path in (folder, *folder.rglob("*")):
            self.synced(path)

    def synced(self, path: Path) -> None:
        """Take note that a file or a folder's list of names was synced."""
        number = self._hold(path)
        if path.is_dir():
            self.names[number] = {each.name: self._hold(each) for each in path.iterdir()}
        else:
            self.content[number] = path.read_bytes()

    def see(self) -> None:
        """Hold all that is there, so that no number of a file is given twice."""
        for path in self.folder.rglob("*"):
            self._hold(path)

    def lost(self, out: Path) -> None:
        """Write what is left if nothing survives that was not synced."""
        self._write(self._hold(self.folder), out)

    def some(self, out: Path, draw: random.Random) -> None:
        """Write what is left if of all that was not synced any part survives: names, and contents whole or torn."""
        self._mixed(self.folder, self._hold(self.folder), out, draw)

    def _mixed(self, now: Path | None, number: int, out: Path, draw: random.Random) -> None:
        if not self._is_folder(number):
            safe = self.content.get(number, b"")
            there = safe if now is None else now.read_bytes()
            torn = draw.choice([there, there[: len(there) // 2], bytes(len(there)), b""])
            out.write_bytes(there if there == safe else draw.choice([safe, torn]))
            return
        out.mkdir(parents=True)
        names = {path.name: self._hold(path) for path in now.iterdir()} if now else {}
        kept = self.names.get(number, {})
        for name in sorted({*names, *kept}):
            chosen = draw.choice([names, kept])
            if name in chosen:
                same = now is not None and names.get(name) == chosen[name]
                self._mixed(now / name if same else None, chosen[name], out / name, draw)

    def _write(self, number: int, out: Path) -> None:
        if number not in self.names:
            out.write_bytes(self.content.get(number, b""))
            return
        out.mkdir(parents=True)
        for name, each in self.names[number].items():
            if each in self.names or not self._is_folder(each):
                self._write(each, out / name)
            else:
                (out / name).mkdir()

    def _is_folder(self, number: int) -> bool:
        return stat.S_ISDIR(os.fstat(self.held[number]).st_mode)

    def _hold(self, path: Path) -> int:
        handle = os.open(path, os.O_PATH)
        number = os.fstat(handle).st_ino
        if number in self.held:
            os.close(handle)
        else:
            self.held[number] = handle
        return number


def images(folder: Path, out: Path, every: int, command: list[str]) -> int:
    """Keep what each call, or every so many, would leave; ``calls.txt`` says which they were."""
    disk, draw, calls = Disk(folder), random.Random(7), []

    def before(call: str, path: Path) -> int:
        disk.see()
        if len(calls) % every == 0:
            kept = out / f"{len(calls):04}"
            shutil.copytree(folder, kept / "killed")
            disk.lost(kept / "lost")
            disk.some(kept / "some", draw)
        calls.append(f"{call} {path.relative_to(folder)}")
        if call == "fsync":
            disk.synced(path)
        return 0

    code = watch(command, folder, before)
    (out / "calls.txt").write_text("\n".join(calls) + "\n", encoding="utf-8")
    return code


def fail(folder: Path, first: int, number: int, command: list[str]) -> int:
    """Let every call that takes room fail from the ``first`` on; a broken disk (EIO) fails at everything."""
    seen = 0

    def before(call: str, path: Path) -> int:
        nonlocal seen
        del path
        seen += 1
        affected = call in TAKES_ROOM and (call != "fsync" or number == errno.EIO)
        return number if seen > first and affected else 0

    return watch(command, folder, before)


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    at = rest.index("--")
    options, command = rest[:at], rest[at + 1 :]
    root = Path(place).resolve()
    if what == "images":
        sys.exit(images(root, Path(options[0]), int(options[1]), command))
    sys.exit(fail(root, int(options[0]), int(options[1]), command))
