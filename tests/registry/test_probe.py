"""The probe looks at a plugin from outside: it cannot be hung, killed or fooled by what the plugin prints."""

from __future__ import annotations

import sys

import pytest

from smmetrics.registry.probe import examine

HOOKS = """
from smmetrics.api import About, Sample, hookimpl

@hookimpl
def smmetrics_about():
    return About(name="probed", title="T", api=1)

@hookimpl
def smmetrics_samples():
    return [Sample(name="probed", title="S", load="REFERENCE")]
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)

    def write(code, reference="json:dumps"):
        (tmp_path / "zz_probed.py").write_text(code + HOOKS.replace("REFERENCE", reference))
        return "zz_probed"

    yield write
    sys.modules.pop("zz_probed", None)


def test_a_light_plugin_pulls_in_nothing(module):
    report = examine("probed", module=module("import decimal"))
    assert report["state"]["status"] == "loaded"
    assert (report["pulled"], report["heavy"], report["inner"], report["references"]) == ([], [], [], [])


def test_heavy_and_inner_imports_are_seen(module):
    report = examine("probed", module=module("import polars; import smmetrics.tables"))
    assert report["heavy"] == ["polars"]
    assert "polars" in report["pulled"]
    assert "smmetrics.tables" in report["inner"]


def test_use_of_the_network_is_heard(module):
    code = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError:\n    pass\n"
    report = examine("probed", module=module(code))
    assert "socket.connect" in report["network"]
    assert examine("probed", module=module("import socket\n"))["network"] == []


def test_a_reference_that_does_not_resolve_fails_the_plugin(module):
    report = examine("probed", module=module("", "zz_probed:nothing_of_that_name"))
    assert (report["state"]["status"], report["state"]["stage"]) == ("failed", "use")
    assert "nothing_of_that_name" in report["references"][0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os._exit(7)", "ended with code 7"),
        ("import time; time.sleep(60)", "not done after 1 s"),
        ("raise SystemExit(2)", "SystemExit: 2"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_plugin_that_kills_or_hangs_its_process_is_a_finding(module, code, words):
    state = examine("probed", module=module(code), limit=1.0 if "sleep" in code else 30.0)["state"]
    assert state["status"] == "failed"
    assert words in state["error"]


def test_printing_does_not_spoil_the_report(module):
    report = examine("probed", module=module("import os\nprint('{')\nos.write(1, b'}\\n')"))
    assert report["state"]["status"] == "loaded"
    assert "{" in report["said"]


def test_an_unknown_name_is_a_finding():
    assert "no installed plugin is named" in examine("no_such_plugin")["state"]["error"]
