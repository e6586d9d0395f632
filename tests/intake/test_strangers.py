"""Files that nobody reads and somebody knows are refused by name, unless somebody reads them after all."""

import io
import zipfile
from dataclasses import replace

import pytest

from smmetrics.api import Signature, Stranger
from smmetrics.intake import Answers, Reader, look

MINE = Stranger(
    id="elsewhere_posts",
    title="a table of Elsewhere's posts",
    container="csv",
    signature=Signature(required=("Post id", "Hearts"), name_pattern=r"(?i)else"),
    instead="Do this instead.",
)
TABLE = "Post id,Hearts\n1,2\n"


@pytest.fixture
def read(tmp_path, posts, known_tables):
    def reading(raw, name="elsewhere.csv", strangers=(MINE,)):
        path = tmp_path / name
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        copies = tmp_path / "copies"
        reader = Reader((posts,), known_tables, copies=copies, key=bytes(32), use={}.get, strangers=strangers)
        return list(reader.read_all(path, Answers()))

    return reading


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return buffer.getvalue()


def test_a_file_that_is_known_is_refused_by_its_name_with_what_to_do(read):
    (result,) = read(TABLE)
    assert (result.status, result.exit_code, result.no_loss) == ("refused", 4, "")
    assert result.reason == "The file is a table of Elsewhere's posts. Nothing installed reads it."
    assert result.hint == "Do this instead."


def test_another_name_or_another_column_makes_it_unknown(read):
    for raw, name in ((TABLE, "mine.csv"), (TABLE.replace("Hearts", "Stars"), "elsewhere.csv")):
        assert "of a kind that nothing installed reads" in read(raw, name)[0].reason


def test_whoever_reads_it_goes_first(read):
    known = replace(MINE, signature=Signature(required=("Post id",)))
    (result,) = read("Post id,Text,likes,time\n1,a,2,2024-05-03 10:00 +0000\n", strangers=(known,))
    assert (result.status, result.kind) == ("read", "zed.posts")


def test_of_an_archive_of_which_nothing_is_read_it_says_whose_it_is(read):
    (result,) = read(zipped(other="a,b\n1,2\n", elsewhere=TABLE), "all.zip")
    assert "holds 2 files" in result.reason
    assert result.hint == f"elsewhere.csv: The file is {MINE.title}. Nothing installed reads it. {MINE.instead}"


def test_what_is_private_is_left_out_without_being_a_fault_of_the_whole(read):
    (result,) = read(TABLE, strangers=(replace(MINE, private=True),))
    assert (result.exit_code, result.no_loss) == (4, "left_out")


def test_a_column_without_a_name_is_not_told_as_strange(read):
    (result,) = read(",Post id,Text,time\n0,1,a,2024-05-03 10:00 +0000\n", strangers=())
    assert "Nearest: zed.posts" in result.hint
    assert "''" not in result.hint


def test_to_look_at_a_file_names_it_and_nothing_that_is_near(tmp_path, posts):
    path = tmp_path / "elsewhere.csv"
    path.write_text(TABLE)
    (seen,) = look(path, (posts,), strangers=(MINE,))
    assert (seen.named, seen.kinds, seen.hint) == (True, (), MINE.instead)
    assert "Elsewhere" in seen.reason
