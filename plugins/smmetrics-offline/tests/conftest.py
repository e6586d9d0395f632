import pytest

from smmetrics.contracts import catalogue
from smmetrics.intake import Answers, Reader
from smmetrics.registry import Registry


@pytest.fixture
def reader(tmp_path):
    """Reads files with this plugin alone; text or bytes under a name, with answers."""
    registry = Registry.of("smmetrics_offline")
    known = catalogue.build(registry)
    files = tmp_path / "files"
    files.mkdir()
    own = Reader(
        sources=tuple(known.sources.values()), tables=known.tables, copies=tmp_path, key=bytes(32), use=registry.use
    )

    def reading(text, name, **answers):
        path = files / name
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return own.read(path, Answers(**answers))

    reading.files = files
    return reading
