from smmetrics.testing import AdapterPromises


class TestWeb(AdapterPromises):
    plugin = "smmetrics_web"
