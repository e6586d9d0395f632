"""Promises hold: none can be dropped in silence, and each catches what it promises to catch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from smmetrics.testing import AdapterPromises, PackPromises
from smmetrics.testing.plugin import PluginPromises
from smmetrics.testing.promises import NUMBER, exemptions
from smmetrics.testing.subject import Subject, subject

PACK = """
from smmetrics.api import About, GoalType, Metric, Parameter, Question, Sample, hookimpl

def metric(name, formula="count(posts, ours)", **more):
    return Metric(**{"id": "NAME." + name, "version": "1.0.0", "title": "T", "question": "Q?", "formula": formula,
        "unit": "count", "better": "none", "level": "activity", **more})

@hookimpl
def smmetrics_about():
    return About(name="NAME", title="T", api=1, licence="MIT")

@hookimpl
def smmetrics_metrics():
    return METRICS

@hookimpl
def smmetrics_goal_types():
    return GOALS
"""


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Write a module and give it as a subject."""
    monkeypatch.syspath_prepend(tmp_path)
    made = []

    def write(metrics="[metric('posts')]", goals="[]", head="", about=None):
        name = f"zz_garden{len(list(tmp_path.iterdir()))}_{abs(hash(tmp_path)) % 10**9}"
        code = head + PACK.replace("METRICS", metrics).replace("GOALS", goals).replace("NAME", about or "garden")
        (tmp_path / f"{name}.py").write_text(code)
        made.append(name)
        return subject(name)

    yield write
    for name in made:
        sys.modules.pop(name, None)


def broken(promise, *given):
    """What a promise says when it is broken."""
    with pytest.raises(AssertionError) as raised:
        promise(*given)
    return str(raised.value)


def catalogue(smm):
    from smmetrics.contracts.catalogue import build

    return build(smm.registry)


def test_every_promise_has_a_number_of_its_own_and_words():
    for kit in (AdapterPromises, PackPromises):
        names = [name for name in dir(kit) if NUMBER.match(name)]
        assert len(names) == len(kit.promises()) > 10
        assert all(words.endswith(".") for words in kit.promises().values())
    shared = PluginPromises.promises().keys()
    assert AdapterPromises.promises().keys() & PackPromises.promises().keys() == shared


def test_overriding_a_promise_is_an_error():
    with pytest.raises(TypeError, match="overrides a promise"):
        type("TestX", (PackPromises,), {"test_smm43_formulas_parse": lambda _: None})


def test_deleting_a_promise_is_an_error():
    with pytest.raises(TypeError, match="overrides a promise"):
        type("TestX", (PackPromises,), {"test_smm43_formulas_parse": None})


def test_overriding_a_promise_through_a_base_in_between_is_an_error():
    between = type("Between", (PackPromises,), {})
    with pytest.raises(TypeError, match="overrides a promise"):
        type("TestX", (between,), {"test_smm01_imports_only_the_api_and_the_standard_library": None})


def test_xfail_without_a_reason_is_an_error_and_with_one_is_not():
    @pytest.mark.xfail
    def bare(self):
        del self

    @pytest.mark.xfail(reason="they changed the file")
    def reasoned(self):
        del self

    with pytest.raises(TypeError, match="overrides a promise"):
        type("TestX", (PackPromises,), {"test_smm43_formulas_parse": bare})
    kit = type("TestX", (PackPromises,), {"test_smm43_formulas_parse": reasoned})
    assert kit.test_smm43_formulas_parse is reasoned


def test_a_test_of_ones_own_is_welcome():
    assert type("TestX", (PackPromises,), {"test_petals": lambda _: None}).promises() == PackPromises.promises()


def test_exemptions_need_a_reason(tmp_path):
    path = tmp_path / "promises.toml"
    assert exemptions(path, {"SMM01": ""}) == {}
    path.write_text('[[exempt]]\npromise = "SMM01"\nreason = "old platform"\n')
    assert exemptions(path, {"SMM01": ""}) == {"SMM01": "old platform"}
    path.write_text('[[exempt]]\npromise = "SMM01"\nreason = " "\n')
    with pytest.raises(AssertionError, match="SMM01 gives no reason"):
        exemptions(path, {"SMM01": ""})


