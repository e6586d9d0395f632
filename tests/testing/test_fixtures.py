"""The fixtures that plugins' tests use."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from smmetrics.api import About, hookimpl
from smmetrics.registry import Registry
from smmetrics.testing.fixtures import smm_clock, smm_no_network, smm_registry, smm_workspace  # noqa: F401
from smmetrics.testing.network import NetworkUsed, no_network

GARDEN = SimpleNamespace(
    __name__="smmetrics_garden", smmetrics_about=hookimpl(lambda: About(name="garden", title="G", api=1))
)
pytestmark = pytest.mark.usefixtures("smm_registry")


def test_discovery_is_off_and_says_so(smm_registry):  # noqa: F811
    assert [state.name for state in smm_registry(GARDEN).plugins] == ["garden"]
    found = Registry.discover().plugins
    assert all(state.status == "off" for state in found)
    assert all("SMMETRICS_PLUGINS" in state.hint for state in found)


def test_the_clock_stands_until_told(smm_clock):  # noqa: F811
    assert smm_clock() == smm_clock() == datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert smm_clock.advance(days=1, hours=2) == datetime(2026, 12, 1, 14, tzinfo=UTC) == smm_clock()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: socket.getaddrinfo("example.org", 80),
        lambda: socket.gethostbyname("example.org"),
        lambda: socket.socket().bind(("127.0.0.1", 0)),
        lambda: __import__("urllib.request").request.urlopen("http://192.0.2.1/"),
    ],
)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_the_network_is_refused(smm_no_network, attempt):  # noqa: ARG001, F811
    with pytest.raises(NetworkUsed, match="the network was used"):
        attempt()


def test_the_network_is_back_afterwards():
    with no_network(), pytest.raises(NetworkUsed):
        socket.getaddrinfo("127.0.0.1", 80)
    assert socket.getaddrinfo("127.0.0.1", 80)


def test_the_kit_is_a_pytest_plugin(tmp_path):
    (tmp_path / "test_it.py").write_text("def test_it(smm_clock):\n    assert smm_clock().year == 2026\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "smmetrics.testing.fixtures",
        "-p",
        "no:cacheprovider",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "1 passed" in done.stdout


def test_a_workspace_knows_only_the_plugins_given(smm_workspace):  # noqa: F811
    workspace = smm_workspace(GARDEN)
    assert workspace.exists
    assert [state.name for state in workspace.registry.plugins] == ["garden"]
