"""Reports in the shapes people have them in: several tables, other columns, totals, spreadsheets, lines cut away."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from smmetrics.intake import Answers, Reader
from smmetrics.testing import reader_of
from smmetrics_web.ga4 import BY_DAY, REPORT
from smmetrics_web.samples import write
from smmetrics_web.universal import UNIVERSAL as UNIVERSAL_ANALYTICS

ABOVE = "# ----\n# Report\n# Account: Acme\n# Property: acme.example\n# ----\n# \n# All Users\n# Start date: 20240101\n# End date: 20240131\n"
GROUP = "Session primary channel group (Default Channel Group)"


@pytest.fixture
def reader(tmp_path):
    return reader_of("smmetrics_web", tmp_path / "copies")


@pytest.fixture
def read_all(reader, tmp_path):
    def reading(text, **answers):
        path = tmp_path / "data-export.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(reader.read_all(path, Answers(**answers)))

    return reading


def cells(result, *columns):
    return set(result.frames["breakdowns"].select(columns).iter_rows())


EVENTS = "Event name,Event count,Total users,Engagement rate\npage_view,5,3,62.5%\nscroll,2,1,0.5"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text + "\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("# Account: Acme\n# Property: acme.example\n", "# Property: acme.example\n# Account: Acme\n"),
        lambda text: text.replace("# Start date: 20240101\n# End date: 20240131", "# 20240101-20240131"),
        lambda text: text.replace("Event name,Event count,Total users", "Event name,Novelty,Event count,Total users")
        .replace("page_view,", "page_view,9,")
        .replace("scroll,", "scroll,9,"),
        lambda text: text.replace("\npage_view", "\n,7,4,0.6\npage_view"),
        lambda text: text.replace("\npage_view", "\nGrand total,7,4,0.6\npage_view"),
        lambda text: text.replace("\npage_view", "\n,7,4,0.6,Grand total\npage_view"),
    ],
)  # fmt: skip
def test_a_report_reads_the_same_in_every_shape(read_all, change):
    (result,) = read_all(change(ABOVE + EVENTS))

    assert (result.kind, result.kept, result.quarantined) == ("web.ga4_report", 2, 0)
    assert cells(result, "value", "fact", "number") == {
        ("page_view", "web__events", 5.0),
        ("page_view", "web__people", 3.0),
        ("page_view", "web__engaged_rate", 0.625),
        ("scroll", "web__events", 2.0),
        ("scroll", "web__people", 1.0),
        ("scroll", "web__engaged_rate", 0.5),
    }
    assert cells(result, "account_id", "window_start", "window_end") == {
        ("acme.example", date(2024, 1, 1), date(2024, 2, 1))
    }


SNAPSHOT = (
    "Nth day,Active users\n0000,5\n0030,7\n\n# Start date: 20240201\n# End date: 20240229\n"
    "Nth day,New users\n0000,2\n\n# Start date: 20240101\n# End date: 20240131\n" + GROUP + ",Sessions\nEmail,9\n"
)


def test_several_cards_are_several_tables_each_with_its_own_days(read_all):
    active, new, groups = read_all(ABOVE + SNAPSHOT)

    assert cells(active, "window_start", "fact", "number") == {
        (date(2024, 1, 1), "web__active_people", 5.0),
        (date(2024, 1, 31), "web__active_people", 7.0),
    }
    assert cells(new, "window_start", "fact", "number") == {(date(2024, 2, 1), "web__new_people", 2.0)}
    assert cells(groups, "dimension", "value", "number") == {("channel_group", "Email", 9.0)}
    assert [each.kind for each in (active, new, groups)] == ["web.ga4_days", "web.ga4_days", "web.ga4_report"]


SPANISH = (
    "# ----\n# Exportar informe en formato CSV\n# Cuenta: Acme\n# Propiedad: acme.example\n# ----\n#  \n"
    "# Fecha de inicio: 20240101\n# Fecha de finalización: 20240131\nDía N,Usuarios\n0000,5\n0030,7\n\n"
    "# ¿Cuál es la tendencia?\n# Fecha de inicio: 20240101\n# Fecha de finalización: 20240131\n"
    "Día N,30 días,7 días,1 día\n0000,9,4,1\n\n"
    "# Fecha de inicio: 20240101\n# Fecha de finalización: 20240131\nNombre del evento,Número de eventos\nscroll,2"
)


def test_a_spanish_snapshot_reads_the_same(read_all):
    people, trend, events = read_all(SPANISH)

    assert cells(people, "account_id", "window_start", "fact", "number") == {
        ("acme.example", date(2024, 1, 1), "web__people", 5.0),
        ("acme.example", date(2024, 1, 31), "web__people", 7.0),
    }
    assert cells(trend, "fact", "number") == {
        ("web__active_people_month", 9.0),
        ("web__active_people_week", 4.0),
        ("web__active_people_day", 1.0),
    }
    assert cells(events, "dimension", "value", "fact", "number") == {("event", "scroll", "web__events", 2.0)}


def test_a_list_of_single_visitors_is_refused_and_says_what_it_has(read_all):
    (result,) = read_all(ABOVE + "App-instance ID,Stream name,Sessions\n1.1,site,3\n1.2,site,1\n")

    assert (result.status, result.exit_code) == ("refused", 4)
    assert "App-instance ID" in result.hint


def test_visits_by_day_and_channel_are_visits(read_all):
    rows = f"{GROUP},Date,Sessions,Key events,Total revenue\nOrganic Social,20240103,12,1,20.5\nEmail,20240103,4,0,0\n"
    (result,) = read_all(ABOVE + rows)

    assert result.kind == "web.ga4_acquisition"
    assert set(result.frames["visits"].select("date", "channel", "visits", "conversions", "value").iter_rows()) == {
        (date(2024, 1, 3), "Organic Social", 12, 1, 20.5),
        (date(2024, 1, 3), "Email", 4, 0, 0.0),
    }
    assert ("Email", "visits", 4.0) in cells(result, "value", "fact", "number")


def test_two_dimensions_are_kept_together_and_no_visit_is_counted_twice(read_all):
    rows = f"Landing page,{GROUP},Date,Sessions\n/a,Email,20240103,1\n/b,Email,20240103,2\n"
    (result,) = read_all(ABOVE + rows)

    assert "visits" not in result.frames
    assert cells(result, "dimension", "value", "number") == {
        ("channel_group | landing_page", "Email | /a", 1.0),
        ("channel_group | landing_page", "Email | /b", 2.0),
    }


def test_a_table_whose_lines_above_were_cut_away_is_refused_in_words(read_all):
    (result,) = read_all(EVENTS)

    assert (result.status, result.exit_code) == ("refused", 4)
    assert "lacks the lines above its table" in result.hint


def test_numbered_days_without_a_first_day_are_refused_in_words(read_all):
    (result,) = read_all("# Property: acme.example\nNth day,Active users\n0000,5\n")

    assert (result.status, result.exit_code) == ("refused", 4)
    assert "first one" in result.reason


def test_made_up_reports_agree_with_one_another(reader, tmp_path):
    drawn = write(tmp_path / "drawn", 7, date(2024, 1, 1), 1)
    (visits,) = [path for path in drawn if path.name.startswith("acquisition")]
    with visits.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

    found = reader.read(visits, Answers()).frames["visits"]
    for column, ours in {"Sessions": "visits", "Key events": "conversions", "Total revenue": "value"}.items():
        assert Decimal(repr(found[ours].sum())) == sum(Decimal(row[column]) for row in rows)


def test_a_card_of_who_came_back_is_left_out_by_its_name_and_no_sign_of_a_missing_line(read_all):
    weeks = "\n\n# How well do you retain your users?\n# Start date: 20240101\nDate,Week 0,Week 1\nJan 1 - Jan 7,9,2\n"
    _, left = read_all(ABOVE + EVENTS + weeks)
    assert (left.part, left.no_loss) == ("table 2", "left_out")
    assert "came back" in left.reason
    assert "missing" not in left.hint


def test_a_report_that_lost_the_lines_above_it_is_told_what_it_lacks(read_all):
    text = "Session primary channel group (Default channel group),Date,Users,Sessions\nDirect,16-04-2024,237,300\n"
    (result,) = read_all(text)
    assert result.status == "refused"
    assert "Google Analytics 4" in result.hint
    assert "lines above its table" in result.hint


JAPANESE = (
    "# ----\n# ページとスクリーン\n# アカウント: acme\n# 開始日: 20240101\n# 終了日: 20240131\n# ----\n\n"
    "ページパス + クエリ文字列,表示回数,アクティブ ユーザー,ユーザーあたりのビュー,平均エンゲージメント時間\n"
    ',"1,234",30,4.1,40\n/a/,"1,200",20,1.5,50\n/b/,34,10,1.2,30\n'
)
EXPLORED = "# ----\n# acme\n# 自由形式 1\n# 20240101-20240131\n# ----\n\nページパス + クエリ文字列,表示回数\n,1234,総計\n/a/,1200\n/b/,34\n"


@pytest.mark.parametrize("text", [JAPANESE, EXPLORED])
def test_a_japanese_report_and_exploration_are_read_without_their_totals(read_all, text):
    (result,) = read_all(text, account="acme.example")
    assert (result.kind, result.kept, result.footer, result.quarantined) == ("web.ga4_report", 2, 1, 0)
    assert {("page", "/a/", "views", 1200.0), ("page", "/b/", "views", 34.0)} <= cells(
        result, "dimension", "value", "fact", "number"
    )


@pytest.mark.parametrize("revenue", ["99999999999999999999", "99999999999999999999.5"])
def test_a_sum_beyond_what_decimals_of_the_machine_hold_is_added_up_exactly(read_all, revenue):
    rows = f"Direct,20240101,3,0.25\nDirect,20240102,4,{revenue}\nDirect,20240103,5,{revenue}\n"
    (result,) = read_all(f"{ABOVE}{GROUP},Date,Sessions,Total revenue\n{rows}")
    assert result.frames["visits"]["value"].to_list() == [0.25, float(revenue), float(revenue)]


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (("Konto", "Property", "Startdatum", "Enddatum"), "Seitenpfad und Bildschirmklasse,Aufrufe,Aktive Nutzer"),
        (("Conta", "Propriedade", "Data de início", "Data final"), "Caminho da página e classe da tela,Visualizações,Usuários ativos"),
        (("Compte ", "Propriété ", "Date de début ", "Date de fin "), "Chemin de la page et classe de l\u2019écran,Vues,Utilisateurs actifs"),
        (("Account", "Proprietà", "Data di inizio", "Data di fine"), "Percorso pagina e classe schermata,Visualizzazioni,Utenti attivi"),
        (("Cuenta", "Propiedad", "Fecha de inicio", "Fecha de finalización"), "Ruta de página y clase de pantalla,Vistas,Usuarios activos"),
    ],
)  # fmt: skip
def test_a_report_reads_the_same_in_other_languages_whatever_the_lines_above_it_are_called(read_all, lines, header):
    account, site, start, end = lines
    above = f"# ----\n# Titel: {header.partition(',')[0]}\n# {account}: Acme\n# {site}: acme.example\n# ----\n# \n# X\n"
    days = f"# {start}: 20240101\n# {end}: 20240131\n", f"# {start}: 20240201\n# {end}: 20240229\n"
    one, two = read_all(f"{above}{days[0]}{header}\n/a,5,3\n\n{days[1]}{header}\n/a,7,4\n")

    assert cells(one, "dimension", "value", "fact", "number") == {
        ("page", "/a", "views", 5.0),
        ("page", "/a", "web__active_people", 3.0),
    }
    assert [cells(each, "account_id", "window_start", "window_end") for each in (one, two)] == [
        {("acme.example", date(2024, 1, 1), date(2024, 2, 1))},
        {("acme.example", date(2024, 2, 1), date(2024, 3, 1))},
    ]


def test_new_and_returning_visitors_by_day_are_numbers_cut_by_which_they_are(read_all):
    days, left = read_all(f"{ABOVE}Nth day,new,returning\n0000,5,2\n0001,3,\n\n{ABOVE}Cohort,Day 1\n0,9\n")

    assert cells(days, "window_start", "dimension", "value", "fact", "number") == {
        (date(2024, 1, 1), "new_or_returning", "new", "web__active_people", 5.0),
        (date(2024, 1, 1), "new_or_returning", "returning", "web__active_people", 2.0),
        (date(2024, 1, 2), "new_or_returning", "new", "web__active_people", 3.0),
    }
    assert (left.no_loss, left.hint[:7]) == ("left_out", "Nothing")


UNIVERSAL = """# ----------------------------------------
# All Web Site Data
# Channels
# 20180101-20180131
# ----------------------------------------