def test_an_exempted_promise_may_fail_and_the_others_may_not(tmp_path):
    (tmp_path / "zz_exempted.py").write_text(PACK.replace("METRICS", "[]").replace("GOALS", "[]").replace("NAME", "e"))
    (tmp_path / "test_it.py").write_text(
        "from smmetrics.testing import PackPromises\nclass TestIt(PackPromises):\n    plugin = 'zz_exempted'\n"
    )
    (tmp_path / "promises.toml").write_text('[[exempt]]\npromise = "SMM40"\nreason = "no metrics yet"\n')
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rfx",
        "-p",
        "no:cacheprovider",
        "--import-mode=importlib",
        str(tmp_path),
    ]
    environ = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}", "PATH": "/usr/bin"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environ)
    assert "exempted in promises.toml: no metrics yet" in done.stdout
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert any("test_smm02_says_who_it_is" in line for line in failed)
    assert not any("test_smm40" in line for line in failed)
    assert done.returncode == 1


def test_a_plugin_that_does_not_load_says_why(plugin):
    smm = plugin(head="import no_such_module\n")
    kit = type("TestX", (PackPromises,), {"plugin": smm.module})
    assert "no_such_module" in broken(lambda: kit.__dict__.get("smm", PluginPromises.smm).__wrapped__.__func__(kit))


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("import polars\n", "loading imports polars"),
        ("import smmetrics.tables\n", "loading imports smmetrics.tables"),
        ("", ""),
    ],
)
def test_heavy_imports_break_smm01(plugin, head, words):
    from smmetrics.registry.probe import examine

    smm = plugin(head=head)
    probed = examine(smm.module, module=smm.module)
    promise = PackPromises().test_smm01_imports_only_the_api_and_the_standard_library
    if words:
        assert words in broken(promise, probed)
    else:
        promise(probed)


def test_secrets_in_records_break_smm06(plugin):
    head = "import os\nSECRET = os.environ.get('SMMETRICS_TOKEN', '')\n"
    smm = plugin(head=head, metrics="[metric('posts', caveat=SECRET)]")
    kit = type("TestX", (PackPromises,), {"plugin": smm.module})
    probed = PluginPromises.probed.__wrapped__.__func__(kit)
    assert "stands in a record" in broken(kit().test_smm06_no_secret_in_what_it_says, probed)


def test_a_call_home_breaks_smm07(plugin):
    head = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError:\n    pass\n"
    kit = type("TestX", (PackPromises,), {"plugin": plugin(head=head).module})
    probed = PluginPromises.probed.__wrapped__.__func__(kit)
    assert "uses the network: socket.connect" in broken(kit().test_smm07_loading_uses_no_network, probed)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (["smmetrics_it/__init__.py", "smmetrics_it-1.dist-info/RECORD", "_editable.pth"], ""),
        (["smmetrics_it/__init__.py", "tests/test_it.py"], "ships tests beside smmetrics_it"),
    ],
)
def test_a_distribution_that_ships_more_breaks_smm08(files, words):
    smm = SimpleNamespace(module="smmetrics_it", entry=SimpleNamespace(dist=SimpleNamespace(files=files)))
    promise = PackPromises().test_smm08_ships_only_its_own_package
    if words:
        assert words in broken(promise, smm)
    else:
        promise(smm)


def test_a_plugin_without_an_entry_point_breaks_smm02(plugin):
    assert "no entry point" in broken(PackPromises().test_smm02_says_who_it_is, plugin())


def test_answers_that_change_break_smm05(plugin):
    smm = plugin(head="import itertools\nCOUNT = itertools.count()\n", metrics="[metric(f'posts_{next(COUNT)}')]")
    assert "smmetrics_metrics answered differently" in broken(
        PackPromises().test_smm05_answers_are_the_same_each_time, smm
    )


