"""One plugin's fault stays its own, at every stage, and is explained."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from smmetrics import api
from smmetrics.api import About, Metric, Platform, PluginFault, Sample, hookimpl
from smmetrics.registry import Registry

GOOD = ("good", "Good")


def about(name="odd", version=api.API):
    return lambda: About(name=name, title=name.title(), api=version)


def plugin(name="odd", **hooks):
    """A plugin made of plain functions, as a module would be."""
    hooks = {"smmetrics_about": about(name), **hooks}
    return SimpleNamespace(__name__=f"smmetrics_{name}", **{key: hookimpl(hook) for key, hook in hooks.items()})


def good():
    return plugin("good", smmetrics_metrics=lambda: [metric("good.posts")])


def metric(identity):
    return Metric(
        id=identity, version="1.0.0", title="Posts", question="How many?", formula="count(posts)", unit="count",
        better="none", level="activity",
    )  # fmt: skip


def raises(error):
    def hook():
        raise error

    return hook


def late():
    yield metric("odd.one")
    message = "the second one is missing"
    raise RuntimeError(message)


def endless():
    while True:
        yield metric("odd.one")


def misspelt():
    return SimpleNamespace(
        __name__="smmetrics_odd", smmetrics_about=hookimpl(about()), smmetrics_source=hookimpl(lambda: ())
    )


def unmarked():
    return SimpleNamespace(__name__="smmetrics_odd", smmetrics_about=hookimpl(about()), smmetrics_sources=lambda: ())


def nameless():
    return SimpleNamespace(__name__="smmetrics_odd", smmetrics_metrics=hookimpl(lambda: ()))


def hook_with_arguments():
    return SimpleNamespace(__name__="smmetrics_odd", smmetrics_about=hookimpl(lambda settings: settings))


FAILURES = {
    "about raises": (lambda: plugin(smmetrics_about=raises(ValueError("no"))), "answer", "ValueError: no"),
    "about exits": (lambda: plugin(smmetrics_about=raises(SystemExit(3))), "answer", "SystemExit: 3"),
    "about is no About": (lambda: plugin(smmetrics_about=lambda: "me"), "answer", "expected About"),
    "about is malformed": (lambda: plugin(smmetrics_about=lambda: About(name="X Y", title="t", api=1)), "answer", "About.name is 'X Y'"),
    "about.api is no number": (lambda: plugin(smmetrics_about=about(version="1")), "answer", "About.api is '1'"),
    "hook raises": (lambda: plugin(smmetrics_sources=raises(KeyError("x"))), "answer", "smmetrics_sources: KeyError: 'x'"),
    "generator fails late": (lambda: plugin(smmetrics_metrics=late), "answer", "the second one is missing"),
    "generator never ends": (lambda: plugin(smmetrics_metrics=endless), "answer", "more than 100,000"),
    "wrong record": (lambda: plugin(smmetrics_goal_types=lambda: [metric("odd.one")]), "answer", "record 1 of 1, is a value of type Metric; expected GoalType"),
    "no iterable": (lambda: plugin(smmetrics_metrics=lambda: metric("odd.one")), "answer", "expected a list or tuple of Metric"),
    "nothing": (lambda: plugin(smmetrics_metrics=lambda: None), "answer", "nothing (None)"),
    "unknown hook": (misspelt, "register", "smmetrics_source: did you mean smmetrics_sources?"),
    "no marker": (unmarked, "register", "write @hookimpl above it"),
    "no about": (nameless, "register", "smmetrics_about is missing"),
    "hook wants arguments": (hook_with_arguments, "register", "settings"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
@pytest.mark.parametrize("order", ["before", "after"])
def test_a_failing_plugin_is_explained_and_harms_no_other(case, order):
    make, stage, words = FAILURES[case]
    modules = (make(), good()) if order == "before" else (good(), make())
    registry = Registry.of(*modules)
    bad = registry.plugins[0 if order == "before" else 1]
    assert (bad.status, bad.stage) == ("failed", stage)
    assert words in bad.error
    assert "Traceback" in bad.traceback
    assert [answer.record.id for answer in registry.answers("smmetrics_metrics")] == ["good.posts"]
    assert words in registry.warning
    assert "\n" not in registry.warning


def test_every_failing_hook_is_named_at_once():
    odd = plugin(smmetrics_sources=raises(KeyError("a")), smmetrics_facts=raises(KeyError("b")))
    assert "smmetrics_facts: KeyError: 'b'; smmetrics_sources: KeyError: 'a'" in Registry.of(odd).plugins[0].error


def test_an_interrupt_by_the_user_is_not_the_plugins():
    with pytest.raises(KeyboardInterrupt):
        Registry.of(plugin(smmetrics_metrics=raises(KeyboardInterrupt())))


def test_a_generator_is_as_good_as_a_list():
    registry = Registry.of(plugin(smmetrics_metrics=lambda: (metric(f"odd.n{n}") for n in range(3))))
    assert [a.record.id for a in registry.answers("smmetrics_metrics")] == ["odd.n0", "odd.n1", "odd.n2"]
    assert {(a.plugin, a.distribution) for a in registry.answers("smmetrics_metrics")} == {("odd", "smmetrics-odd")}


@pytest.mark.parametrize(
    ("stated", "status", "who"),
    [(api.API + 1, "too_new", "Upgrade smmetrics."), (api.API_FLOOR - 1, "too_old", "Upgrade smmetrics-odd.")],
)
def test_a_plugin_outside_the_window_names_both_and_what_to_upgrade(stated, status, who):
    registry = Registry.of(
        plugin(smmetrics_about=about(version=stated), smmetrics_metrics=raises(KeyError("never asked")))
    )
    (state,) = registry.plugins
    assert state.status == status
    assert f"smmetrics-odd was written for plugin interface {stated}" in state.error
    assert f"understands {api.API_FLOOR} to {api.API}" in state.error
    assert state.hint == who
    assert registry.answers("smmetrics_about") == ()


def test_two_plugins_of_one_name_both_lose():
    first, second = plugin("odd", smmetrics_metrics=lambda: [metric("odd.one")]), plugin("odd")
    second.__name__ = "smmetrics_other"
    registry = Registry.of(first, second, good())
    assert [state.status for state in registry.plugins] == ["clash", "clash", "loaded"]
    assert all("smmetrics-odd and smmetrics-other" in state.error for state in registry.plugins[:2])
    assert [answer.plugin for answer in registry.answers("smmetrics_metrics")] == ["good"]


def test_two_plugins_of_one_platform_both_lose():
    def sources():
        return [Platform(id="flower", title="Flower", access="closed")]

    registry = Registry.of(plugin("odd", smmetrics_sources=sources), plugin("even", smmetrics_sources=sources))
    assert [state.status for state in registry.plugins] == ["clash", "clash"]
    assert all("the platform 'flower'" in state.error for state in registry.plugins)
    assert registry.answers("smmetrics_sources") == ()


def test_what_a_plugin_prints_does_not_reach_standard_output(capsys):
    def chatty():
        sys.stdout.write("hello from a plugin\n")
        return ()

    assert Registry.of(plugin(smmetrics_metrics=chatty)).plugins[0].status == "loaded"
    assert capsys.readouterr() == ("", "hello from a plugin\n")


def sampling(reference):
    return plugin(smmetrics_samples=lambda: [Sample(name="odd", title="Odd", load=reference)])


def test_use_imports_what_a_record_names():
    registry = Registry.of(sampling("collections:OrderedDict"))
    assert registry.use("collections:OrderedDict") is __import__("collections").OrderedDict


@pytest.mark.parametrize("reference", ["no_such_module:read", "collections:no_such_name"])
def test_use_of_missing_code_is_the_plugins_fault(reference):
    registry = Registry.of(sampling(reference), good())
    with pytest.raises(PluginFault, match=r"of the plugin odd cannot be used"):
        registry.use(reference)
    assert (registry.plugins[0].status, registry.plugins[0].stage) == ("failed", "use")
    assert registry.plugins[1].status == "loaded"


def test_use_imports_nothing_that_no_record_names():
    with pytest.raises(PluginFault, match="not named by any loaded plugin"):
        Registry.of(good()).use("antigravity:geohash")
