"""Run two commands beside each other: ``python tools/beside.py "make types browser" "make unit"``.

The second speaks while it runs. What the first said is shown as soon as it has ended: two at once would be read by
nobody. Ends with an error if either did.
"""  # noqa: INP001 (a script, no package)

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import threading


def main(aside: str, ahead: str) -> int:
    """Both commands' worst exit code."""
    with tempfile.TemporaryFile() as said:
        # A session of its own, so that whatever it started ends with it.
        beside = subprocess.Popen(  # noqa: S603 (the Makefile's own words)
            shlex.split(aside), stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        showing = threading.Thread(target=_show, args=(beside, aside, said.fileno()))
        showing.start()
        try:
            before = subprocess.call(shlex.split(ahead))  # noqa: S603 (the same)
        except BaseException:
            os.killpg(beside.pid, signal.SIGTERM)
            raise
        finally:
            showing.join()
    return max(abs(before), abs(beside.returncode))


def _show(beside: subprocess.Popen[bytes], aside: str, said: int) -> None:
    code = beside.wait()
    text = os.pread(said, os.fstat(said).st_size, 0).decode(errors="replace")
    sys.stdout.write(f"\n--- {aside}: {'done' if code == 0 else f'FAILED ({code})'}\n{text}---\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
