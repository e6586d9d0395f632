from smmetrics.testing import AdapterPromises


class TestX(AdapterPromises):
    plugin = "smmetrics_x"
