import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of


@pytest.fixture
def reader(tmp_path):
    """Reads files with this plugin alone; text or bytes under a name, with answers."""
    files = tmp_path / "files"
    files.mkdir()
    own = reader_of("smmetrics_offline", tmp_path)

    def reading(text, name, **answers):
        path = files / name
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return own.read(path, Answers(**answers))

    reading.files = files
    return reading
