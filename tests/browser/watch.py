"""A page that is watched: what it asks for, what it complains of, and whether a payload ran in it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, WebError

Scheme = Literal["light", "dark"]
WIDE, NARROW = 1400, 420
SETTLES = 150  # milliseconds in which what a page sets off at once has been set off
INSIDE = ("data:", "blob:", "about:")
RAN = "a payload ran:"
LATE = "[anywidget] Failed to initialize model."
"""Said of a widget that was not begun within two seconds, as happens on a busy machine: see test_late_widgets.py."""

TRAP = f"""
Object.defineProperty(window, "__pwned", {{
  configurable: false,
  get: () => undefined,
  set: (number) => console.error("{RAN}", number, location.href.slice(0, 80)),
}});
"""


@dataclass(slots=True)
class Seen:
    """What a page did while it was watched. ``outside``: addresses that are none of the page's own."""

    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Begin anew, for what is shown next in the same page."""
        for told in (self.outside, self.complaints, self.ran):
            told.clear()

    def nothing(self) -> None:
        """Assert that the page asked nobody, complained of nothing and ran nothing."""
        assert self.ran == []
        assert self.outside == []
        assert self.complaints == []


def only(address: str) -> Callable[[str], bool]:
    """Allows one address and nothing beside it: a report file has all it needs inside."""
    return lambda url: url.partition("#")[0] == address


def below(address: str) -> Callable[[str], bool]:
    """Allows what begins with the address: a server on this computer."""
    return lambda url: url.startswith((address, address.replace("http", "ws", 1)))


@contextmanager
def watched(
    browser: Browser,
    own: Callable[[str], bool],
    *,
    width: int = WIDE,
    height: int = 1000,
    scheme: Scheme = "light",
    unguarded: bool = False,
) -> Iterator[tuple[Page, Seen]]:
    """A fresh page, with a list of all it did. ``unguarded``: as if it had no content security policy."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        service_workers="block",
        bypass_csp=unguarded,
    )
    context.set_default_timeout(60_000)
    seen = Seen()
    _listen(context, own, seen)
    yield context.new_page(), seen
    context.close()


def _listen(context: BrowserContext, own: Callable[[str], bool], seen: Seen) -> None:
    def asked(url: str) -> None:
        if not (url.startswith(INSIDE) or own(url)):
            seen.outside.append(url)

    def said(message: ConsoleMessage) -> None:
        if message.text.startswith(RAN):
            seen.ran.append(message.text)
        elif message.type == "error":
            seen.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def spoke(dialog: Dialog) -> None:
        seen.ran.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def failed(error: WebError) -> None:
        said = str(error.error)
        if LATE not in said:
            seen.complaints.append(said)

    context.add_init_script(TRAP)
    context.on("request", lambda request: asked(request.url))
    context.on("console", said)
    context.on("dialog", spoke)
    context.on("weberror", failed)
    context.on("page", lambda page: page.on("websocket", lambda socket: asked(socket.url)))


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    *,
    width: int = WIDE,
    height: int = 1000,
    scheme: Scheme = "light",
    unguarded: bool = False,
) -> Iterator[tuple[Page, Seen]]:
    """A file opened as a reader opens it, with the browser's settled page."""
    address = path.absolute().as_uri()
    with watched(browser, only(address), width=width, height=height, scheme=scheme, unguarded=unguarded) as (
        page,
        seen,
    ):
        page.goto(address, wait_until="load")
        page.wait_for_timeout(SETTLES)
        yield page, seen
