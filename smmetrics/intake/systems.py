"""What lies in folders and archives and is nobody's export: what systems and programs keep, and what pages show."""

from __future__ import annotations

from pathlib import PurePath

OWN = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin"})
"""Names of files and folders, in small letters."""
LOCK = "~$"
"""How the names of files begin by which an office program notes who has a document open."""
WAITING = ".icloud"
"""A hidden file that stands for one which is not on this machine: it is refused in words and not passed over."""
SHOWING = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp", ".svg", ".mp4", ".mov", ".webm", ".mp3", ".m4a"),
    *(".ttf", ".otf", ".eot", ".woff", ".woff2", ".css", ".js", ".map", ".htm", ".html", ".md", ".pdf"),
)
"""Endings of pictures, sounds, letters, styles, scripts and pages, by which archives show themselves in a browser."""
NOTES = frozenset({"readme", "license", "licence", "copying"})


def is_own(name: str) -> bool:
    """Whether a file or folder of this name is a system's or a program's own."""
    hidden = name.startswith(".") and not name.endswith(WAITING)
    return hidden or name.startswith(LOCK) or name.casefold() in OWN


def lies_in_own(path: str) -> bool:
    """Whether a file in an archive, or a folder around it, is a system's or a program's own."""
    return any(is_own(part) for part in path.split("/"))


def is_for_show(name: str) -> bool:
    """Whether a file of this name shows or explains an archive, and holds none of its data."""
    path = PurePath(name.casefold())
    return path.suffix in SHOWING or path.stem in NOTES
