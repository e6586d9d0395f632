from smmetrics.testing import AdapterPromises


class TestOffline(AdapterPromises):
    plugin = "smmetrics_offline"
