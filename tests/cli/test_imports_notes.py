"""What a file says against itself stands where its import is listed, too."""

from datetime import UTC, datetime

import pytest

from smmetrics.cli.imports import as_of
from smmetrics.cli.main import main
from smmetrics.intake.ranges import BOUND, STATED

TABLE = "Content,Video title,Video publish time,Views\nTotal,,,{}\nabcdefghijk,One,2025-01-05,4\nabcdefghijl,Two,2025-01-06,5\n"


@pytest.fixture
def listed(tmp_path, capsys):
    """What `imports` prints after files with these totals came in."""

    def listing(*totals):
        for place, total in enumerate(totals):
            folder = tmp_path / f"Content 2025-01-01_2025-02-01 Acme {place}"
            folder.mkdir()
            (folder / "Table data.csv").write_text(TABLE.format(total), encoding="utf-8")
            assert main(["-w", str(tmp_path / "work"), "import", str(folder)]) == 0
        capsys.readouterr()
        assert main(["-w", str(tmp_path / "work"), "imports"]) == 0
        return capsys.readouterr().out

    return listing


def test_a_total_that_the_rows_do_not_add_up_to_is_told_with_both_numbers(listed):
    assert "Table data.csv: 1 of 1 columns do not add up" in (said := listed(10))
    assert "Views: the rows have 9, the total says 10" in said


def test_a_total_that_is_right_is_not_spoken_of(listed):
    assert "add up" not in listed(9)


def test_what_several_files_say_stands_there_once(listed):
    assert listed(10, "10.0").count("the rows have 9, the total says 10") == 1


def test_of_an_import_that_was_taken_back_nothing_is_said(listed, tmp_path, capsys):
    listed(10)
    main(["-w", str(tmp_path / "work"), "imports", "undo", "b1"])
    capsys.readouterr()
    main(["-w", str(tmp_path / "work"), "imports"])
    assert "add up" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("at", "basis", "said"),
    [
        (datetime(2026, 11, 5, 9, 30, tzinfo=UTC), STATED, "2026-11-05 09:30 UTC"),
        (datetime(2026, 11, 5, 9, 30, tzinfo=UTC), BOUND, "2026-11-05 or later"),
        (None, "", "not known"),
    ],
)
def test_a_day_that_numbers_cannot_be_before_is_not_told_as_their_day(at, basis, said):
    assert as_of({"observed_at": at, "observed_basis": basis}) == said
