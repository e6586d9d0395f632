"""Records check themselves: a fault names the record and the field."""

from __future__ import annotations

import dataclasses

import pytest

from smmetrics import api
from smmetrics.api.stored import CORE_TABLES
from smmetrics.api.views import CORE_VIEWS

GOOD = {
    api.About: {"name": "flickr", "title": "Flickr", "api": 1},
    api.Platform: {"id": "flickr", "title": "Flickr", "access": "export_only"},
    api.Fact: {"table": "post_counts", "name": "flickr__faves", "type": "int", "unit": "count", "additivity": "additive"},
    api.Dimension: {"name": "album", "title": "Album"},
    api.Capability: {"fact": "posts.text", "native": "Title"},
    api.Gap: {"fact": "posts.person", "why": "names are left out"},
    api.Column: {"names": ("Faves",), "fact": "post_counts.likes", "parse": "int"},
    api.NameRange: {"pattern": r"(?P<start>\d{8})_(?P<end>\d{8})"},
    api.Metric: {
        "id": "flickr.faves", "version": "1.0.0", "title": "Faves", "question": "How many?", "formula": "sum(posts.likes)",
        "unit": "count", "better": "higher", "level": "output",
    },
    api.Parameter: {"name": "sla", "type": "number", "default": 24.0},
    api.Question: {"text": "Do people like it?", "lead": ("flickr.faves",)},
    api.GoalType: {
        "id": "flickr.be_seen", "title": "Be seen", "activities": ("communicating",),
        "questions": (api.Question(text="Are we?", lead=("flickr.faves",)),),
    },
    api.Source: {
        "kind": "photos", "platform": "flickr", "table": "posts", "title": "Photos", "container": "csv",
        "how_to_get": "Settings, Download", "takes": "all photos", "columns": (api.Column(names=("Id",), fact="posts.post_id"),),
    },
    api.Derived: {"table": "flickr_albums", "from_tables": ("posts",), "load": "smmetrics_flickr.albums:fill"},
    api.Calculator: {"produces": "scores", "needs": ("posts",), "load": "smmetrics_flickr.scores:compute"},
    api.Labeller: {"kind": "sentiment", "version": "1.0", "languages": ("en",), "load": "smmetrics_flickr.words:label"},
    api.Panel: {"id": "faves", "title": "Faves", "needs": ("flickr.faves",), "shows": "bars", "load": "smmetrics_flickr.panel:draw"},
    api.Exporter: {"name": "ods", "suffix": ".ods", "load": "smmetrics_flickr.ods:write"},
    api.Sample: {"name": "flickr", "title": "A made-up album", "load": "smmetrics_flickr.samples:write"},
}  # fmt: skip

FAULTS = [
    (api.About, {"name": "Flickr Pro"}, "About.name"),
    (api.About, {"name": ""}, "About.name"),
    (api.About, {"title": " "}, "About.title"),
    (api.Platform, {"access": "scraped"}, "Platform.access"),
    (api.Fact, {"type": "varchar"}, "Fact.type"),
    (api.Fact, {"unit": "kg"}, "Fact.unit"),
    (api.Fact, {"additivity": "sometimes"}, "Fact.additivity"),
    (api.Fact, {"name": "Faves"}, "Fact.name"),
    (api.Capability, {"grain": "hourly"}, "Capability.grain"),
    (api.Capability, {"scope": "all"}, "Capability.scope"),
    (api.Capability, {"exactness": "roughly"}, "Capability.exactness"),
    (api.Gap, {"why": ""}, "Gap.why"),
    (api.Gap, {"reason": "because"}, "Gap.reason"),
    (api.Column, {"parse": "integer"}, "Column.parse"),
    (api.Column, {"parse": "date"}, "needs a format"),
    (api.Column, {"extract": "(unclosed"}, "Column.extract"),
    (api.Column, {"names": "Faves"}, "Column.names is the text 'Faves'; several texts belong there: ('Faves',)"),
    (api.Source, {"covers": "posts"}, "Source.covers"),
    (api.NameRange, {"pattern": "[a"}, "NameRange.pattern"),
    (api.Metric, {"id": "faves"}, "Metric.id"),
    (api.Metric, {"id": "flickr.Faves"}, "Metric.id"),
    (api.Metric, {"version": "1"}, "Metric.version"),
    (api.Metric, {"question": ""}, "Metric.question"),
    (api.Metric, {"unit": "faves"}, "Metric.unit"),
    (api.Metric, {"better": "up"}, "Metric.better"),
    (api.Metric, {"level": "vanity"}, "Metric.level"),
    (api.Metric, {"activities": ("shouting",)}, "Metric.activities"),
    (api.Metric, {"uses": ("spam",)}, "Metric.uses"),
    (api.Metric, {"parameters": (api.Parameter(name="k", type="number", default=1.0),) * 2}, "one name"),
    (api.Parameter, {"type": "float"}, "Parameter.type"),
    (api.Question, {"lead": ()}, "Question.lead"),
    (api.GoalType, {"id": "be_seen"}, "GoalType.id"),
    (api.GoalType, {"activities": ("shouting",)}, "GoalType.activities"),
    (api.Source, {"container": "pdf"}, "Source.container"),
    (api.Source, {"how_to_get": ""}, "Source.how_to_get"),
    (api.Source, {"takes": ""}, "Source.takes"),
    (api.Source, {"version": "new"}, "Source.version"),
    (api.Source, {"columns": ()}, "neither columns nor load"),
    (api.Source, {"load": "smmetrics_flickr.read"}, "Source.load"),
    (api.Source, {"load": "smmetrics_flickr.read:photos"}, "columns beside load"),
    (api.Source, {"load": "f.read:photos", "columns": (), "constants": (("posts.kind", "post"),)}, "constants beside"),
    (api.Derived, {"load": "read()"}, "Derived.load"),
    (api.Sample, {"name": "Sample 1"}, "Sample.name"),
]


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.__name__)
def test_a_good_record_is_made_frozen_and_comparable(kind):
    record = kind(**GOOD[kind])
    assert record == kind(**GOOD[kind])
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
        setattr(record, dataclasses.fields(kind)[0].name, "other")
    with pytest.raises(TypeError):
        kind(*GOOD[kind].values())
    assert not hasattr(record, "__dict__")


