"""One folder of work: strategy, files that came in, readings. The only place that wires the rooms together."""

from __future__ import annotations

from smmetrics.workspace.core import Workspace, open_workspace
from smmetrics.workspace.start import init

__all__ = ["Workspace", "init", "open_workspace"]
