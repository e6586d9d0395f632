from smmetrics.testing import AdapterPromises


class TestYoutube(AdapterPromises):
    plugin = "smmetrics_youtube"
