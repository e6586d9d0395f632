"""What a reading comes from: one document, named by its hash in the reading's column ``provenance``."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.engine.request import Request, Window

TOLD = ("zone", "week_starts", "grain", "since", "until", "as_of")


def document(request: Request, *, head: str, window: Window) -> dict[str, object]:
    """All a reading comes from: the caller's part, the formula with its parameters, the store's state, the window."""
    parameters = {each.name: each.default for each in request.formula.parameters} | dict(request.parameters)
    return {
        **request.provenance,
        "metric": request.metric,
        "version": request.version,
        "hash": request.formula.hash(parameters),
        "parameters": parameters,
        "head": head,
        "polars": pl.__version__,
        "window": {name: str(getattr(window, name) or "") for name in TOLD},
    }


def documents(requests: Iterable[Request], *, head: str, window: Window) -> dict[str, dict[str, object]]:
    """The documents of the readings of these requests, by the hash that the readings carry."""
    made = (document(request, head=head, window=window) for request in requests)
    return {digest(each): each for each in made}


def digest(told: Mapping[str, object]) -> str:
    """SHA-256 of a document as canonical JSON."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with one way to write it."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
