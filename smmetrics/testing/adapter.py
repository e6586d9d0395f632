"""Promises of plugins that read sources. They run on the files that the plugin's own generator writes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from smmetrics.api import Table
from smmetrics.testing import damage, evidence, samples
from smmetrics.testing.plugin import PluginPromises
from smmetrics.testing.promises import keep

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from smmetrics.intake import FileResult
    from smmetrics.testing.subject import Subject

    Results = Mapping[Path, FileResult]

PLAIN = 12
"""A sentence a person can follow is longer than this."""


class AdapterPromises(PluginPromises):
    """What every source keeps, so that metrics it has never met can trust its rows.

    ``samples``: a folder of further sample files (made up, never a person's), read beside those of the generators.
    ``answers``: what a user would have to say to read them, in the words of `smmetrics.intake.Answers`.
    """

    samples: ClassVar[Path | None] = None
    answers: ClassVar[Mapping[str, Any]] = {}

    @pytest.fixture(scope="class")
    @classmethod
    def drawn(cls, smm: Subject, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
        """Let the plugin write its sample files; add those of the folder ``samples``."""
        kept = sorted(path for path in cls.samples.rglob("*") if path.is_file()) if cls.samples else []
        return (*samples.draw(smm, tmp_path_factory.mktemp("drawn")), *kept)

    @pytest.fixture(scope="class")
    @classmethod
    def results(cls, smm: Subject, drawn: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Results:
        """Read every sample file once."""
        return samples.read(smm, drawn, tmp_path_factory.mktemp("copies"), cls.answers)

    def test_smm20_sources_belong_to_a_platform(self, smm: Subject) -> None:
        """Every source names a platform that this plugin declares; no kind is used twice."""
        known = {platform.id for platform in smm.platforms}
        faults = [f"{each.id}: no Platform {each.platform!r}" for each in smm.sources if each.platform not in known]
        twice = [f"{name} is declared twice" for name, n in Counter(s.id for s in smm.sources).items() if n > 1]
        keep([*([] if smm.sources else ["the plugin declares no Source"]), *faults, *twice])

    def test_smm21_claims_name_known_facts(self, smm: Subject) -> None:
        """Every capability, gap, column and constant names a fact, and every table a table, that somebody declares."""
        claims = [
            f"{source.id}: {fact!r} is no known fact"
            for source in smm.sources
            for fact in (*(each.fact for each in source.can), *(each.fact for each in source.cannot))
            if fact not in smm.facts
        ]
        keep(claims + evidence.undeclared(smm))

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
            if len(text.strip()) < PLAIN
        ])  # fmt: skip

    def test_smm24_same_seed_same_bytes(
        self, smm: Subject, drawn: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """A generator writes the same bytes for the same seed, and others for another."""
        again = samples.draw(smm, tmp_path_factory.mktemp("again"))
        other = samples.draw(smm, tmp_path_factory.mktemp("other"), seed=samples.SEED + 1)
        first = [(path.name, path.read_bytes()) for path in drawn[: len(again)]]
        faults = [] if smm.samples else ["the plugin has no Sample: nobody can try it without an account"]
        faults += [] if first == [(path.name, path.read_bytes()) for path in again] else ["one seed, two outputs"]
        same = smm.samples and [raw for _, raw in first] == [path.read_bytes() for path in other]
        keep(faults + (["another seed gives the same files"] if same else []))

    def test_smm25_every_source_recognises_its_sample(self, smm: Subject, results: Results) -> None:
        """Every sample file is read by one source without being told which, and every source has a sample."""
        unread = [f"{path.name}: {each.reason}" for path, each in results.items() if each.status != "read"]
        met = {each.kind for each in results.values()}
        refused = {source.id for source in smm.sources if source.refuses}
        keep(unread + [f"{source.id} has no sample file" for source in smm.sources if source.id not in met | refused])

    def test_smm26_nothing_is_lost(self, results: Results) -> None:
        """Records in equal records kept, quarantined, duplicate, blank, footer and forgotten, for every file."""
        keep([fault for path, each in results.items() for fault in evidence.unbalanced(path.name, each)])

    def test_smm27_claims_show_in_the_sample(self, smm: Subject, results: Results) -> None:
        """Every fact a source claims appears in its sample, with the unit, grain and scope it claims."""
        keep([
            fault
            for source in smm.sources
            for fault in evidence.unproven(source, results.values(), smm.tables)
        ])  # fmt: skip

    def test_smm28_schema_is_exact(self, smm: Subject, results: Results) -> None:
        """Frames have declared columns of declared types and no others."""
        keep([fault for path, each in results.items() for fault in evidence.misshapen(path.name, each, smm.tables)])

    def test_smm29_reading_twice_gives_the_same(
        self, smm: Subject, drawn: tuple[Path, ...], results: Results, tmp_path: Path
    ) -> None:
        """Read again, in the opposite order, every file gives the same rows: neither time nor order matters."""
        again = samples.read(smm, drawn[::-1], tmp_path, self.answers)
        keep([fault for path in drawn for fault in evidence.unlike(path.name, results[path], again[path])])

    def test_smm30_spans_are_half_open(self, results: Results) -> None:
        """Every file says which days it covers, and the end of a span is the first day that it leaves out."""
        silent = [
            f"{path.name} covers no days: an empty month could not be told from a month left out"
            for path, each in results.items()
            if each.status == "read" and not evidence.has_spans(each)
        ]
        keep(silent + [fault for path, each in results.items() for fault in evidence.backward(path.name, each)])

    def test_smm31_damage_is_said(self, smm: Subject, results: Results, tmp_path: Path) -> None:
        """A damaged file is refused, or read with the damage in quarantine; no exception of another library shows."""
        faults = []
        for kind, path in evidence.one_of_each(results).items():
            for place, (what, raw, visible) in enumerate(damage.damaged(path.read_bytes())):
                broken = tmp_path / f"{kind}-{place}" / path.name
                broken.parent.mkdir()
                broken.write_bytes(raw)
                try:
                    (result,) = samples.read(smm, [broken], tmp_path / "copies", self.answers).values()
                except Exception as error:  # noqa: BLE001 (the promise is that there is none)
                    faults.append(f"{kind}, {what}: {type(error).__name__}: {error}")
                else:
                    faults += damage.unsaid(f"{kind}, {what}", result, visible=visible)
        keep(faults)

    def test_smm32_an_empty_file_holds_no_rows(self, smm: Subject, results: Results, tmp_path: Path) -> None:
        """A file with nothing in it, or a header only, is refused or gives no rows."""
        faults = []
        for kind, path in evidence.one_of_each(results).items():
            for what, raw in damage.empty(path.read_bytes()):
                hollow = tmp_path / kind / what / path.name
                hollow.parent.mkdir(parents=True)
                hollow.write_bytes(raw)
                (result,) = samples.read(smm, [hollow], tmp_path / "copies", self.answers).values()
                rows = sum(frame.height for table, frame in result.frames.items() if table in evidence.ROWS_OF)
                faults += [f"{kind}, {what}: {rows} rows out of nothing"] if rows else []
        keep(faults)

    def test_smm33_keys_stay_out_of_what_is_kept(self, results: Results) -> None:
        """The workspace's key, which makes pseudonyms, stands in no row, message or quarantine."""
        keep([f"{path.name}: the key stands in its result" for path, each in results.items() if evidence.leaks(each)])

    def test_smm34_what_is_read_is_claimed(self, smm: Subject) -> None:
        """What a column fills and formulas read is claimed, or is a gap: else a metric says that it is not reported."""
        keep(evidence.unclaimed(smm))

    def test_smm35_people_are_pseudonyms(self, smm: Subject, results: Results) -> None:
        """Who said or did something is a keyed pseudonym; handles and names stand in people alone."""
        own = {table.name for table in smm.records(Table)}
        keep([fault for path, each in results.items() for fault in evidence.named(path.name, each, own)])
