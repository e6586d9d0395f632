"""A plugin written for API 1 keeps loading. Never edit the module below: it is what strangers have installed."""

from __future__ import annotations

from types import ModuleType

from smmetrics import api
from smmetrics.registry import Registry

FROZEN = """
from smmetrics.api import (
    About, Calculator, Capability, Column, Derived, Dimension, Exporter, Fact, Gap, GoalType, Labeller, Layout, Metric,
    NameRange, Panel, Parameter, Platform, Question, Sample, Signature, Source, Table, hookimpl,
)

@hookimpl
def smmetrics_about():
    return About(name="frozen", title="Frozen", api=1, homepage="", licence="MIT", maintainers=("A",))

@hookimpl
def smmetrics_facts():
    yield Fact(table="post_counts", name="frozen__waves", type="int", unit="count", additivity="additive",
               personal=False, meaning="waves")
    yield Dimension(name="shelf", title="Shelf", overlapping=False)

@hookimpl
def smmetrics_tables():
    columns = (Fact(table="frozen_shelves", name="shelf_id", type="text"),)
    return (Table(name="frozen_shelves", title="Shelves", one_row_is="a shelf", key=("shelf_id",), columns=columns, form=True),)

@hookimpl
def smmetrics_sources():
    platform = Platform(id="frozen", title="Frozen", access="export_only", aliases=("ice",), reply_chains=False, note="n")
    source = Source(
        kind="posts", platform="frozen", table="posts", title="Posts", container="csv", how_to_get="Settings, Export",
        takes="all posts", version="1.0", constants=(("platform", "frozen"),),
        signature=Signature(required=("Id",), any_of=(("A", "B"),), forbidden=("C",), name_pattern=r"posts.*csv", root=""),
        layout=Layout(preamble=0, header_row=0, unit_row=None, footer=("^Total",), missing=("-",), locale="en",
                      delimiter=",", encoding="utf-8"),
        columns=(
            Column(names=("Id",), fact="posts.post_id", parse="id", required=True),
            Column(names=("Day",), fact="posts.created_on", parse="date %Y-%m-%d"),
            Column(names=("Waves",), fact="post_counts.frozen__waves", parse="int", scale=1.0, scope="total",
                   extract="", missing=("n/a",), negative=False),
        ),
        grain="lifetime", window="lifetime", name_range=NameRange(pattern=r"(?P<start>\\d{8})", end="inclusive"),
        covers=("posts",), own=True, asks=("zone",),
        can=(Capability(fact="posts.post_id", native="Id", grain="lifetime", scope="total", availability="own",
                        exactness="exact", partly="", history_days=90, latency_days=1.0, meaning="", valid_from="",
                        valid_to="", evidence="help page"),),
        cannot=(Gap(fact="posts.person", why="left out", reason="field.missing", would_do="the archive"),), load="",
    )
    return [platform, source]

@hookimpl
def smmetrics_metrics():
    return [Metric(
        id="frozen.waves", version="1.0.0", title="Waves", question="How many?", formula="sum(posts.frozen__waves)",
        unit="count", better="higher", level="output", noun="waves", caveat="c", citation="d",
        parameters=(Parameter(name="k", type="number", default=3.0, meaning="m"),), activities=("communicating",),
        uses=("other",), maturity=7.0, min_denominator=10, min_units=5, guards=(), nearest=(("other.metric", "why"),),
        needs_roles=False, pairing="", about_people=False, interval="from_formula", counts_at="newest", scope="", per="",
    )]

@hookimpl
def smmetrics_goal_types():
    question = Question(text="Do they wave?", lead=("frozen.waves",), guard=("frozen.waves",))
    return [GoalType(id="frozen.be_waved_at", title="Be waved at", activities=("communicating",), questions=(question,), uses=())]

@hookimpl
def smmetrics_derived():
    return [Derived(table="frozen_piles", from_tables=("posts",), load="frozen.piles:fill")]

@hookimpl
def smmetrics_calculators():
    return [Calculator(produces="frozen.score", needs=("posts",), load="frozen.score:compute")]

@hookimpl
def smmetrics_labellers():
    return [Labeller(kind="cold", version="1", languages=("en",), load="frozen.labels:label")]

@hookimpl
def smmetrics_panels():
    return [Panel(id="frozen", title="Waves", needs=("frozen.waves",), shows="bars", load="frozen.panel:draw")]

@hookimpl
def smmetrics_exporters():
    return [Exporter(name="ice", suffix=".ice", load="frozen.ice:write")]

@hookimpl
def smmetrics_samples():
    return [Sample(name="frozen", title="Made up", load="frozen.samples:write")]
"""


def test_a_plugin_written_for_api_1_keeps_loading():
    module = ModuleType("smmetrics_frozen")
    exec(FROZEN, module.__dict__)
    registry = Registry.of(module)
    (state,) = registry.plugins
    assert state.error == ""
    assert state.status == "loaded"
    counts = {hook: len(registry.answers(hook)) for hook in api.hooks.HOOK_NAMES}
    assert counts == dict.fromkeys(api.hooks.HOOK_NAMES, 1) | {"smmetrics_facts": 2, "smmetrics_sources": 2}


def test_api_1_is_within_the_window():
    assert api.API_FLOOR <= 1 <= api.API
