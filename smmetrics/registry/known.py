"""Which distributions are known to exist: those that are installed, and those that an installed one names."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import distributions

OURS = "smmetrics"
NAME = re.compile(r"[A-Za-z0-9._-]+")


def known(distribution: str) -> bool:
    """Whether a distribution of this name surely exists. Names that only look likely are nobody's to install."""
    return _plain(distribution) in _declared()


@cache
def _declared() -> frozenset[str]:
    """Our distributions that are here, and all that they require, for themselves or for one of their extras."""
    here = [each for each in distributions() if _plain(each.name or "").startswith(OURS)]
    named = [NAME.match(line) for each in here for line in each.requires or ()]
    return frozenset(_plain(name) for name in (*(each.name for each in here), *(found[0] for found in named if found)))


def _plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
