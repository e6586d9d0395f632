"""Tables in Windows-1252: taken for that where all of it reads so, and damaged UTF-8 stays UTF-8."""

from __future__ import annotations

import pytest

from smmetrics.intake import look
from smmetrics.intake.western import is_western

HEAD = "Post id,Text,time,likes,replies\n"


def rows(*texts):
    return HEAD + "".join(f"{n},{text},2020-01-02 03:04 +0000,7,1\n" for n, text in enumerate(texts, 11))


GERMAN = ("Gefällt mir", "über alles", "Straße", "schöne Größe – 5 €", "„Öl“ fürs Rad", "plain")
FRENCH = ("réalisé\xa0!", "l’été dernier", "déjà vu", "«\xa0où\xa0»", "cœur", "Noël à Paris", "émeutes", "élève")
SPANISH = ("¿qué pasa?", "¡mañana!", "el niño", "nº 5 · acción", "información")


@pytest.mark.parametrize("texts", [GERMAN, FRENCH, SPANISH, ("ISO-Ångström",)])
@pytest.mark.parametrize("sign", [",", ";"])
def test_a_table_that_an_office_program_saved_is_read_and_said(reading, texts, sign):
    result = reading(rows(*texts).replace(",", sign).encode("cp1252"))
    assert (result.kept, result.quarantined) == (len(texts), 0)
    assert result.frames["posts"]["text"].to_list() == list(texts)
    assert any("Windows-1252" in each for each in result.messages)


def test_a_table_in_another_encoding_is_refused_with_how_to_save_it(reading):
    result = reading(rows("こんにちは", "さようなら", "ありがとう").encode("cp932"))
    assert result.status == "refused"
    assert "save it as UTF-8" in result.hint


def test_what_is_set_aside_of_it_stands_at_its_own_bytes(reading):
    raw = rows(*GERMAN).replace(",7,1\n", ",x,1\n", 4).replace(",x,1\n", ",7,1\n", 3).encode("cp1252")
    result = reading(raw)
    (bad,) = result.quarantine.iter_rows(named=True)
    assert raw[bad["start"] : bad["end"]].decode("cp1252").startswith("14,schöne Größe – 5 €,")


def test_a_few_damaged_bytes_do_not_make_another_encoding_of_utf8(reading):
    raw = rows(*GERMAN, "Gr\x00ße").encode().replace(b"\x00", b"\xf6")
    result = reading(raw)
    assert (result.kept, result.quarantine["reason"].to_list()) == (len(GERMAN), ["bad_encoding"])
    assert result.frames["posts"]["text"].to_list() == list(GERMAN)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет мир;как дела", "cp1251"),
        ("Καλημέρα κόσμε", "cp1253"),
        ("žluťoučký kůň úpěl", "cp1250"),
        ("zażółć gęślą jaźń", "cp1250"),
        ("schöne grüße für dich", "cp850"),
        ("schöne grüße für dich", "mac-roman"),
        ("über", "utf-8"),
        ("plain", "ascii"),
    ],
)
def test_other_code_pages_and_utf8_are_not_taken_for_it(tmp_path, text, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert not is_western(path)


def test_a_letter_far_behind_the_beginning_is_seen_and_one_that_blocks_cut_is_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"plain\n" * 600_000 + "Gefällt\n".encode("cp1252"))
    assert is_western(path)
    path.write_bytes(b"x" * ((1 << 20) - 1) + "ä".encode() + b"\n" * 9)
    assert not is_western(path)


def test_looking_at_it_never_says_utf_8(tmp_path, posts):
    path = tmp_path / "posts.csv"
    path.write_bytes(rows(*GERMAN).encode("cp1252"))
    (seen,) = look(path, (posts,))
    assert (seen.encoding, seen.kind) == ("cp1252", posts.id)
