"""All real YouTube files at hand, file by file and number by number, against the standard library's csv and json."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

FILES = Path(__file__).parents[3] / "shared" / "datasets" / "youtube"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the shared real exports are not on this machine")

KINDS = {
    "mitchelljy/18.01.11_US_videos.csv": ("youtube.trending", 200, 0),
    "oisinqueva/Table data.csv": ("youtube.studio_videos", 102, 1),
    "rehantharusha/Chart data.csv": ("youtube.studio_cut_days", 420, 0),
    "rehantharusha/Table data.csv": ("youtube.studio_cuts", 15, 1),
    "rehantharusha/Totals.csv": ("youtube.studio_days", 28, 0),
    "violetzq/DangerTV_Content.csv": ("youtube.studio_videos", 500, 1),
}
"""Per table: its kind, records kept, and rows that sum up or explain the others."""


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return reader_of("smmetrics_youtube", tmp_path_factory.mktemp("copies"))


def native(name):
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def videos(name):
    return [row for row in native(name) if row["Content"] != "Total" and not row["Content"].startswith("Showing top")]


def total(rows, column):
    return sum((Decimal(row[column]) for row in rows if row[column]), Decimal())


def summed(frame, column):
    return sum((Decimal(repr(value)) for value in frame[column].drop_nulls().to_list()), Decimal())


@pytest.mark.parametrize("name", KINDS)
def test_every_table_is_taken_whole(reader, name):
    kind, kept, footer = KINDS[name]
    result = reader.read(FILES / name, Answers())

    assert (result.kind, result.kept, result.footer) == (kind, kept, footer)
    assert result.records_in == len(native(name)) == kept + footer
    assert (result.quarantined, result.blank) == (0, 0)


def test_no_file_is_left_out_of_these_tests():
    tables = {str(path.relative_to(FILES)) for path in FILES.rglob("*.csv")}

    assert tables == set(KINDS)
    assert {path.suffix for path in FILES.rglob("*") if path.is_file()} == {".csv", ".json"}


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        (
            "oisinqueva/Table data.csv",
            {
                "Views": "views", "Likes": "likes", "Impressions": "impressions", "Subscribers gained": "follows_gained",
                "Subscribers": "youtube__subscribers_net", "Shown in feed": "youtube__shown_in_feed",
            },
        ),
        (
            "violetzq/DangerTV_Content.csv",
            {
                "Views": "views", "Impressions": "impressions", "Subscribers": "youtube__subscribers_net",
                "Estimated revenue (USD)": "youtube__revenue_usd",
            },
        ),
    ],
)  # fmt: skip
def test_counts_of_videos_add_up_to_the_files_own_columns_without_the_total(reader, name, columns):
    counts = reader.read(FILES / name, Answers()).frames["post_counts"]

    for theirs, ours in columns.items():
        assert abs(summed(counts, ours) - total(videos(name), theirs)) < Decimal("1e-6"), theirs
        assert counts[ours].null_count() == sum(not row[theirs] for row in videos(name)), theirs


@pytest.mark.parametrize("name", ["oisinqueva/Table data.csv", "violetzq/DangerTV_Content.csv"])
def test_hours_are_seconds_percents_are_fractions_and_dates_are_days(reader, name):
    result = reader.read(FILES / name, Answers())
    counts = {row["post_id"]: row for row in result.frames["post_counts"].to_dicts()}
    posts = {row["post_id"]: row for row in result.frames["posts"].to_dicts()}

    for row in videos(name):
        count, post = counts[row["Content"].strip()], posts[row["Content"].strip()]
        hours, rate = row["Watch time (hours)"], row["Impressions click-through rate (%)"]
        assert count["watch_seconds"] == (float(Decimal(hours) * 3600) if hours else None)
        assert count["youtube__click_rate"] == (float(Decimal(rate) / 100) if rate else None)
        shown = row["Video publish time"]
        day = datetime.strptime(shown, "%b %d, %Y").replace(tzinfo=UTC).date() if shown else None
        assert (post["created_on"], post["title"]) == (day, row["Video title"])


def test_a_table_that_lost_its_name_gives_no_count_of_a_whole_life(reader):
    result = reader.read(FILES / "violetzq" / "DangerTV_Content.csv", Answers())

    assert set(result.frames["post_counts"]["window"]) == {"range"}
    assert any("which days" in message for message in result.messages)


def test_average_durations_are_seconds(reader):
    rows = reader.read(FILES / "rehantharusha" / "Table data.csv", Answers()).frames["breakdowns"]
    found = {r["value"]: r["number"] for r in rows.filter(fact="youtube__average_view_seconds").to_dicts()}

    for row in native("rehantharusha/Table data.csv")[1:]:
        hours, minutes, seconds = map(int, row["Average view duration"].split(":"))
        assert found[row["Traffic source"]] == hours * 3600 + minutes * 60 + seconds


@pytest.mark.parametrize(("column", "fact"), [("Views", "views"), ("Impressions", "impressions")])
def test_a_cut_holds_what_was_reported_and_nothing_for_what_was_not(reader, column, fact):
    rows = reader.read(FILES / "rehantharusha" / "Table data.csv", Answers()).frames["breakdowns"]
    found = {r["value"]: r["number"] for r in rows.filter(fact=fact, dimension="traffic_source").to_dicts()}

    theirs = native("rehantharusha/Table data.csv")[1:]
    assert found == {row["Traffic source"]: float(row[column]) for row in theirs if row[column]}
    assert "Total" not in found


def test_the_charts_days_are_those_of_the_file(reader):
    rows = reader.read(FILES / "rehantharusha" / "Chart data.csv", Answers()).frames["breakdowns"]
    found = {(str(row["window_start"]), row["value"]): row["number"] for row in rows.to_dicts()}

    theirs = native("rehantharusha/Chart data.csv")
    assert found == {(row["Date"], row["Traffic source"]): float(row["Views"]) for row in theirs}


def test_totals_by_day_are_the_channels_days(reader):
    rows = reader.read(FILES / "rehantharusha" / "Totals.csv", Answers()).frames["account_counts"]

    found = {str(row["window_start"]): row["views"] for row in rows.to_dicts()}
    assert found == {row["Date"]: int(row["Views"]) for row in native("rehantharusha/Totals.csv")}
    assert set(rows["window"]) == {"day"}


def test_an_archive_as_studio_gives_it_goes_in_whole_and_total_is_there_once(reader, tmp_path):
    archive = tmp_path / "Traffic source 2025-02-27_2025-03-27 A channel.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted((FILES / "rehantharusha").glob("*.csv")):
            file.write(path, path.name)

    results = {each.member: each for each in reader.read_all(archive, Answers())}
    assert {name: each.kind for name, each in results.items()} == {
        "Chart data.csv": "youtube.studio_cut_days",
        "Table data.csv": "youtube.studio_cuts",
        "Totals.csv": "youtube.studio_days",
    }
    table = results["Table data.csv"].frames["breakdowns"].filter(fact="views")
    days = results["Totals.csv"].frames["account_counts"]
    chart = results["Chart data.csv"].frames["breakdowns"]
    of_all = int(native("rehantharusha/Table data.csv")[0]["Views"])
    assert days["views"].sum() == of_all
    assert table["number"].sum() == chart["number"].sum() == of_all - 15  # so it is in these files: parts lack a few
    assert set(table["window_start"]) == {date(2025, 2, 27)}
    assert {each.frames["spans"]["end"].item() for each in results.values()} == {date(2025, 3, 27)}


def test_trending_videos_are_other_peoples_and_their_day_is_year_day_month(reader):
    frames = reader.read(FILES / "mitchelljy" / "18.01.11_US_videos.csv", Answers()).frames
    theirs = native("mitchelljy/18.01.11_US_videos.csv")

    assert set(frames["post_counts"]["observed_at"]) == {datetime(2018, 11, 1, tzinfo=UTC)}
    for native_name, ours in {"view_count": "views", "likes": "likes", "comment_count": "comments"}.items():
        found = dict(frames["post_counts"].select("post_id", ours).iter_rows())
        assert found == {row["video_id"]: int(row[native_name]) for row in theirs}
    assert set(frames["accounts"]["kind"]) == {"other"}
    assert set(frames["accounts"]["account_id"]) == {row["channelId"] for row in theirs}
    assert set(frames["spans"]["complete"]) == {False}
    assert frames["posts"]["created_at"].dt.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_list() == [
        row["publishedAt"] for row in theirs
    ]


ANSWERS = sorted(path.name for path in FILES.glob("sns-sdks/*.json")) if FILES.is_dir() else []
READ_AS = {
    "youtube#videoListResponse": "youtube.api_videos",
    "youtube#video": "youtube.api_videos",
    "youtube#channelListResponse": "youtube.api_channels",
    "youtube#channel": "youtube.api_channels",
    "youtube#commentThreadListResponse": "youtube.api_threads",
    "youtube#commentListResponse": "youtube.api_comments",
}


def answer(name):
    value = json.loads((FILES / "sns-sdks" / name).read_text(encoding="utf-8"))
    return value["kind"], value.get("items", [value])


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_taken_whole_or_refused_with_a_reason(reader, name):
    kind, items = answer(name)
    result = reader.read(FILES / "sns-sdks" / name, Answers())

    if kind not in READ_AS:
        assert (result.status, result.exit_code, kind) == ("refused", 4, "youtube#videoGetRatingResponse")
        assert "liked" in result.reason
        assert "videos.list" in result.hint
        return
    assert (result.kind, result.kept, result.records_in) == (READ_AS[kind], len(items), len(items))
    assert result.quarantined == 0


@pytest.mark.parametrize("name", [name for name in ANSWERS if name.startswith("comment")])
def test_comments_say_who_when_what_and_to_whom(reader, name):
    _, items = answer(name)
    frames = reader.read(FILES / "sns-sdks" / name, Answers()).frames
    posts = {row["post_id"]: row for row in frames["posts"].to_dicts()}
    counts = {row["post_id"]: row for row in frames["post_counts"].to_dicts()}
    people = dict(frames["people"].select("person", "platform_author_id").iter_rows())

    for item in items:
        thread = item["snippet"] if "topLevelComment" in item["snippet"] else {}
        comment = thread.get("topLevelComment", item)
        said = comment["snippet"]
        post = posts[comment["id"]]
        assert post["text"] == said["textOriginal"]
        assert post["created_at"].isoformat(timespec="milliseconds").replace("+00:00", "Z") == said["publishedAt"]
        assert people[post["person"]] == said["authorChannelId"]["value"]
        assert post["in_reply_to"] == said.get("parentId", thread.get("videoId"))
        assert counts[comment["id"]]["likes"] == said["likeCount"]
        assert counts[comment["id"]]["comments"] == thread.get("totalReplyCount")
    assert len(posts) == len(items)


@pytest.mark.parametrize("name", [name for name in ANSWERS if name.startswith(("videos", "insert"))])
def test_videos_bear_their_channel_and_time(reader, name):
    _, items = answer(name)
    frames = reader.read(FILES / "sns-sdks" / name, Answers()).frames
    posts = {row["post_id"]: row for row in frames["posts"].to_dicts()}

    for item in items:
        post, said = posts[item["id"]], item["snippet"]
        assert (post["account_id"], post["title"], post["text"]) == (
            said["channelId"],
            said["title"],
            said["description"] or None,
        )
        assert post["created_at"].isoformat(timespec="milliseconds").replace("+00:00", "Z") == said["publishedAt"]
        assert (post["hashtags"] or []) == said.get("tags", [])
    assert frames["post_counts"]["views"].null_count() == len(items)
    assert set(frames["accounts"]["kind"]) == {"other"}


def test_pages_in_one_file_are_one_answer(reader, tmp_path):
    pages = [FILES / "sns-sdks" / f"comment_threads_by_video_paged_{number}.json" for number in (1, 2)]
    values = [json.loads(page.read_text(encoding="utf-8")) for page in pages]
    ids = Counter(item["id"] for value in values for item in value["items"])
    as_array, as_lines = tmp_path / "threads.json", tmp_path / "threads.ndjson"
    as_array.write_text(json.dumps(values), encoding="utf-8")
    as_lines.write_text("\n".join(map(json.dumps, values)), encoding="utf-8")

    for path in (as_array, as_lines):
        result = reader.read(path, Answers())
        assert (result.kind, result.quarantined) == ("youtube.api_threads", 0)
        assert Counter(result.frames["posts"]["post_id"].to_list()) == ids


def test_channels_have_their_statistics_and_names(reader):
    _, items = answer("info_multiple.json")
    frames = reader.read(FILES / "sns-sdks" / "info_multiple.json", Answers()).frames

    counts = {row["account_id"]: row for row in frames["account_counts"].to_dicts()}
    names = {row["account_id"]: (row["name"], row["handle"]) for row in frames["accounts"].to_dicts()}
    for item in items:
        assert counts[item["id"]]["followers"] == int(item["statistics"]["subscriberCount"])
        assert counts[item["id"]]["views"] == int(item["statistics"]["viewCount"])
        assert names[item["id"]] == (item["snippet"]["title"], item["snippet"]["customUrl"])