@pytest.mark.parametrize(
    ("promise", "metrics", "goals", "words"),
    [
        (
            "test_smm40_ids_carry_the_packs_name",
            "[metric('a', id='other.a')]",
            "[]",
            "other.a does not begin with 'garden.'",
        ),
        ("test_smm40_ids_carry_the_packs_name", "[metric('a'), metric('a')]", "[]", "garden.a is defined twice"),
        ("test_smm40_ids_carry_the_packs_name", "[]", "[]", "defines no Metric"),
        ("test_smm41_guards_and_nearest_resolve", "[metric('a', guards=('garden.b',))]", "[]", "guard 'garden.b'"),
        (
            "test_smm41_guards_and_nearest_resolve",
            "[metric('a', nearest=(('garden.b', 'w'),))]",
            "[]",
            "nearest 'garden.b'",
        ),
        ("test_smm41_guards_and_nearest_resolve", "[metric('a', guards=('garden.a',))]", "[]", "is the metric itself"),
        (
            "test_smm42_goal_types_name_metrics_that_exist",
            "[metric('a')]",
            "[GoalType(id='garden.g', title='G', activities=(), questions=(Question(text='Q?', lead=('garden.b',)),))]",
            "'Q?' names 'garden.b'",
        ),
    ],
)
def test_ids_that_lead_nowhere_are_named(plugin, promise, metrics, goals, words):
    assert words in broken(getattr(PackPromises(), promise), plugin(metrics, goals))


def test_ids_of_other_packs_are_left_alone(plugin):
    goals = "[GoalType(id='garden.g', title='G', activities=(), questions=(Question(text='Q?', lead=('care.rate',)),))]"
    smm = plugin("[metric('a', guards=('care.rate',), nearest=(('care.other', 'w'),))]", goals)
    PackPromises().test_smm41_guards_and_nearest_resolve(smm)
    PackPromises().test_smm42_goal_types_name_metrics_that_exist(smm)


def test_a_formula_that_does_not_parse_breaks_smm43(plugin):
    smm = plugin("[metric('a', 'count(poasts)')]")
    assert "poasts" in broken(PackPromises().test_smm43_formulas_parse, smm, catalogue(smm))


def test_a_unit_that_the_formula_cannot_have_breaks_smm43_or_smm44(plugin):
    smm = plugin("[metric('a', unit='money')]")

    def both():
        PackPromises().test_smm43_formulas_parse(smm, catalogue(smm))
        PackPromises().test_smm44_units_agree(catalogue(smm))

    assert "money" in broken(both)


def test_an_unused_parameter_breaks_smm43_or_smm46(plugin):
    smm = plugin("[metric('a', parameters=(Parameter(name='k', type='number', default=1.0),))]")

    def both():
        PackPromises().test_smm43_formulas_parse(smm, catalogue(smm))
        PackPromises().test_smm46_parameters_are_used(smm, catalogue(smm))

    assert "k" in broken(both)


def test_roles_that_are_not_declared_break_smm43_or_smm47(plugin):
    smm = plugin("[metric('a', 'count(posts, staff)')]")

    def both():
        PackPromises().test_smm43_formulas_parse(smm, catalogue(smm))
        PackPromises().test_smm47_roles_are_declared(catalogue(smm))

    assert "roles" in broken(both)


def test_a_sound_pack_keeps_its_promises(plugin):
    goals = "[GoalType(id='garden.g', title='G', activities=(), questions=(Question(text='Q?', lead=('garden.a',)),))]"
    smm = plugin("[metric('a', guards=('garden.b',)), metric('b', 'sum(posts.likes, ours)')]", goals)
    assert isinstance(smm, Subject)
    kit, compiled = PackPromises(), catalogue(smm)
    kit.test_smm40_ids_carry_the_packs_name(smm)
    kit.test_smm41_guards_and_nearest_resolve(smm)
    kit.test_smm42_goal_types_name_metrics_that_exist(smm)
    kit.test_smm43_formulas_parse(smm, compiled)
    kit.test_smm44_units_agree(compiled)
    kit.test_smm46_parameters_are_used(smm, compiled)
    kit.test_smm47_roles_are_declared(compiled)
    assert set(compiled.metrics) >= {"garden.a", "garden.b"}