Default Channel Grouping,Users,New Users,Sessions,Bounce Rate,Pages / Session,Avg. Session Duration
Organic Search,"1,100",50,120,50.00%,2.10,00:01:05
,"1,100",50,120,50.00%,2.10,00:01:05

Day Index,Users
1/1/18,3
,3
"""


def test_a_report_of_before_is_known_by_its_name_and_says_what_to_do(tmp_path):
    path = tmp_path / "Analytics All Web Site Data Channels.csv"
    path.write_text(UNIVERSAL, encoding="utf-8")
    reader = Reader((REPORT, BY_DAY), {}, copies=tmp_path, key=bytes(32), use={}.get, strangers=(UNIVERSAL_ANALYTICS,))
    (result,) = reader.read_all(path, Answers())
    assert (result.status, "Universal Analytics" in result.reason) == ("refused", True)
    assert "smmetrics map" in result.hint


def test_a_workbook_of_before_is_known_by_its_name(tmp_path):
    path = tmp_path / "Analytics.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, cells in (("Summary", ["All Web Site Data"]), ("Dataset1", ["Source / Medium", "Users", "Sessions"])):
            book.add_worksheet(name).write_row(0, 0, cells)
    reader = Reader((REPORT, BY_DAY), {}, copies=tmp_path, key=bytes(32), use={}.get, strangers=(UNIVERSAL_ANALYTICS,))
    (result,) = reader.read_all(path, Answers())
    assert (result.status, "Dataset1: The file is a report of Universal" in result.hint) == ("refused", True)


def test_a_report_of_today_is_not_taken_for_one_of_before(tmp_path):
    path = tmp_path / "data-export.csv"
    path.write_text(ABOVE + EVENTS, encoding="utf-8")
    reader = Reader((), {}, copies=tmp_path, key=bytes(32), use={}.get, strangers=(UNIVERSAL_ANALYTICS,))
    (result,) = reader.read_all(path, Answers())
    assert "Universal" not in result.reason
