"""Promises of every plugin, whatever it offers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from smmetrics import api
from smmetrics.api.hooks import HOOK_NAMES
from smmetrics.registry import Registry
from smmetrics.registry.probe import examine
from smmetrics.testing.code import format_faults, table_faults
from smmetrics.testing.panels import panel_faults
from smmetrics.testing.promises import Promises, keep
from smmetrics.testing.subject import Subject, subject

CANARY = "canary-5f0c1d7e9a"
SECRETS = ("TOKEN", "SECRET", "PASSWORD", "API_KEY", "ACCESS_TOKEN", "KEY")
README_SAYS = {
    "for whom it is": r"^#+.*\b(who|whom|audience)\b",
    "what it can do": r"^#+.*\b(can|reads|measures|knows)\b(?!not)",
    "what it cannot do": r"^#+.*\b(cannot|can not|can't|does not)\b",
}


class PluginPromises(Promises):
    """What every plugin keeps: it loads, is light, says who it is, and touches nothing."""

    @pytest.fixture(scope="class")
    @classmethod
    def smm(cls) -> Subject:
        """Give the plugin, loaded alone; a plugin that does not load fails here with the reason."""
        loaded = subject(cls.plugin)
        assert loaded.state.status == "loaded", f"{cls.plugin}: {loaded.state.stage}: {loaded.state.error}"
        return loaded

    @pytest.fixture(scope="class")
    @classmethod
    def probed(cls) -> dict[str, Any]:
        """Load the plugin in a process of its own, with secrets in its environment."""
        name = cls.plugin.removeprefix("smmetrics_").upper()
        secrets = {f"{prefix}_{word}": CANARY for prefix in ("SMMETRICS", name) for word in SECRETS}
        return examine(cls.plugin, module=cls.plugin, environ=secrets)

    def test_smm01_imports_only_the_api_and_the_standard_library(self, probed: dict[str, Any]) -> None:
        """Loading the plugin imports smmetrics.api, the standard library and nothing else; code is named, not run."""
        pulled = [f"loading imports {name}: name code as 'package.module:function'" for name in probed["pulled"]]
        inner = [f"loading imports {name}: plugins import only smmetrics.api" for name in probed["inner"]]
        keep(pulled + inner)

    def test_smm02_says_who_it_is(self, smm: Subject) -> None:
        """About has the entry point's name, a title, a licence, and an API version that this core understands."""
        about, faults = smm.about, []
        if smm.entry is None:
            faults.append(f"no entry point of the group smmetrics.plugins names {smm.module}")
        elif smm.entry.name != about.name:
            faults.append(f"About.name is {about.name!r}, the entry point's {smm.entry.name!r}")
        if not about.licence:
            faults.append("About.licence is empty")
        if not api.API_FLOOR <= about.api <= api.API:
            faults.append(f"About.api is {about.api}; this core understands {api.API_FLOOR} to {api.API}")
        keep(faults)

    def test_smm03_every_reference_resolves(self, probed: dict[str, Any]) -> None:
        """Every 'package.module:function' that a record names can be imported."""
        keep(probed["references"])

    def test_smm04_readme_says_for_whom_and_what_not(self, smm: Subject) -> None:
        """The README has headings that say for whom the plugin is, what it can and what it cannot do."""
        text = smm.readme(self.folder())
        keep([
            f"README.md has no heading that says {what}"
            for what, pattern in README_SAYS.items()
            if not re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
        ])  # fmt: skip

    def test_smm05_answers_are_the_same_each_time(self, smm: Subject) -> None:
        """Hooks are data: asked again, they answer the same."""
        again = Registry.of(smm.module)
        keep([
            f"{hook} answered differently the second time"
            for hook in HOOK_NAMES
            if [a.record for a in smm.registry.answers(hook)] != [a.record for a in again.answers(hook)]
        ])  # fmt: skip

    def test_smm06_no_secret_in_what_it_says(self, probed: dict[str, Any]) -> None:
        """Secrets in the environment appear neither in records nor in anything printed."""
        said = {
            "a record": probed["repr"],
            "what it printed": probed.get("said", ""),
            "its state": str(probed["state"]),
        }
        keep([f"a secret of the environment stands in {where}" for where, text in said.items() if CANARY in text])

    def test_smm07_loading_uses_no_network(self, probed: dict[str, Any]) -> None:
        """Importing the plugin, its code included, and asking its hooks opens no connection and looks up no name."""
        keep([f"loading it uses the network: {event}" for event in probed["network"]])

    def test_smm08_ships_only_its_own_package(self, smm: Subject) -> None:
        """The distribution holds its own package and its metadata, nothing that another one could own."""
        files = smm.entry.dist.files if smm.entry is not None and smm.entry.dist is not None else ()
        tops = {str(path).partition("/")[0] for path in files or ()}
        keep([
            f"the distribution ships {top} beside {smm.module}"
            for top in sorted(tops - {smm.module, "__pycache__"})
            if not top.endswith((".dist-info", ".pth"))
        ])  # fmt: skip

    def test_smm09_tables_its_code_makes_hold_on_nothing_and_on_little(self, smm: Subject) -> None:
        """Code that makes a table takes no rows and rows of nulls, gives the same again, and changes nothing."""
        keep(list(table_faults(smm)))

    def test_smm10_formats_it_writes_are_the_same_bytes(self, smm: Subject) -> None:
        """Code that writes readings writes a file, also of no readings, and the same bytes for the same readings."""
        keep(list(format_faults(smm)))

    def test_smm11_panels_hold_on_nothing_and_on_little(self, smm: Subject) -> None:
        """A panel needs metrics that exist, has a title, describes its charts, and draws none without data."""
        keep(list(panel_faults(smm)))
