"""Lets the tests of this folder use the makers of files that lie in it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
