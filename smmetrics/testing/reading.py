"""A reader of one plugin's files, for tests that look at what a file becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.intake import Reader


def reader_of(plugin: str, copies: Path, *, key: bytes = bytes(32)) -> Reader:
    """A reader that knows the sources of the module ``plugin`` and no others.

    ``copies``: the folder its private copies go into, made if it is not there. ``key``: the workspace's, 32 bytes;
    another one gives other pseudonyms.
    """
    from smmetrics.contracts import catalogue  # noqa: PLC0415 (packs read no files)
    from smmetrics.intake import Reader  # noqa: PLC0415
    from smmetrics.registry import Registry  # noqa: PLC0415

    registry = Registry.of(plugin)
    known = catalogue.build(registry)
    copies.mkdir(parents=True, exist_ok=True)
    return Reader(tuple(known.sources.values()), known.tables, copies=copies, key=key, use=registry.use)
