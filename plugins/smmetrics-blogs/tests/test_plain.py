import itertools
import random
import subprocess
import sys

import pytest

from smmetrics_blogs import plain
from smmetrics_blogs.plain import tidy, to_line, to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Hello", "Hello"),
        ("a &amp; b &#8364;", "a & b €"),
        ("<p>one</p>\n\n<p>two</p>", "one\n\ntwo"),
        ("one<br />two<br>three", "one\ntwo\nthree"),
        ("<!-- wp:paragraph -->\n<p>in</p>\n<!-- /wp:paragraph -->", "in"),
        ("kept <script>alert('no')</script> too", "kept too"),
        ("a <b>bold</b> word", "a bold word"),
        ("I <3 this, 1 < 2", "I <3 this, 1 < 2"),
        ("open <!-- comment without an end", "open  comment without an end".replace("  ", " ")),
        ("<![endif]-->Word was here<![if !x]>", "Word was here"),
        ("a <a href='x>y' title=\"it's\">b</a> c", "a b c"),
        ('<a title="never closed>b</a> c', "b c"),
        ("<?php echo 1 ?>x<!DOCTYPE html>y", "xy"),
        ("<3 <- </ > <", "<3 <- </ > <"),
        ("cut <a href=", "cut <a href="),
        ("<STYLE>p{}</STYLE>t", "t"),
        ("<script>never closed", ""),
        ("&#99999999999999999999; &#x1F331;", "\ufffd 🌱"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("line\r\nbreak", "line\nbreak"),
        ("¯\\_(ツ)_/¯ \\o/", "¯\\_(ツ)_/¯ \\o/"),
        ("", ""),
    ],
)
def test_html_becomes_the_text_a_reader_sees(html, text):
    assert to_text(html)[0] == text


def test_links_are_kept_in_order_and_once():
    html = (
        '<a href="https://a.example/?x=1&amp;y=2">a</a> https://b.example/p. <a href="/rel">r</a> https://b.example/p'
    )
    assert to_text(html)[1] == ["https://a.example/?x=1&y=2", "https://b.example/p"]


def test_addresses_of_scripts_are_no_links():
    assert to_text('<a href="javascript:alert(1)">x</a><a href="mailto:a@b.example">y</a>')[1] == []


def test_a_title_is_one_line():
    assert to_line("Slugs &amp; <em>you</em>\n a guide") == "Slugs & you a guide"


HOSTILE = (
    "<!--",
    "<![",
    "<a ",
    "&",
    "<b>",
    "<!-- x -->",
    '<a "',
    "<a '\"",
    "<!",
    "<script>",
    "&#9",
    "< ",
    "\n ",
    '<a "<a "',
)


def test_hostile_input_ends_soon():
    """In time that grows with the square it would take hours: the time-out is what fails."""
    read = f"from smmetrics_blogs.plain import to_text\nfor piece in {HOSTILE!r}: to_text(piece * 40_000)"
    assert subprocess.run([sys.executable, "-c", read], timeout=120, check=False).returncode == 0


PIECES = (
    "<p>", "</p>", "<BR/>", '<a href="https://x.example/a?b&amp;c">', "<a href='http://q'>", '<img alt="don\'t">', "<",
    '<a title="a>b">', '<a title="a<b">', "<script>", "</script>", "<!-- c -->", "<!--", "-->", "<?php x ?>", "<1", '"',
    ">", "&lt;b&gt;", "\u00a0 ", " \n", "\r\n", "http://bare.example/x.", "word ",
)  # fmt: skip


def test_what_is_written_soundly_is_read_as_what_may_be_broken_is(monkeypatch):
    dice = random.Random(3)
    texts = ["".join(dice.choices(PIECES, k=dice.randint(1, 9))) for _ in range(3000)]
    quick = [to_text(text) for text in texts]
    monkeypatch.setattr(plain, "_told", lambda _: None)
    assert quick == [to_text(text) for text in texts]


@pytest.mark.parametrize("text", ["a  b", "a\tb", "a \n b", "a\n\n\nb", "a\n \nb", "\u2003a\u00a0b\r\nc\rd ", "a\nb c"])
def test_blanks_are_tidied_as_words_and_lines_are(text):
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    paragraphs = ["\n".join(group) for filled, group in itertools.groupby(lines, key=bool) if filled]
    assert tidy(text) == "\n\n".join(paragraphs)
