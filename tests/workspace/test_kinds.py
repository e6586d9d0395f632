"""What is remembered of the kinds that came in, where it cannot be written."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.workspace import kinds

if TYPE_CHECKING:
    import pytest


def test_a_full_disk_leaves_no_draft_of_what_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, text: str, **_: object) -> None:
        self.write_bytes(text[:4].encode())
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    kinds._keep(tmp_path / "cache" / "kinds.json", "state", {})
    assert list((tmp_path / "cache").iterdir()) == []
