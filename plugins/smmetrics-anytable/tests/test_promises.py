from smmetrics.testing import AdapterPromises


class TestAnytable(AdapterPromises):
    plugin = "smmetrics_anytable"
