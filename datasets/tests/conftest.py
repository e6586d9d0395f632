from __future__ import annotations

import pytest

from smmetrics.workspace.demo import make_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory):
    made = make_demo(tmp_path_factory.mktemp("garden"))
    assert made.story == "garden"
    return made


@pytest.fixture(scope="session")
def workspace(demo):
    return demo.workspace
