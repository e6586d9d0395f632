"""What docs/writing-a-plugin.md says is so: its example loads, and its list of promises is the kit's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from smmetrics.api import Labeller, Source, hookimpl
from smmetrics.registry import Registry
from smmetrics.testing import AdapterPromises, PackPromises, evidence
from smmetrics.testing.subject import Subject

PAGE = Path(__file__).parents[2] / "docs" / "writing-a-plugin.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def tulip():
    module = ModuleType("smmetrics_tulip")
    code = next(text for kind, text in BLOCKS if kind == "python" and "smmetrics_about" in text)
    exec(code, module.__dict__)
    return Subject(module="smmetrics_tulip", registry=Registry.of(module))


def test_the_example_loads(tulip):
    assert tulip.state.error == ""
    assert tulip.state.status == "loaded"
    assert [source.id for source in tulip.records(Source)] == ["tulip.posts"]


def test_the_example_claims_only_what_exists(tulip):
    kit = AdapterPromises()
    kit.test_smm20_sources_belong_to_a_platform(tulip)
    kit.test_smm21_claims_name_known_facts(tulip)
    kit.test_smm22_nothing_is_both_in_can_and_cannot(tulip)
    kit.test_smm23_says_how_to_get_its_files(tulip)
    kit.test_smm34_what_is_read_is_claimed(tulip)
    assert evidence.undeclared(tulip) == []


def test_the_labeller_of_the_page_is_a_labeller_and_labels():
    scope = {"hookimpl": hookimpl, "Labeller": Labeller, "pl": pl}
    for kind, text in BLOCKS:
        if kind == "python" and ("smmetrics_labellers" in text or "def label(" in text):
            exec(text, scope)
    (labeller,) = scope["smmetrics_labellers"]()
    said = scope["label"](pl.DataFrame({"text": ["Kan ik bestellen?", "Mooi", None]})).get_column("value").to_list()
    assert said == ["order", None, None]
    assert set(said) - {None} <= set(labeller.values)
    assert set(labeller.reads) <= {"text", "language"}


def test_the_toml_is_toml():
    documents = [tomllib.loads(text) for kind, text in BLOCKS if kind == "toml"]
    assert documents[0]["project"]["entry-points"]["smmetrics.plugins"] == {"tulip": "smmetrics_tulip"}
    (exempting,) = [document for document in documents if "exempt" in document]
    assert exempting["exempt"][0]["reason"]


def test_the_list_of_promises_is_the_kits():
    written = dict(re.findall(r"^\| (SMM\d+) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert written == AdapterPromises.promises() | PackPromises.promises()
