"""Promises of plugins that read sources. They run on the files that the plugin's own generator writes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from smmetrics.testing.plugin import PluginPromises
from smmetrics.testing.promises import keep

if TYPE_CHECKING:
    from smmetrics.testing.subject import Subject

PLAIN = 12
"""A sentence a person can follow is longer than this."""


class AdapterPromises(PluginPromises):
    """What every source keeps, so that metrics it has never met can trust its rows."""

    def test_smm20_sources_belong_to_a_platform(self, smm: Subject) -> None:
        """Every source names a platform that this plugin declares; no kind is used twice."""
        known = {platform.id for platform in smm.platforms}
        faults = [
            f"{source.id}: no Platform {source.platform!r}" for source in smm.sources if source.platform not in known
        ]
        twice = [f"{name} is declared twice" for name, n in Counter(s.id for s in smm.sources).items() if n > 1]
        keep([*([] if smm.sources else ["the plugin declares no Source"]), *faults, *twice])

    def test_smm21_capabilities_name_known_facts(self, smm: Subject) -> None:
        """Every capability and gap names a fact of the core or of this plugin."""
        keep([
            f"{source.id}: {fact!r} is no known fact"
            for source in smm.sources
            for fact in (*(each.fact for each in source.can), *(each.fact for each in source.cannot))
            if fact not in smm.facts
        ])  # fmt: skip

    def test_smm22_nothing_is_both_in_can_and_cannot(self, smm: Subject) -> None:
        """A fact is either reported or a gap."""
        keep([
            f"{source.id}: {fact} stands in can and in cannot"
            for source in smm.sources
            for fact in sorted({c.fact for c in source.can} & {g.fact for g in source.cannot})
        ])  # fmt: skip

    def test_smm23_says_how_to_get_its_files(self, smm: Subject) -> None:
        """Every source says in plain words where its files come from and what getting them takes."""
        keep([
            f"{source.id}: {name} is {text!r}; say it in a sentence"
            for source in smm.sources
            for name, text in (("how_to_get", source.how_to_get), ("takes", source.takes))
            if len(text.strip()) < (PLAIN if name == "how_to_get" else 2)
        ])  # fmt: skip
