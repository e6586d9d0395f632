from datetime import UTC, datetime

from smmetrics.testing import AdapterPromises


class TestX(AdapterPromises):
    plugin = "smmetrics_x"
    answers = {"observed_at": datetime(2026, 4, 1, tzinfo=UTC)}  # noqa: RUF012 (read only)
