"""Which blog a file is of, and what its posts are called world-wide.

Post ids count from 1 in every blog, so the address goes in front. Many exports of trials and tests carry
``http://localhost/``: there the title is put in too, or posts of different blogs would be taken for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PRIVATE_SUFFIXES = (
    ".local",
    ".localhost",
    ".test",
    ".invalid",
    ".internal",
    ".lan",
    ".home",
    ".localdomain",
    ".ddev.site",
)
UNTITLED = "untitled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Blog:
    """A blog: its id (address without scheme, perhaps with the title), address, title, and what to say of it."""

    id: str
    url: str
    title: str
    messages: tuple[str, ...] = ()

    def post(self, number: str) -> str:
        """The world-wide id of a post or page."""
        return f"{self.id}/{number}"

    def comment(self, number: str) -> str:
        """The world-wide id of a comment; comments are numbered over the whole blog."""
        return f"{self.id}#comment-{number}"


def blog_of(head: Mapping[str, str]) -> Blog:
    """The blog that a file's head speaks of (``base_blog_url``, else ``link``, and ``title``)."""
    url = next((head[name].strip() for name in ("base_blog_url", "link") if head.get(name, "").strip()), "")
    title = " ".join(head.get("title", "").split())
    address = _address(url)
    if address and not is_private(address):
        return Blog(id=address, url=url, title=title)
    name = f"{address or 'blog'}/{title or UNTITLED}"
    said = (
        f"The blog's address is {url or 'not given'}, which many blogs share: its posts are kept apart by the title "
        f"{title or UNTITLED!r}."
    )
    return Blog(id=name, url=url, title=title, messages=(said,))


def parts_of(address: str) -> SplitResult:
    """An address in its parts; one that is none, such as ``http://[a``, has none but its path."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def _address(url: str) -> str:
    """Host, port if any, and path, without scheme and outer slashes."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    named = f"{host}:{port}" if port not in {None, 80, 443} else host
    return f"{named}{parts.path.rstrip('/')}" if host else ""


def is_private(address: str) -> bool:
    """Whether an address has a meaning only on somebody's own machine or network."""
    host = address.split("/", 1)[0].rsplit(":", 1)[0] if address.count(":") < 2 else address.split("/", 1)[0]  # noqa: PLR2004 (an IPv6 address has more)
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return "." not in host or host.endswith(PRIVATE_SUFFIXES)
