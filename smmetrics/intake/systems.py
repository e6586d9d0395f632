"""What systems and programs put into folders and archives for themselves: nobody's export."""

from __future__ import annotations

OWN = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin"})
"""Names of files and folders, in small letters."""
LOCK = "~$"
"""How the names of files begin by which an office program notes who has a document open."""
WAITING = ".icloud"
"""A hidden file that stands for one which is not on this machine: it is refused in words and not passed over."""


def is_own(name: str) -> bool:
    """Whether a file or folder of this name is a system's or a program's own."""
    hidden = name.startswith(".") and not name.endswith(WAITING)
    return hidden or name.startswith(LOCK) or name.casefold() in OWN


def lies_in_own(path: str) -> bool:
    """Whether a file in an archive, or a folder around it, is a system's or a program's own."""
    return any(is_own(part) for part in path.split("/"))
