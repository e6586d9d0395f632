"""Real files as strangers bring them: changed at random, they give the numbers of the clean file, or say so.

The oracle is the clean file, which the other tests of this folder hold against the standard library: every number of a
changed file stands under the same key in the clean one; a record that is gone was set aside, or a sentence speaks of it.
"""

from __future__ import annotations

import importlib.util
import random
import tempfile
from pathlib import Path

import pytest

from smmetrics.contracts import catalogue
from smmetrics.intake import Answers, Reader, release
from smmetrics.registry import Registry

_SPEC = importlib.util.spec_from_file_location("_changes", Path(__file__).with_name("_changes.py"))
changes = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(changes)

SHARED = Path(__file__).parents[3] / "shared" / "datasets"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared real files are not on this machine")
PLUGINS = ("smmetrics_x", "smmetrics_blogs", "smmetrics_youtube", "smmetrics_web")
SMALL = 300_000
SAID = {"record", "batch_id", "observed_at", "source_id", "member", "byte_start", "byte_end"}
LOSSY = {"truncated", "bytes_changed", "quote_lost", "cell_shifted", "header_twice"}
"""Changes that cost records: those must be set aside, or spoken of."""
HARMLESS = {"renamed", "zipped", "crlf", "utf16", "shuffled", "semicolons", "tabs_utf16", "columns_moved", "joined"}
NEAR = 1e-12
"""A spreadsheet writes fractions with 16 digits."""


def files():
    found = (path for name in ("x", "blogs", "youtube", "ga4") for path in sorted((SHARED / name).rglob("*")))
    return [path for path in found if path.suffix in {".csv", ".json", ".xml", ".rss", ".atom"}]


class Harness:
    def __init__(self, folder):
        registry = Registry.of(*PLUGINS)
        self.tables = (known := catalogue.build(registry)).tables
        self.folder = folder
        sources = tuple(known.sources.values())
        self.reader = Reader(sources, self.tables, copies=folder, key=bytes(32), use=registry.use)
        self.clean = {}

    def read(self, path):
        results = list(self.reader.read_all(path, Answers(account="Acme")))
        summary = {
            "numbers": self.numbers(results),
            "kinds": {each.kind for each in results if each.status == "read"},
            "kept": sum(each.kept for each in results),
            "aside": sum(each.quarantined for each in results),
            "said": [said for each in results for said in each.messages],
            "codes": {each.exit_code for each in results},
            "why": " ".join(f"{each.reason} {each.hint}" for each in results),
        }
        for each in results:
            release(each)
        return summary

    def numbers(self, results):
        """By table and key: the numbers of each row."""
        found = {}
        for name, frame in ((name, frame) for each in results for name, frame in each.frames.items()):
            key = [column for column in self.tables[name].key if column in frame.columns and column not in SAID]
            rest = [each for each in frame.columns if frame[each].dtype.is_numeric() and each not in {*key, *SAID}]
            for row in frame.select(*key, *rest).iter_rows(named=True):
                numbers = {column: row[column] for column in rest if row[column] is not None}
                found.setdefault((name, *(row[column] for column in key)), []).append(numbers)
        return found

    def known(self, path):
        if path not in self.clean:
            raw = path.read_bytes()
            whole = self.folder / "clean" / path.parent.name / path.name
            whole.parent.mkdir(parents=True, exist_ok=True)
            whole.write_bytes(raw if raw.endswith(b"\n") or path.suffix != ".csv" else raw + b"\n")
            self.clean[path] = self.read(whole)
        return self.clean[path]

    def changed(self, path, change, dice):
        """What came of a changed file; None where the change does not fit it."""
        raw = path.read_bytes()
        try:
            made = change(raw, path.name, dice)
        except UnicodeDecodeError:  # a table of no UTF-8, which this change cannot write anew
            return None
        if made is None:
            return None
        target = Path(tempfile.mkdtemp(dir=self.folder)) / made[1]
        target.write_bytes(made[0])
        return self.read(target)


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    return Harness(tmp_path_factory.mktemp("harness"))


def same(row, other):
    return all(
        other.get(name) is not None and abs(other[name] - value) <= NEAR * abs(value) for name, value in row.items()
    )


def judge(clean, found, change):
    """What is wrong with what came of a changed file; empty where all is well."""
    if 5 in found["codes"]:
        return f"code failed: {found['why']}"
    if not found["kinds"]:
        return "" if len(found["why"].split()) > 5 and change not in HARMLESS else f"refused: {found['why']}"
    if not found["kinds"] <= clean["kinds"]:
        return f"taken for {found['kinds']} and not {clean['kinds']}"
    for key, rows in found["numbers"].items():
        others = clean["numbers"].get(key)
        if others is None and any(rows) and change not in {"bytes_changed", "quote_lost"}:
            return f"{key} is in no clean file"
        for row in rows:
            if others is not None and not any(same(row, other) for other in others):
                return f"{key}: {row}, and clean {others}"
    lost = found["kept"] < clean["kept"]
    if lost and not found["aside"] and not set(found["said"]) - set(clean["said"]) and change in LOSSY - {"truncated"}:
        return f"{found['kept']} records of {clean['kept']}, and nobody says so"
    if lost and change not in LOSSY and found["kept"] + found["aside"] < clean["kept"]:
        return f"{found['kept']} records of {clean['kept']}, and {found['aside']} set aside"
    return ""


def sweep(harness, path, seed, times):
    clean = harness.known(path)
    of_tables = path.suffix == ".csv" and path.parent.parent.name != "ga4"
    for number in range(times):
        dice = random.Random(f"{seed} {path.name} {number}")
        change = dice.choice(changes.TABLES if of_tables else changes.ANY)
        found = harness.changed(path, change, dice)
        if found is None or not (clean["kinds"] or found["kinds"]):
            continue
        wrong = judge(clean, found, change.__name__)
        assert not wrong, f"{change.__name__} {number}: {wrong}"


@pytest.mark.parametrize("path", files() if SHARED.is_dir() else [], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_changed_file_never_gives_other_numbers_in_silence(harness, path):
    sweep(harness, path, 1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("path", files() if SHARED.is_dir() else [], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nor_does_it_whatever_happened_to_it(harness, path, seed):
    sweep(harness, path, seed, 40 if path.stat().st_size < SMALL else 8)
