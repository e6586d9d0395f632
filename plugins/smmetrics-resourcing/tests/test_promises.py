from __future__ import annotations

from smmetrics.testing import PackPromises


class TestResourcing(PackPromises):
    plugin = "smmetrics_resourcing"
