from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from smmetrics.api.errors import Unavailable
from smmetrics.panels.charts import bundle, theme

ROOT = Path(__file__).parents[3]
KNOWN = {"www.w3.org", "vega.github.io", "github.com"}
"""Names of formats, and where Vega's own words point to: none of them is asked."""


@pytest.fixture(autouse=True)
def forgetful():
    bundle.script.cache_clear()
    yield
    bundle.script.cache_clear()


def test_the_built_script_states_its_two_names_once():
    script = bundle.script()
    assert len(re.findall(r"^var vegaEmbed=", script, re.MULTILINE)) == 1
    assert script.count("function smmetricsEmbed(") == 1
    assert 500_000 < len(script) < 1_200_000


def test_it_can_stand_inside_a_page_and_names_no_host_that_is_asked():
    script = bundle.script()
    assert "</script" not in script.lower()
    assert "<!--" not in script
    assert set(re.findall(r"https?://([\w.-]+)", script)) <= KNOWN
    assert not re.search(r"""(?:fetch|import|Request|WebSocket|EventSource)\(\s*["'`](?:https?:)?//""", script)


def test_it_carries_the_notices_of_those_who_wrote_it():
    head = bundle.script()[:4_500]
    assert head.startswith("/*!")
    assert "Interactive Data Lab" in head
    assert "Mike Bostock" in head


def test_charts_are_drawn_without_network_code_or_pictures():
    own = (bundle.STATIC / "embed.js").read_text(encoding="utf-8")
    assert "ast: true" in own
    assert "actions: false" in own
    assert "load: refused, sanitize: refused" in own
    assert bundle.EMBED["ast"] is True


def test_without_the_script_one_is_told_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(bundle, "ASSET", tmp_path / "vega.js")
    with pytest.raises(Unavailable, match="make env"):
        bundle.script()


@pytest.mark.slow
def test_building_it_again_gives_the_same_script():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    assert hook.script() == bundle.ASSET.read_text(encoding="utf-8")


def test_light_and_dark_differ_in_colours_alone():
    light, dark = theme.config(dark=False), theme.config(dark=True)
    assert light != dark
    assert _shape(light) == _shape(dark)


def _shape(part):
    if isinstance(part, dict):
        return {key: _shape(value) for key, value in part.items()}
    return "colour" if isinstance(part, str) and part.startswith("#") else part
