"""What docs/writing-a-plugin.md says is so: its blocks are a plugin that keeps its promises, and its lists are ours."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import polars as pl
import pytest

from smmetrics import api
from smmetrics.api import GoalType, Labeller, Metric, Panel, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.contracts.catalogue import build
from smmetrics.registry import Registry
from smmetrics.testing import AdapterPromises, PackPromises, evidence
from smmetrics.testing.subject import Subject
from smmetrics.workspace import Workspace

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "writing-a-plugin.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
FILE = re.compile(r"# (?P<path>(?:src|tests)/[\w/]+\.py|pyproject\.toml)(?:, continued)?\n")
HOOKS = "src/smmetrics_tulip/__init__.py"


def files():
    """The page's files by path: a block that names none and has hooks belongs to the hook module."""
    found = {}
    for kind, text in BLOCKS:
        named = FILE.match(text)
        path = named["path"] if named else HOOKS if "@hookimpl" in text else ""
        if kind == "markdown":
            path = "README.md"
        if path:
            found[path] = found.get(path, "") + text + "\n"
    return found


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The page's plugin in a folder, as if it were installed."""
    folder = tmp_path_factory.mktemp("tulip")
    for path, text in files().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    stated = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / "src" / f"smmetrics_tulip-{stated['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {stated['name']}\nVersion: {stated['version']}\n")
    (entry,) = stated["entry-points"]["smmetrics.plugins"].items()
    (info / "entry_points.txt").write_text(f"[smmetrics.plugins]\n{entry[0]} = {entry[1]}\n")
    return folder


@pytest.fixture(scope="module")
def tulip(package):
    sys.path.insert(0, str(package / "src"))
    yield Subject(module="smmetrics_tulip", registry=Registry.of("smmetrics_tulip"))
    sys.path.remove(str(package / "src"))
    for name in [name for name in sys.modules if name.startswith("smmetrics_tulip")]:
        del sys.modules[name]


def test_the_example_loads_and_nothing_is_wrong_with_what_it_defines(tulip):
    assert tulip.state.error == ""
    assert tulip.state.status == "loaded"
    assert [source.id for source in tulip.records(Source)] == ["tulip.posts", "tulip.letters"]
    assert [len(tulip.records(kind)) for kind in (Metric, GoalType, Panel, Labeller)] == [3, 1, 1, 1]
    assert [fault.message for fault in build(tulip.registry).faults] == []
    assert evidence.unclaimed(tulip) == []


def test_the_example_keeps_its_promises(package):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", "tests"]
    environ = {**os.environ, "PYTHONPATH": f"{package / 'src'}:{ROOT}", "SMMETRICS_PIN": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=package, env=environ)
    assert done.returncode == 0, done.stdout[-4000:]
    assert f"{len(AdapterPromises.promises()) + len(PackPromises.promises())} passed" in done.stdout


def test_authors_of_the_example_are_pseudonyms_in_both_sources_and_ours_are_known(tulip, tmp_path):
    (tmp_path / "strategy.toml").write_text(
        'title = "T"\npurpose = "P"\n[channels.town]\nplatform = "tulip"\naccount = "tulip_town"\n', encoding="utf-8"
    )
    workspace = Workspace(tmp_path, registry=tulip.registry)
    from smmetrics.testing.samples import draw

    for path in draw(tulip, tmp_path / "drawn"):
        (outcome,) = workspace.import_(path)
        assert outcome.status == "imported", outcome
    rows = workspace.table("posts", columns=["kind", "person", "ours"], limit=1000)
    assert set(rows.group_by("kind").len().get_column("kind")) == {"post", "reply", "message"}
    assert rows.filter(pl.col("kind") == "reply").get_column("ours").any() is False
    assert rows.filter(pl.col("ours")).height > 0
    assert all(re.fullmatch("[0-9a-f]{16}", person) for person in rows.get_column("person"))
    ada = workspace.snapshot().current("people").filter(pl.col("handle") == "Ada").collect()
    assert ada.get_column("person").n_unique() == 1, "the core's key and that of the code are one"


def test_the_labeller_of_the_page_labels(tulip):
    (labeller,) = tulip.records(Labeller)
    rows = pl.DataFrame({"text": ["Kan ik bestellen?", "Mooi", None]})
    said = tulip.registry.use(labeller.load)(rows).get_column("value").to_list()
    assert said == ["order", None, None]
    assert set(said) - {None} <= set(labeller.values)
    assert set(labeller.reads) <= {"text", "language"}


@pytest.mark.parametrize("text", [text for kind, text in BLOCKS if kind == "python" and not FILE.match(text)])
def test_records_of_the_page_are_records(text):
    if "@hookimpl" not in text:
        exec(text, {name: getattr(api, name) for name in api.__all__})


def test_the_toml_is_toml():
    documents = [tomllib.loads(text) for kind, text in BLOCKS if kind == "toml"]
    assert documents[0]["project"]["entry-points"]["smmetrics.plugins"] == {"tulip": "smmetrics_tulip"}
    assert documents[0]["build-system"]["requires"]
    (exempting,) = [document for document in documents if "exempt" in document]
    assert exempting["exempt"][0]["reason"]


def test_the_facts_of_the_page_are_those_of_the_tables():
    told = dict(re.findall(r"^\| `(\w+)` \| ([\w ]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    tables = {table.name: " ".join(fact.name for fact in table.columns) for table in CORE_TABLES}
    assert set(told) >= {"posts", "post_counts", "accounts", "account_counts", "people"}
    assert told == {name: tables[name] for name in told}


def test_the_list_of_promises_is_the_kits():
    written = dict(re.findall(r"^\| (SMM\d+) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert written == AdapterPromises.promises() | PackPromises.promises()
