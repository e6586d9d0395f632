"""Pins of definition hashes: under one version, a metric means one thing for ever.

``hashes.json`` stands beside a pack's tests: metric id → version and hash. It is renewed by running the tests once with
``SMMETRICS_PIN=1``; what would change a definition under its old version is refused even then.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Pins = Mapping[str, Mapping[str, str]]

FILE = "hashes.json"
RENEW = "SMMETRICS_PIN"
HOW = f"run these tests once with {RENEW}=1 and look at what changes in {FILE}"


def pin(path: Path, now: Pins) -> list[str]:
    """Compare with the pins, or renew them where the environment asks for it; give what is wrong."""
    before = read(path)
    changed = changes(before, now)
    if os.environ.get(RENEW) and not changed:
        path.write_text(json.dumps(dict(sorted(now.items())), indent=2) + "\n", encoding="utf-8")
        return []
    return changed + missing(before, now)


def read(path: Path) -> Pins:
    """The pins as they stand; none where there is no file."""
    if not path.is_file():
        return {}
    pins: Pins = json.loads(path.read_text(encoding="utf-8"))
    return pins


def changes(before: Pins, now: Pins) -> list[str]:
    """Definitions that differ from their pin without a new version."""
    return [
        f"{each}: the definition changed and the version is still {now[each]['version']}; values before and after are "
        f"not comparable, so raise the major version (the minor one for wider inputs)"
        for each in sorted(before.keys() & now.keys())
        if before[each]["hash"] != now[each]["hash"]
        and _series(before[each]["version"]) == _series(now[each]["version"])
    ]


def missing(before: Pins, now: Pins) -> list[str]:
    """Metrics without a pin, with one for another version, or gone."""
    new = [f"{each} is not pinned: {HOW}" for each in sorted(now.keys() - before.keys())]
    gone = [f"{each} is pinned and no longer defined: {HOW}" for each in sorted(before.keys() - now.keys())]
    moved = [
        f"{each} is pinned for version {before[each]['version']} and is now {now[each]['version']}: {HOW}"
        for each in sorted(before.keys() & now.keys())
        if before[each]["version"] != now[each]["version"]
    ]
    return new + gone + moved


def _series(version: str) -> tuple[str, ...]:
    """Major and minor: a patch only changes words."""
    return tuple(version.split(".")[:2])
