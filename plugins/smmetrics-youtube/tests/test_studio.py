"""Studio's tables in the spellings people have them in: columns chosen, languages, spreadsheets, names lost."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from smmetrics.intake import Answers
from smmetrics_youtube.samples import write

HEADER = "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,Impressions click-through rate (%),Average view duration\n"
TOTAL = "Total,,,,1012,12.5,3,9000,5.19,0:01:35\n"
OLD = 'M1fTBQ96BRM,"One, two","Dec 15, 2023",134,1000,10.5,-2,8000,4.53,0:01:35\n'
NEW = 'OrVFdHWj3p4,Shorts have none,"Feb 2, 2024",30,12,2,5,,,0:00:05\n'
TABLE = HEADER + TOTAL + OLD + NEW


def counts(result):
    return {row["post_id"]: row for row in result.frames["post_counts"].to_dicts()}


def rearranged(text, change):
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(change(row) for row in rows)
    return out.getvalue()


def is_whole(result):
    found = counts(result)
    assert (result.kind, result.kept, result.footer, result.quarantined) == ("youtube.studio_videos", 2, 1, 0)
    assert (found["M1fTBQ96BRM"]["views"], found["OrVFdHWj3p4"]["views"]) == (1000, 12)
    assert found["M1fTBQ96BRM"]["watch_seconds"] == 37800.0
    assert found["M1fTBQ96BRM"]["youtube__subscribers_net"] == -2
    assert found["M1fTBQ96BRM"]["youtube__click_rate"] == 0.0453
    assert found["M1fTBQ96BRM"]["youtube__average_view_seconds"] == 95.0
    assert found["OrVFdHWj3p4"]["impressions"] is None
    return True


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: rearranged(text, lambda row: row[:1] + row[:0:-1]),
        lambda text: rearranged(text, lambda row: [*row, "7" if row[0] != "Content" else "Hypes"]),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(TOTAL, "") + TOTAL,
        lambda text: text.replace('"One, two"', "One two").replace('"Dec 15, 2023"', "2023-12-15"),
        lambda text: text.replace("Impressions", "Thumbnail impressions", 1).replace("Impressions click", "Thumbnail click"),
        lambda text: text.replace("1000,10.5", '"1,000",10.5'),
        lambda text: text.upper().replace("M1FTBQ96BRM", "M1fTBQ96BRM").replace("ORVFDHWJ3P4", "OrVFdHWj3p4"),
    ],
)  # fmt: skip
def test_a_table_reads_the_same_in_every_shape(read, change):
    assert is_whole(read(change(TABLE)))


def test_semicolons_of_another_spreadsheet_read_the_same(read):
    rows = list(csv.reader(io.StringIO(TABLE)))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)

    assert is_whole(read(out.getvalue()))


def test_numbers_in_another_language_are_read_where_it_is_said_and_never_guessed(read):
    text = (
        TABLE.replace("10.5,", '"10,5",')
        .replace("4.53", '"4,53"')
        .replace("12.5,", '"12,5",')
        .replace("5.19", '"5,19"')
    )

    assert is_whole(read(text, locale="de"))
    guessed = read(text)
    assert "M1fTBQ96BRM" not in counts(guessed) if guessed.status == "read" else guessed.exit_code == 4


def test_a_last_line_that_says_how_many_are_shown_is_no_video(read):
    result = read(TABLE + "Showing top 500 results,,,,,,,,,\n")

    assert (result.kept, result.footer, result.quarantined) == (2, 2, 0)


@pytest.mark.parametrize(
    "note",
    [
        "Showing top 500 results",
        "Mostrando os primeiros 500 resultados",
        "Die 500 be\u00adsten Er\u00adgeb\u00adnis\u00adse wer\u00adden an\u00adge\u00adzeigt",
    ],
)
@pytest.mark.parametrize("end", ["\n", ""])
def test_the_last_line_of_a_long_table_is_no_broken_record(read, note, end):
    result = read(TABLE + note + end)

    assert (result.kept, result.footer, result.quarantined) == (2, 2, 0)
    assert not any("breaks off" in message for message in result.messages)


@pytest.mark.parametrize(
    ("text", "fact", "number"),
    [
        ("Date,Average view duration\n2024-02-01,\n2024-02-02,0:01:35\n", "youtube__average_view_seconds", 95.0),
        ("Data,Receita estimada (USD)\n2024-02-01,\n2024-02-02,12.5\n", "youtube__revenue_usd", 12.5),
        ("Data,Espectadores únicos\n2024-02-01,\n2024-02-02,7\n", "reach", 7),
    ],
)
def test_whatever_the_chart_showed_the_totals_are_read(read, text, fact, number):
    result = read(text, name="Totals.csv")

    assert (result.kind, result.kept, result.quarantined) == ("youtube.studio_days", 2, 0)
    assert result.frames["account_counts"].get_column(fact).to_list() == [None, number]


def test_a_chart_of_averages_by_video_keeps_them_by_day(read):
    text = 'Date,Content,Video title,Average view duration\n2024-02-01,M1fTBQ96BRM,"One, two",0:01:35\n'
    result = read(text, name="Chart data.csv")

    assert (result.kind, result.kept) == ("youtube.studio_video_days", 1)
    assert counts(result)["M1fTBQ96BRM"]["youtube__average_view_seconds"] == 95.0
    assert counts(result)["M1fTBQ96BRM"]["window"] == "day"


GERMAN = (
    "Videos,Videotitel,Veröffentlichungszeitpunkt des Vi\u00addeos,Dauer,Aufrufe,Wiedergabezeit (Stunden),Abonnenten,"
    "Impressionen,Klickrate der Impressionen (%),Durchschnittliche Wiedergabedauer\n"
)
PORTUGUESE = (
    "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Duração,Visualizações,Tempo de exibição (horas),Inscritos,"
    "Impressões,Taxa de cliques de impressões (%),Duração média da visualização\n"
)


@pytest.mark.parametrize(("header", "total"), [(GERMAN, "Gesamt"), (GERMAN, "Ge\u00adsamt"), (PORTUGUESE, "Total")])
def test_headers_of_other_languages_read_the_same(read, header, total):
    assert is_whole(read(header + TOTAL.replace("Total", total) + OLD + NEW, name="Tabellendaten.csv"))


def test_what_came_out_within_the_days_of_the_archive_has_lived_all_its_life_in_them(read):
    found = counts(read(TABLE))

    old, new = found["M1fTBQ96BRM"], found["OrVFdHWj3p4"]
    assert (old["window"], old["window_start"], old["window_end"]) == ("range", date(2024, 2, 1), date(2024, 3, 1))
    assert (new["window"], new["window_start"], new["window_end"]) == ("lifetime", None, None)


@pytest.mark.parametrize("folder", ["Downloads", "2024-02-01_2024-03-01", "Content 2024-02-01"])
def test_without_the_name_no_day_is_made_up(read, folder):
    result = read(TABLE, folder=folder)

    assert {row["window"] for row in counts(result).values()} == {"range"}
    assert any("which days" in message for message in result.messages)


@pytest.mark.parametrize(
    ("header", "lacks"),
    [
        (HEADER.replace("Content,", "Kontent,"), "'Content'"),
        (HEADER.replace("Video title,", "Name,"), "'Video title'"),
    ],
)
def test_a_column_renamed_is_named_in_the_refusal(read, header, lacks):
    result = read(header + OLD + NEW)

    assert (result.status, result.exit_code) == ("refused", 4)
    assert lacks in result.hint
    assert "youtube.studio_videos" in result.hint


def test_a_view_somebody_did_not_choose_is_not_reported_and_not_0(read):
    result = read('Content,Video title,Video publish time\nM1fTBQ96BRM,One,"Feb 2, 2024"\n')

    assert result.kept == 1
    assert "post_counts" not in result.frames or result.frames["post_counts"].height == 0


def test_a_video_without_a_title_is_set_aside_rather_than_taken_for_one(read):
    result = read(TABLE + "Es gibt noch mehr,,,,,,,,,\n", accept_quarantine=True)

    assert (result.kept, result.quarantined) == (2, 1)
    assert result.quarantine["reason"].to_list() == ["missing_required"]


def test_totals_by_week_are_refused_in_words(read):
    result = read("Date,Views\n2024-02-04,5\n2024-02-11,6\n2024-02-18,7\n", "Totals.csv")

    assert (result.status, result.exit_code) == ("refused", 4)
    assert "7 days apart" in result.reason


def test_a_table_of_another_platform_by_day_is_not_youtubes(read):
    result = read("Date,Views,Followers\n2024-02-04,5,1\n2024-02-05,6,1\n", "export.csv")

    assert result.status == "refused"


def test_viewers_of_another_platform_by_day_are_not_youtubes(read):
    text = "Date,Total Viewers,New Viewers,Returning Viewers\n2024-02-01,9,1,8\n2024-02-02,7,2,5\n"
    assert read(text, "Viewers.csv", folder="").status == "refused"


def test_totals_are_days_and_an_empty_day_is_not_0(read):
    rows = read("Date,Views,Subscribers\n2024-02-04,,\n2024-02-05,0,-1\n", "Totals.csv").frames["account_counts"]

    assert rows.select("views", "youtube__subscribers_net").rows() == [(None, None), (0, -1)]
    assert set(rows["window"]) == {"day"}


AGES = "Viewer age,Views (%),Average view duration,Watch time (hours) (%)\n13–17 years,10.5,0:00:20,9.75\n18–24 years,89.5,0:01:00,90.25\n"
CITIES = "Cities,City name,Views\nTotal,,12\n0x47a84e373f035901:0x42120465b5e3b70,Berlin,12\n"


def test_ages_and_places_are_cuts_with_shares_as_fractions(read):
    ages = read(AGES, folder="Viewer age 2024-02-01_2024-03-01 Acme")
    assert ages.kind == "youtube.studio_cuts"
    shares = ages.frames["breakdowns"].filter(fact="youtube__share_of_views")
    assert shares.select("dimension", "value", "number").rows() == [
        ("viewer_age", "13–17 years", 0.105),
        ("viewer_age", "18–24 years", 0.895),
    ]
    places = read(CITIES, folder="Cities 2024-02-01_2024-03-01 Acme").frames["breakdowns"]
    assert places.select("dimension", "value", "label", "number").rows() == [
        ("city", "0x47a84e373f035901:0x42120465b5e3b70", "Berlin", 12.0)
    ]


@pytest.fixture
def drawn(tmp_path):
    return write(tmp_path / "drawn", 7, date(2024, 1, 1), 3)


def native(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_made_up_archives_agree_with_one_another_and_with_what_is_read(reader, drawn):
    for table in (path for path in drawn if path.match("Content */Table data.csv")):
        rows = native(table)
        result = reader.read(table, Answers())
        total, videos = rows[0], rows[1:]
        days = reader.read(table.with_name("Totals.csv"), Answers()).frames["account_counts"]
        found = result.frames["post_counts"]
        assert (result.kept, result.footer) == (len(videos), 1)
        for column, fact in {"Views": "views", "Likes": "likes", "Impressions": "impressions"}.items():
            assert found[fact].sum() == sum(Decimal(row[column]) for row in videos)
        assert found["views"].sum() == days["views"].sum() == int(total["Views"])


def test_the_made_up_chart_is_the_videos_days(reader, drawn):
    for chart in (path for path in drawn if path.match("Content */Chart data.csv")):
        expected = defaultdict(int)
        for row in native(chart):
            expected[row["Content"], date.fromisoformat(row["Date"])] += int(row["Views"])
        rows = reader.read(chart, Answers()).frames["post_counts"]
        assert (
            dict(zip(rows.select("post_id", "window_start").rows(), rows["views"].to_list(), strict=True)) == expected
        )


@pytest.mark.parametrize("published", ['"Dec 15, 2023"', "Dec 15 2023", "2023/12/15"])
def test_a_japanese_table_is_read(read, published):
    header = (
        "コンテンツ,動画のタイトル,動画公開時刻,長さ,視聴回数,総再生時間（単位: 時間）,登録者増加数,インプレッション数,"
        "インプレッションのクリック率 (%),平均視聴時間,平均再生率 (%)\n"
    )
    rows = f'合計,,,,1012,12.5,3,9000,5.19,0:01:35,40.1\nM1fTBQ96BRM,"一, 二",{published},134,1000,10.5,2,8000,4.53,0:01:35,42.0\n'
    result = read(header + rows, name="表データ.csv")
    assert (result.kind, result.kept, result.footer, result.quarantined) == ("youtube.studio_videos", 1, 1, 0)
    (post,), (row,) = result.frames["posts"].to_dicts(), result.frames["post_counts"].to_dicts()
    assert post["created_on"] == date(2023, 12, 15)
    named = (
        "views",
        "watch_seconds",
        "follows_gained",
        "impressions",
        "youtube__click_rate",
        "youtube__average_viewed",
    )
    assert [row[name] for name in named] == [1000, 37800.0, 2, 8000, 0.0453, 0.42]


def test_japanese_totals_by_day_are_read(read):
    result = read("日付,視聴回数\n2024-02-01,5\n2024-02-02,7\n", name="合計.csv")
    assert (result.kind, result.kept) == ("youtube.studio_days", 2)


def test_a_french_table_is_read_once_its_numbers_are_said_to_be_french(read):
    header = (
        "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Durée,Vues engagées,Vues,"
        "Ont continué de regarder (%),Durée moyenne de visionnage,Pourcentage moyen regardé (%)\n"
    )
    rows = 'Total,,,,"28\u202f000","44\u202f531","62,1",0:00:34,"62,3"\n'
    rows += 'M1fTBQ96BRM,"Un, deux",28 sept. 2026,52,"7\u202f435","7\u202f646","77,8",0:00:45,"86,9"\n'
    result = read(header + rows, name="Données du tableau.csv", locale="fr")
    assert (result.kind, result.kept, result.footer, result.quarantined) == ("youtube.studio_videos", 1, 1, 0)
    (post,), (row,) = result.frames["posts"].to_dicts(), result.frames["post_counts"].to_dicts()
    assert post["created_on"] == date(2026, 9, 28)
    named = ("views", "engaged_views", "youtube__stayed_rate", "youtube__average_viewed")
    assert [row[name] for name in named] == [7646, 7435, 0.778, 0.869]


@pytest.mark.parametrize(("number", "locale"), [("7\u202f646", "fr"), ("7.646,5", "de"), ("seven", "")])
def test_a_table_whose_numbers_are_written_otherwise_names_the_language_to_say(read, number, locale):
    rows = "".join(f'M1fTBQ96B{place:02},Un,"{number}"\n' for place in range(30))
    result = read("Content,Video title,Watch time (hours)\n" + rows)
    assert (result.status, result.exit_code) == ("refused", 4)
    assert (f"--locale {locale}." in result.hint) == bool(locale)


def test_korean_tables_by_video_and_by_day_are_read(read):
    result = read("콘텐츠,동영상 제목,조회수\n합계,,5\nM1fTBQ96BRM,하나,5\n", name="표 데이터.csv")
    assert (result.kind, result.kept, result.footer) == ("youtube.studio_videos", 1, 1)
    assert read("날짜,조회수\n2025-01-01,5\n2025-01-02,6\n", name="총계.csv").kind == "youtube.studio_days"
