"""Discovery reads metadata only; what is off or contested is never imported."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from smmetrics.registry import Registry
from smmetrics.registry.installed import installed

HOOKS = """
from smmetrics.api import About, hookimpl

@hookimpl
def smmetrics_about():
    return About(name={name!r}, title="T", api=1)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a distribution with an entry point on the path; its module notes when it is imported."""
    # Here Python keeps what it compiled: made by the first import, the folder would look as if something came in.
    (tmp_path / "__pycache__").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("SMMETRICS_PLUGINS", raising=False)

    def put(distribution, name, code=HOOKS, module=None):
        module = module or distribution.replace("-", "_")
        info = tmp_path / f"{distribution.replace('-', '_')}-2.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 2.1\n")
        (info / "entry_points.txt").write_text(f"[smmetrics.plugins]\n{name} = {module}\n")
        (tmp_path / f"{module}.py").write_text(code.replace("{name!r}", repr(name)))
        return module

    yield put
    for name in [name for name in sys.modules if name.startswith("zz_")]:
        del sys.modules[name]


def state(registry, name, distribution=None):
    return next(s for s in registry.plugins if s.name == name and distribution in {None, s.distribution})


def test_discovery_imports_no_plugin(install):
    module = install("zz-tulip", "tulip")
    found = state(Registry.discover(), "tulip")
    assert (found.status, found.distribution, found.version, found.module) == ("found", "zz-tulip", "2.1", module)
    assert module not in sys.modules


def test_loading_one_plugin_loads_no_other(install):
    tulip, daisy = install("zz-tulip", "tulip"), install("zz-daisy", "daisy")
    registry = Registry.discover()
    registry.load(["tulip"])
    assert state(registry, "tulip").status == "loaded"
    assert state(registry, "daisy").status == "found"
    assert tulip in sys.modules
    assert daisy not in sys.modules


@pytest.mark.parametrize(
    ("switch", "options", "why"),
    [
        ("", {}, "SMMETRICS_PLUGINS does not name it"),
        ("rose, lily", {}, "SMMETRICS_PLUGINS does not name it"),
        (None, {"off": True}, "switched off"),
        (None, {"allowed": ["rose"]}, "list of allowed plugins"),
        (None, {"allowed": ["tulip==2.0"]}, "names tulip==2.0, and this is 2.1"),
        ("tulip", {"allowed": []}, "list of allowed plugins"),
    ],
)
def test_a_plugin_that_is_not_allowed_is_never_imported(install, monkeypatch, switch, options, why):
    module = install("zz-tulip", "tulip")
    if switch is not None:
        monkeypatch.setenv("SMMETRICS_PLUGINS", switch)
    registry = Registry.discover(**options)
    registry.load()
    registry.load(["tulip"])
    assert state(registry, "tulip").status == "off"
    assert why in state(registry, "tulip").hint
    assert module not in sys.modules


@pytest.mark.parametrize("allowed", [["tulip"], ["tulip==2.1"], ["tulip==2.0", "tulip==2.1"]])
def test_a_plugin_that_is_allowed_loads(install, allowed):
    install("zz-tulip", "tulip")
    registry = Registry.discover(allowed=allowed)
    registry.load()
    assert [s.name for s in registry.plugins if s.status == "loaded"] == ["tulip"]
    assert registry.missing == ()


def test_the_switch_names_which_plugins_load(install, monkeypatch):
    install("zz-tulip", "tulip")
    monkeypatch.setenv("SMMETRICS_PLUGINS", "tulip, tullip")
    registry = Registry.discover()
    registry.load()
    assert [s.name for s in registry.plugins if s.status == "loaded"] == ["tulip"]
    assert registry.missing == ("tullip",)
    assert "tullip (not installed)" in registry.warning


def test_two_distributions_of_one_name_are_both_left_alone(install):
    one, two = install("zz-tulip", "tulip"), install("zz-other-tulip", "tulip")
    registry = Registry.discover()
    registry.load()
    states = [s for s in registry.plugins if s.name == "tulip"]
    assert [s.status for s in states] == ["clash", "clash"]
    assert all("zz-other-tulip and zz-tulip" in s.error for s in states)
    assert not {one, two} & set(sys.modules)


BROKEN = {
    "import raises": ("raise RuntimeError('boom')", "RuntimeError: boom"),
    "import exits": ("import sys; sys.exit(4)", "SystemExit: 4"),
    "syntax error": ("def (", "SyntaxError"),
    "dependency missing": ("import no_such_dependency", "no_such_dependency"),
    "newer api": ("from smmetrics.api import Hologram", "Hologram"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_plugin_that_fails_on_import_harms_no_other(install, case):
    code, words = BROKEN[case]
    install("zz-broken", "broken", code)
    install("zz-tulip", "tulip")
    registry = Registry.discover()
    registry.load(["broken", "tulip"])
    broken = state(registry, "broken")
    assert (broken.status, broken.stage) == ("failed", "import")
    assert words in broken.error
    assert state(registry, "tulip").status == "loaded"
    assert [answer.plugin for answer in registry.answers("smmetrics_about")] == ["tulip"]


def test_import_hints_say_what_to_do(install):
    install("zz-broken", "broken", BROKEN["newer api"][0])
    install("zz-needy", "needy", BROKEN["dependency missing"][0])
    registry = Registry.discover()
    registry.load(["broken", "needy"])
    assert "upgrade both" in state(registry, "broken").hint
    assert "no_such_dependency" in state(registry, "needy").hint


def test_about_must_agree_with_the_entry_point(install):
    install("zz-tulip", "tulip", HOOKS.replace("{name!r}", "'rose'"))
    registry = Registry.discover()
    registry.load(["tulip"])
    assert "named 'tulip' and its About 'rose'" in state(registry, "tulip").error


def test_a_clash_seen_late_stops_the_third_claimant_too(install):
    platform = HOOKS + (
        "from smmetrics.api import Platform\n"
        "@hookimpl\n"
        "def smmetrics_sources():\n"
        "    return [Platform(id='meadow', title='Meadow', access='closed')]\n"
    )
    for name in ("aster", "broom", "clover"):
        install(f"zz-{name}", name, platform)
    registry = Registry.discover()
    registry.load(["aster"])
    assert state(registry, "aster").status == "loaded"
    registry.load(["broom"])
    assert registry.answers("smmetrics_sources") == ()
    registry.load(["clover"])
    assert [state(registry, name).status for name in ("aster", "broom", "clover")] == ["clash"] * 3
    assert registry.answers("smmetrics_sources") == ()
    assert "zz-aster and zz-broom and zz-clover" in state(registry, "aster").error


def test_discovery_needs_neither_pluggy_nor_the_api():
    code = (
        "import sys; from smmetrics.registry import Registry; Registry.discover();"
        "print([m for m in ('pluggy', 'smmetrics.api', 'rich', 'polars', 'click') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_installed_is_read_once_and_everybody_has_a_registry_of_their_own(install):
    module = install("zz-tulip", "tulip")
    first, second = installed(), installed()
    assert first is not second
    assert first.answered is second.answered
    assert first.answers("smmetrics_about") == second.answers("smmetrics_about")
    assert state(second, "tulip").status == "loaded"
    assert state(installed(["daisy"]), "tulip").status == "off"
    assert module in sys.modules


def test_what_was_installed_meanwhile_is_found(install):
    install("zz-tulip", "tulip")
    before = installed()
    install("zz-daisy", "daisy")
    assert [s.name for s in before.plugins if s.name == "daisy"] == []
    assert state(installed(), "daisy").status == "loaded"


def test_a_module_that_was_loaded_again_is_asked_again(install, tmp_path):
    module = install("zz-tulip", "tulip")
    assert state(installed(), "tulip").title == "T"
    (tmp_path / f"{module}.py").write_text(HOOKS.replace("{name!r}", "'tulip'").replace('"T"', '"Another title"'))
    importlib.reload(sys.modules[module])
    assert state(installed(), "tulip").title == "Another title"


def test_a_plugin_that_failed_is_tried_again(install, tmp_path):
    module = install("zz-tulip", "tulip", "raise RuntimeError('boom')")
    assert state(installed(), "tulip").status == "failed"
    (tmp_path / f"{module}.py").write_text(HOOKS.replace("{name!r}", "'tulip'"))
    importlib.invalidate_caches()
    assert state(installed(), "tulip").status == "loaded"


def test_what_fails_in_use_fails_in_one_registry_only(install):
    install("zz-tulip", "tulip")
    first, second = installed(), installed()
    first._states[:] = [each.failed("use", RuntimeError("boom")) for each in first.plugins]
    assert state(second, "tulip").status == "loaded"
