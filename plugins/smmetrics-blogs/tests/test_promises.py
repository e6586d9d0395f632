from smmetrics.testing import AdapterPromises


class TestBlogs(AdapterPromises):
    plugin = "smmetrics_blogs"
