"""`smmetrics plugins doctor`: each plugin in a process of its own, so that a sick one cannot spoil the visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from smmetrics.registry import PluginState

COLUMNS = ("name", "status", "milliseconds", "heavy", "findings")


@click.command("doctor", epilog=examples("smmetrics plugins doctor", "smmetrics plugins doctor --json"))
@json_option
def doctor(*, as_json: bool) -> int:
    """Examine every plugin: time, heavy imports, references, interface version, tracebacks, and all that it defines.

    What only reading files can show, the promises in its tests do.

    Exits 1 when anything is wrong. Plugins that are off are not imported.
    """
    from smmetrics.cli.output import print_json, print_table
    from smmetrics.cli.plugins import discover

    registry = discover()
    found = [_examine(state) for state in registry.plugins]
    _compare(found)
    _complain(found)
    absent = ["no installed plugin has this name"]
    found += [{"name": name, "status": "missing", "findings": absent} for name in registry.missing]
    if as_json:
        print_json(found)
    elif found:
        print_table([each | {"findings": "; ".join(each["findings"]) or "well"} for each in found], columns=COLUMNS)
        for each in found:
            if each.get("traceback"):
                click.echo(f"\n{each['name']}:\n{each['traceback'].rstrip()}")
    else:
        click.echo("No plugin is installed.")
    return 1 if any(each["findings"] for each in found) else 0


def _examine(state: PluginState) -> dict[str, Any]:
    """Look at one plugin; what discovery already refused is not started."""
    from smmetrics.registry.probe import examine

    if state.status != "found":
        return _row(state, {})
    report = examine(state.name)
    seen = report["state"]
    fields = ("status", "stage", "error", "hint", "title", "traceback", "seconds")
    return _row(replace(state, **{name: seen[name] for name in fields if name in seen}), report)


def _row(state: PluginState, report: dict[str, Any]) -> dict[str, Any]:
    alone = not state.healthy and state.stage != "use"  # what cannot be used, its references say
    findings = [f"{state.stage}: {state.error}".removeprefix(": ")] if alone else []
    findings += [state.hint] if findings and state.hint else []
    findings += [f"importing it pulls in {name}" for name in report.get("heavy", ())]
    findings += ["it uses the network as soon as it is loaded"] if report.get("network") else []
    findings += report.get("references", ())
    return {
        "name": state.name,
        "distribution": state.distribution,
        "version": state.version,
        "status": state.status,
        "milliseconds": round(state.seconds * 1000, 1) if report else None,
        "heavy": report.get("heavy", []),
        "platforms": report.get("platforms", []),
        "findings": findings,
        "traceback": state.traceback,
    }


def _compare(found: list[dict[str, Any]]) -> None:
    """Two plugins that claim one platform are healthy alone and useless together."""
    from smmetrics.contracts.collect import KEEP_ONE

    for each in found:
        for other in found:
            shared = set(each.get("platforms", ())) & set(other.get("platforms", ()))
            if other is not each and shared:
                rival = f"{other['distribution']} claims it too; neither is used. {KEEP_ONE}."
                each["findings"].append(f"platform {', '.join(sorted(shared))}: {rival}")
                each["status"] = "clash"


def _complain(found: list[dict[str, Any]]) -> None:
    """What is wrong with what plugins define, side by side: those that loaded well by themselves are loaded here."""
    from smmetrics.cli.plugins import discover
    from smmetrics.contracts import catalogue

    registry = discover()
    registry.load([each["name"] for each in found if each["status"] == "loaded"])
    known = catalogue.build(registry)
    rows = {each["name"]: each for each in found}
    for fault in known.faults:
        words = " ".join(part for part in (fault.message, fault.hint) if part)
        rows[fault.plugin]["findings"].append(words.removeprefix(f"Plugin {fault.plugin} ({fault.distribution}): "))
    for plugin, source, fact in catalogue.unclaimed(registry, known):
        said = f"the source {source} reads {fact} and says nothing of it: add a Capability, or a Gap that says why not"
        rows[plugin]["findings"].append(said)
