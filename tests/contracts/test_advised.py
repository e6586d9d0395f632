"""Sources that are read and never proposed: what people have or have not."""

from dataclasses import replace

from smmetrics.contracts import catalogue
from smmetrics.contracts.reach import Reach, is_advised
from smmetrics.contracts.suggesting import suggest
from smmetrics.registry import Registry


def known(change):
    found = catalogue.build(Registry.of("smmetrics_blogs", "smmetrics_communicating"))
    return replace(found, sources={id_: change(source) for id_, source in found.sources.items()})


def test_what_is_not_advised_or_refused_is_proposed_nowhere():
    for change in (lambda source: replace(source, advised=False), lambda source: replace(source, refuses="No.")):
        changed = known(change)
        assert not any(is_advised(source) for source in changed.sources.values())
        assert suggest((), changed) == ()
        assert Reach(changed).feeders("communicating.conversation_rate") == ()
        assert Reach(changed).ids("blogs") == ()


def test_what_came_in_counts_whether_advised_or_not():
    changed = known(lambda source: replace(source, advised=False))
    assert Reach(changed, {"blogs.wxr"}).ids("blogs") == ("blogs.wxr",)


def test_everything_else_is_proposed():
    same = known(lambda source: source)
    assert "blogs.wxr" in Reach(same).feeders("communicating.conversation_rate")
    assert set(Reach(same).ids("blogs")) == set(same.sources)
