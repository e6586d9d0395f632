"""A sheet that a spreadsheet program saved as CSV in a western language, at the command line."""

import pytest

TABLE = "Tag;Gefällt mir;Kommentare\n2026-01-13;12;3\n2026-01-14;7;0\n2026-01-15;9;2\n"
HOURS = "day;person;task;hours;remark\n" + "".join(
    f"2026-01-{day:02};Rosa;{kind};1;für die Straße\n" for day in range(1, 29) for kind in ("post", "reply", "plan")
)


@pytest.fixture
def western(tmp_path):
    def write(text, name):
        path = tmp_path / name
        path.write_bytes(text.encode("cp1252"))
        return path

    return write


def test_hours_with_umlauts_come_in_whole_and_it_is_said_how_they_were_read(run, western):
    said = run("import", western(HOURS, "hours.csv"))
    assert "offline.effort 84 84 0" in " ".join(said.split())
    assert "Windows-1252" in said


def test_sniff_and_map_say_the_letters_that_stand_there(run, western):
    path = western(TABLE, "ev_cp1252.csv")
    said = run("sniff", path, code=4)
    assert "Windows-1252" in said
    assert "UTF-8)" not in said.replace("no UTF-8)", "")
    assert "Gefällt mir" in said
    assert "Gefällt mir" in run("map", path)
