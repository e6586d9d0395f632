"""Real files that no plugin is needed for: mapped, accepted, imported, and counted by the standard library."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine

from smmetrics.intake import Answers
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace
from smmetrics.workspace.mapping import Given, accept, propose

SHARED = Path(__file__).parents[3] / "shared" / "datasets"
FACEBOOK = SHARED / "facebook/yunisroni/dataset_Facebook.csv"
TIKTOK = SHARED / "tiktok/bosszy27/Overview.csv"
TIKTOK_BOOK = SHARED / "tiktok/bosszy27/Overview.xlsx"
LINKEDIN = SHARED / "linkedin/sarah-avila/NPLF LinkedIn Q1.xls"
UPDATES = "Update metrics (aggregated)"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not here")


@pytest.fixture
def mapped(tmp_path):
    """Maps a file as proposed, accepts that, imports it; gives the folder, opened anew, and what became of the file."""

    def mapping(path, *, year=None, **given):
        root = tmp_path / "acme"
        opened = [Workspace(root, registry=Registry.of("smmetrics_anytable")) for _ in range(3)]
        proposal, _, _ = propose(path, root, opened[0].installed, Given(**given))
        accept(proposal, root)
        outcomes = opened[1].import_(path, answers=Answers(year=year))
        (outcome,) = [each for each in outcomes if each.status == "imported"]
        return opened[2], outcome

    return mapping


def lines(path, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_a_table_of_posts_without_ids_and_dates_adds_up_to_every_number(mapped):
    rows = lines(FACEBOOK, ";")
    workspace, outcome = mapped(FACEBOOK, platform="facebook")
    assert (outcome.records_in, outcome.kept, outcome.quarantined) == (len(rows), len(rows), 0)
    columns = {
        "likes": "like", "comments": "comment", "shares": "share", "reach": "Lifetime Post Total Reach",
        "impressions": "Lifetime Post Total Impressions",
    }  # fmt: skip
    table = workspace.snapshot().current("post_counts").collect()
    for ours, theirs in columns.items():
        meant = [Decimal(row[theirs]) for row in rows if row[theirs]]
        values = table[ours].drop_nulls()
        assert (Decimal(values.sum()), len(values)) == (sum(meant), len(meant)), ours
    posts = workspace.snapshot().current("posts").collect()
    assert posts["post_id"].n_unique() == len(rows)
    assert sorted(posts["format"].to_list()) == sorted(row["Type"] for row in rows)


@pytest.mark.parametrize("path", [TIKTOK, TIKTOK_BOOK], ids=["csv", "workbook"])
def test_days_without_a_year_read_with_the_year_that_is_said(mapped, path):
    rows = lines(TIKTOK)
    workspace, outcome = mapped(path, platform="tiktok", account="someone", year=2021)
    assert outcome.kept == len(rows)
    table = workspace.table("account_counts", columns=("window_start", "views", "profile_visits", "likes", "shares"))
    found = [
        (
            f"{row['window_start']:%B} {row['window_start'].day}",
            row["views"],
            row["profile_visits"],
            row["likes"],
            row["shares"],
        )
        for row in table.to_dicts()
    ]
    columns = ("Video Views", "Profile Views", "Likes", "Shares")
    assert found == [(row["Date"], *(int(row[name]) for name in columns)) for row in rows]


def test_a_sheet_with_a_title_above_its_header_and_counts_by_scope(mapped):

    sheet = python_calamine.load_workbook(LINKEDIN).get_sheet_by_name(UPDATES).to_python(skip_empty_area=False)
    header, *body = sheet[1:]
    rows = [dict(zip(header, row, strict=True)) for row in body]
    workspace, outcome = mapped(LINKEDIN, platform="linkedin", part=UPDATES)
    assert (outcome.kept, outcome.part) == (len(rows), UPDATES)
    table = workspace.snapshot().current("account_counts").collect()
    for scope, theirs in (("total", "total"), ("organic", "organic"), ("paid", "sponsored")):
        part = table.filter(table["scope"] == scope)
        for ours, native in (("impressions", "Impressions"), ("clicks", "Clicks"), ("comments", "Comments")):
            meant = sum(Decimal(row[f"{native} ({theirs})"]) for row in rows)
            assert Decimal(part[ours].sum()) == meant, (scope, ours)
    days = sorted({f"{day:%m/%d/%Y}" for day in table["window_start"].to_list()})
    assert days == sorted(row["Date"] for row in rows)


def test_a_mapping_says_in_its_file_what_it_reads(mapped, tmp_path):
    mapped(FACEBOOK, platform="facebook")
    text = (tmp_path / "acme/maps/dataset_facebook.toml").read_text(encoding="utf-8")
    assert "post_counts.reach" in text
    assert json.dumps("Lifetime Post Total Reach") in text