@pytest.mark.parametrize(("kind", "change", "words"), FAULTS)
def test_a_faulty_record_names_itself_and_the_field(kind, change, words):
    with pytest.raises(api.PluginFault) as raised:
        kind(**(GOOD[kind] | change))
    assert words in str(raised.value)


def test_table_keys_are_columns_of_the_table():
    column = api.Fact(table="flickr_albums", name="album_id")
    with pytest.raises(api.PluginFault, match=r"Table.key"):
        api.Table(name="flickr_albums", title="Albums", one_row_is="an album", key=("id",), columns=(column,))


def test_columns_that_this_release_computes_are_fed_by_facts_that_exist():
    facts = {fact.id for table in CORE_TABLES for fact in table.columns}
    columns = [column for view in CORE_VIEWS if view.computed for column in view.columns if column.computed]
    assert {need for column in columns for need in (*column.needs, *column.any_of)} <= facts


def test_core_views_have_their_key_and_time_among_their_columns():
    for view in CORE_VIEWS:
        names = [column.name for column in view.columns]
        assert len(names) == len(set(names)), view.name
        assert {*view.key} <= {*names}, view.name
        assert view.event_time is None or view.event_time in names, view.name


def test_errors_say_where_what_and_what_to_do():
    error = api.UserMistake("no such goal", where="strategy.toml line 4", hint="Name one of: a, b.", code="SMM-S006")
    assert str(error) == "strategy.toml line 4: no such goal Name one of: a, b."
    assert (error.exit_code, error.code) == (2, "SMM-S006")


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        (
            api.Metric,
            {"id": "flickr.faves", "version": "1"},
            "Metric.version of 'flickr.faves' is '1'; expected something",
        ),
        (api.Column, {"names": ("Faves",), "parse": "integer"}, "Column.parse of 'Faves' is 'integer'; allowed"),
        (
            api.Column,
            {"names": ("Faves",), "extract": "(x"},
            "Column.extract of 'Faves': '(x' is no regular expression",
        ),
        (api.Fact, {"table": "posts", "name": "flickr__faves", "unit": "kg"}, "Fact.unit of 'posts.flickr__faves' is"),
        (api.Fact, {"name": "Faves"}, "Fact.name of 'post_counts.Faves' is 'Faves'"),
        (api.Source, {"platform": "flickr", "kind": "posts", "version": "new"}, "Source.version of 'flickr.posts' is"),
        (api.Source, {"asks": ("timezone",)}, "is 'timezone'; allowed: year, zone, locale, account, period"),
        (api.Capability, {"fact": "posts.text", "grain": "hourly"}, "Capability.grain of 'posts.text' is 'hourly'"),
        (api.Parameter, {"name": "k", "type": "float"}, "Parameter.type of 'k' is 'float'"),
        (api.Question, {"text": "Q?", "lead": ()}, "Question.lead of 'Q?' is empty"),
        (api.About, {"name": "X Y"}, "About.name is 'X Y'"),
    ],
)
def test_a_fault_says_which_of_many_records_it_is(kind, change, words):
    with pytest.raises(api.PluginFault) as raised:
        kind(**(GOOD[kind] | change))
    assert str(raised.value).startswith(words) or words in str(raised.value)
