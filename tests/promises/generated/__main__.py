"""One generated file alone: ``python -m tests.promises.generated SEED FOLDER``, as a failing test named them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.promises.generated.folder import faults

if __name__ == "__main__":
    seed, place = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        found = faults(Path(name), int(seed), int(place) + 1, only=place)
    sys.exit("\n".join(found) or 0)
