"""Sheets kept by hand in several languages: their headings are known, and what may mean two things is asked."""

from collections import defaultdict
from dataclasses import replace

import pytest

from smmetrics.api import SmmetricsError
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace
from smmetrics.workspace.mapping import Given, accept, propose
from smmetrics.workspace.mapping.everyday import everyday
from smmetrics.workspace.mapping.making import keep

HOURS = "Datum;Wer;Stunden;Was\n03.11.2026;Rosa;1,5;reply\n04.11.2026;Tom;2;plan\n"
SHEETS = {
    "de hours": (HOURS, "effort", "day person minutes ?"),
    "de meetings": (
        "Datum;Uhrzeit;Titel;Teilnehmer;Dauer\n03.11.2026;18:30;Lesekreis;12;90\n",
        "events", "day - title came minutes",
    ),
    "de requests": (
        "Eingang;Kanal;Betreff;Beantwortet;Bearbeiter\n03.11.2026 09:12;Mail;Preis;03.11.2026 10:40;Tom\n",
        "cases", "opened_at channel topic first_response_at assignee",
    ),
    "de posts": (
        "Datum;Autor;Titel;Text;Kommentare\n03.11.2026;Rosa;Kompost;So geht Kompost im Winter;3\n",
        "posts", "created_on ? title text comments",
    ),
    "fr requests": (
        "reçu le;canal;objet;résolu le;responsable\n13/11/2026;courriel;prix;14/11/2026;Tom\n",
        "cases", "day channel topic - assignee",
    ),
    "es meetings": (
        "Fecha;Evento;Asistentes;Invitados;Lugar\n13/11/2026;Lectura;12;30;plaza\n",
        "events", "day title came invited channel",
    ),
    "en hours": ("Date,Who,Hours,Remarks\n2026-11-03,Rosa,1.5,busy\n", "effort", "day person minutes note"),
}  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    registry = Registry.of("smmetrics_anytable", "smmetrics_offline", "smmetrics_youtube")
    return Workspace(tmp_path_factory.mktemp("acme"), registry=registry).installed


@pytest.fixture
def mapped(installed, file, tmp_path):
    def mapping(text, *columns):
        return propose(file(text, "sheet.csv"), tmp_path, installed, Given(columns=columns, platform="offline"))[0]

    return mapping


def told(mapping, header):
    return next(each for each in mapping.columns if each.header == header)


@pytest.mark.parametrize(("text", "table", "columns"), SHEETS.values(), ids=SHEETS)
def test_everyday_headings_say_what_a_row_and_its_columns_are(mapped, text, table, columns):
    mapping = mapped(text)
    found = [each.to.rpartition(".")[2] or "-" for each in mapping.columns]
    assert (mapping.table, " ".join(found)) == (table, columns)


def test_every_word_names_a_column_there_is_and_none_of_an_export(installed):
    known = {fact.id for table in installed.tables.values() for fact in table.columns}
    assert set().union(*everyday().values()) <= known
    tables = defaultdict(set)
    for word, facts in everyday().items():
        for fact in facts:
            tables[word, fact.partition(".")[0]].add(fact)
    assert tables["Was", "effort"] == {"effort.note", "effort.task"}
    assert max(map(len, tables.values())) == 2  # more than two to choose from helps nobody


def test_a_word_that_may_mean_two_columns_is_asked_until_one_is_said(mapped, tmp_path):
    mapping = mapped(HOURS)
    assert "effort.note or effort.task" in mapping.open[0]
    with pytest.raises(SmmetricsError, match="'Was'"):
        accept(mapping, tmp_path)
    keep(mapping, tmp_path)
    assert mapped(HOURS).open == mapping.open
    keep(mapped(HOURS, "Was="), tmp_path)
    assert mapped(HOURS).open == ()


def test_who_wrote_a_post_is_taken_only_where_somebody_says_so(mapped):
    sheet = SHEETS["de posts"][0]
    assert "where all are yours" in mapped(sheet).open[0]
    assert told(mapped(sheet, "Autor=posts.person"), "Autor").to == "posts.person"
    assert mapped(sheet, "Autor=").open == ()


def test_hours_become_minutes_and_a_length_without_a_unit_is_asked(mapped):
    assert told(mapped(HOURS), "Stunden").scale == 60
    sheet = SHEETS["de meetings"][0]
    asked = mapped(sheet)
    assert "hours or minutes" in asked.open[0]
    for word, scale in (("hours", 60), ("minutes", 1)):
        said = told(mapped(sheet, f"Dauer=events.minutes {word}"), "Dauer")
        assert (said.parse, said.scale) == ("number", scale)


def test_lengths_written_like_clocks_are_not_guessed(mapped):
    assert "like clocks" in mapped(HOURS.replace("1,5", "1:30").replace(";2;", ";2:00;")).open[0]


def test_days_alone_make_no_time_of_day(mapped):
    sheet = SHEETS["fr requests"][0]
    assert "days alone" in told(mapped(sheet), "résolu le").why
    with pytest.raises(SmmetricsError, match="days alone"):
        mapped(sheet, "résolu le=cases.resolved_at date %d/%m/%Y")


@pytest.mark.parametrize(("account", "reason"), [("garden", ""), ("", "roles.unmatched")])
def test_posts_of_a_table_that_is_ours_are_ours_where_its_account_is_said(file, tmp_path, account, reason):
    plugins = Registry.of("smmetrics_anytable", "smmetrics_offline")
    workspace = Workspace(tmp_path / "acme", registry=plugins)
    workspace.root.mkdir()
    path, given = file(SHEETS["de posts"][0], "sheet.csv"), Given(platform="forum", account=account)
    mapping, _, _ = propose(path, workspace.root, workspace.installed, replace(given, columns=("Autor=",)))
    accept(mapping, workspace.root)
    again = Workspace(workspace.root, registry=plugins)
    again.import_(path)
    (reading,) = again.measure("count(posts, ours)").frame.to_dicts()
    assert (reading["value"], reading["reason"].partition(":")[0]) == (None if reason else 1, reason)


def test_meetings_read_by_a_mapping_are_counted_on_the_days_they_cover(file, tmp_path):
    workspace = Workspace(tmp_path / "acme", registry=Registry.of("smmetrics_anytable", "smmetrics_offline"))
    workspace.root.mkdir()
    path = file(SHEETS["es meetings"][0] + "14/11/2026;Mercado;60;;plaza\n", "sheet.csv")
    mapping, _, _ = propose(path, workspace.root, workspace.installed, Given(platform="offline"))
    accept(mapping, workspace.root)
    again = Workspace(workspace.root, registry=Registry.of("smmetrics_anytable", "smmetrics_offline"))
    again.import_(path)
    days = again.measure("sum(events.came)", grain="day").frame
    assert days.select("value").to_series().to_list() == [12, 60]
