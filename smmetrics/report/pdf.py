"""Prints a page through a Chromium that is on this machine; nothing is fetched, and nothing is left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from smmetrics.api.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

NAMES = (
    *("chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)
ELSEWHERE = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        "Google/Chrome/Application/chrome.exe",
        "Microsoft/Edge/Application/msedge.exe",
        "Chromium/Application/chrome.exe",
    ),
}
"""Where systems keep programs that no search path names; on Windows below its folders for programs."""
ENOUGH = 120
"""Seconds after which a browser that does not answer is stopped."""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
_MOMENT = re.compile(rb"/(CreationDate|ModDate) ?\(D:[^)]*\)")


def find() -> str | None:
    """The browser that can print, or None."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((str(path) for path in _elsewhere() if path.is_file()), None)


def _elsewhere() -> Iterator[Path]:
    roots = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData") if sys.platform == "win32" else ()
    bases = [Path(os.environ[root]) for root in roots if root in os.environ] or [Path("/")]
    return (base / path for base in bases for path in ELSEWHERE.get(sys.platform, ()))


def printed(page: str, *, day: date) -> bytes:
    """The page as PDF on A4; ``day`` is what the file says of when it was made.

    Raises `Unavailable` where there is no Chromium, or where it prints nothing.
    """
    browser = find()
    if browser is None:
        message = "PDF files are printed by Chromium, and there is none on this machine."
        hint = "Install it (Debian: apt install chromium) or Chrome or Edge, or name the file .html and print that."
        raise Unavailable(message, hint=hint, code="pdf.no_browser")
    with TemporaryDirectory(prefix="smmetrics-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "report.html").write_text(page, encoding="utf-8")
        said = _run([browser, *FLAGS, *_paths(folder)])
        out = folder / "report.pdf"
        content = out.read_bytes() if out.is_file() else b""
    if not content.startswith(b"%PDF-"):
        message = f"{Path(browser).name} printed nothing{f': {said}' if said else '.'}"
        raise Unavailable(message, hint="Name the file .html and print that.", code="pdf.failed")
    return _dated(content, day)


def _paths(folder: Path) -> tuple[str, ...]:
    return (
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={folder / 'report.pdf'}",
        (folder / "report.html").as_uri(),
    )


def _run(command: list[str]) -> str:
    """Run a browser to its end, in a group of its own so that none of its parts outlives it; gives its last line."""
    with subprocess.Popen(  # noqa: S603 (a program we looked up ourselves, with flags of ours)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            _, said = process.communicate(timeout=ENOUGH)
        except subprocess.TimeoutExpired:
            return f"no answer within {ENOUGH} s"
        finally:
            _stop(process)
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if process.returncode and lines else ""


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the browser's group."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _dated(content: bytes, day: date) -> bytes:
    """The same file, made at midnight of ``day``: the same report gives the same bytes. No offset may move."""

    def told(found: re.Match[bytes]) -> bytes:
        head = b"/" + found[1] + b" (D:" if b" (" in found[0] else b"/" + found[1] + b"(D:"
        moment = f"{day:%Y%m%d}000000+00'00'".encode()
        room = len(found[0]) - len(head) - 1
        return head + moment[:room].ljust(room, b"0") + b")"

    return _MOMENT.sub(told, content)
