"""Looks at one plugin in a process of its own: ``python -m smmetrics.registry.probe NAME``.

Prints one line of JSON: state, time, what importing it pulled in, references that do not resolve, platforms it claims.
`plugins doctor` and the promises kit start it; a plugin that hangs or kills its process harms nobody.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAVY = frozenset({"polars", "altair", "pydantic", "pandas", "scipy", "numpy", "pyarrow", "matplotlib", "ipywidgets"})
"""Libraries that take long to import; a plugin's hook module has no use for them."""
OURS = ("smmetrics.api", "smmetrics.registry")
NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"})
LIMIT = 60.0


def examine(
    name: str, *, module: str = "", limit: float = LIMIT, environ: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Start the probe for an installed plugin (or a module) and give its report.

    The report always has ``state`` (of a `PluginState`); where the process died or hung, ``state`` says so.
    """
    command = [sys.executable, "-m", __name__, name, *([module] if module else [])]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = os.environ | {"PYTHONPATH": paths} | dict(environ or {})
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and module)
            command, capture_output=True, text=True, timeout=limit, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return _dead(name, f"it was not done after {limit:.0f} s", "")
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        return _dead(name, f"its process ended with code {done.returncode}", done.stderr)
    report: dict[str, Any] = json.loads(lines[-1])
    report["said"] = done.stderr.strip()
    return report


def _dead(name: str, error: str, trace: str) -> dict[str, Any]:
    state = {"name": name, "status": "failed", "stage": "import", "error": error, "hint": "", "traceback": trace}
    nothing: dict[str, Any] = dict.fromkeys(("pulled", "heavy", "inner", "network", "references", "platforms"), ())
    return nothing | {"state": state, "repr": ""}


def _listen() -> list[str]:
    """Note every use of the network from now on; an audit hook hears all libraries, and this process ends soon."""
    heard: list[str] = []
    sys.addaudithook(lambda event, _: heard.append(event) if event in NETWORK else None)
    return heard


def report(name: str, module: str = "") -> dict[str, Any]:
    """Load a plugin in this process and tell all about it."""
    from smmetrics.api.errors import PluginFault  # noqa: PLC0415 (what the probe needs is no plugin's doing)
    from smmetrics.api.hooks import HOOK_NAMES  # noqa: PLC0415
    from smmetrics.registry import loading, use  # noqa: F401, PLC0415
    from smmetrics.registry.core import Registry  # noqa: PLC0415

    network = _listen()
    before = frozenset(sys.modules)
    registry = Registry.of(module) if module else Registry.discover()
    registry.load([name])
    pulled = frozenset(sys.modules) - before
    state = next((each for each in registry.plugins if module or each.name == name), None)
    if state is None:
        return _dead(name, f"no installed plugin is named {name}", "")
    records = [answer.record for hook in HOOK_NAMES for answer in registry.answers(hook) if answer.plugin == state.name]
    own = state.module.partition(":")[0].partition(".")[0]
    tops = {each.partition(".")[0] for each in pulled}
    unresolved = []
    for reference in dict.fromkeys(getattr(record, "load", "") for record in records):
        try:
            if reference:
                use.resolve(reference, state)
        except PluginFault as error:
            unresolved.append(error.message)
            state = state if state.stage else state.failed("use", error.__cause__ or error)
    return {
        "state": asdict(state),
        "pulled": sorted(tops - {own, "smmetrics", "pluggy"} - frozenset(sys.stdlib_module_names)),
        "heavy": sorted(tops & HEAVY),
        "inner": sorted(m for m in pulled if m.startswith("smmetrics.") and not m.startswith(OURS)),
        "network": sorted(set(network)),
        "references": unresolved,
        "platforms": [getattr(record, "id", "") for record in records if hasattr(record, "access")],
        "repr": repr(records),
    }


if __name__ == "__main__":
    print(json.dumps(report(*sys.argv[1:3])))  # noqa: T201 (the report is what this process is for)
