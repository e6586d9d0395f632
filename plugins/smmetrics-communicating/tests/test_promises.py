from __future__ import annotations

from smmetrics.testing import PackPromises


class TestCommunicating(PackPromises):
    plugin = "smmetrics_communicating"
