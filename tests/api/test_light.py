"""The api imports the standard library and pluggy, and so does a plugin that imports it."""

from __future__ import annotations

import json
import subprocess
import sys

CODE = """
import json, sys
import {module}
names = {{name.partition('.')[0] for name in sys.modules}} - set(sys.stdlib_module_names)
inner = {{name for name in sys.modules if name.startswith('smmetrics.')}}
print(json.dumps([sorted(names), sorted(inner)]))
"""


def loaded(module):
    done = subprocess.run(
        [sys.executable, "-I", "-c", CODE.format(module=module)], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_api_imports_only_the_standard_library_and_pluggy():
    names, inner = loaded("smmetrics.api, smmetrics.api.stored, smmetrics.api.views")
    assert set(names) - {"__main__"} == {"smmetrics", "pluggy"}
    assert all(name == "smmetrics.api" or name.startswith("smmetrics.api.") for name in inner)


def test_a_plugin_finds_all_it_needs_in_one_place():
    from smmetrics import api

    assert sorted(api.__all__) == sorted(set(api.__all__))
    assert all(hasattr(api, name) for name in api.__all__)
