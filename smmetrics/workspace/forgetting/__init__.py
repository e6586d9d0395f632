"""Forgetting, for a workspace: whom a word means, what goes, what is left to the user."""

from __future__ import annotations

from smmetrics.workspace.forgetting.doing import Report, forget, forget_due
from smmetrics.workspace.forgetting.due import Due, due

__all__ = ["Due", "Report", "due", "forget", "forget_due"]
