"""Files made to do harm: each ends in words, within a minute and a gibibyte, in a process of its own."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import struct
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

SECONDS, MEMORY, ROOM = 60, 1 << 30, 12 << 30
MIB = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"
RSS = b'<?xml version="1.0"?>%s<rss version="2.0"><channel><title>%s</title>%s</channel></rss>'


def zipped(members, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


def nested_zip(_):
    inner = zipped([("posts.csv", b"0" * 10 * MIB)])
    for depth in range(5):
        inner = zipped([(f"{depth}-{copy}.zip", inner) for copy in range(10)])
    return inner


def overlapping_zip(_):
    data = bytearray(zipped([("a.csv", b"a,b\n1,2\n" * 2000), ("b.csv", b"a,b\n1,2\n" * 2000)]))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


def lying_zip(_):
    data = bytearray(zipped([("tweets.csv", b"a,b\n1,2\n" * 200_000)]))
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(sign)
        data[at + place : at + place + 4] = struct.pack("<I", 100)
    return bytes(data)


def flagged_zip(_):
    data = bytearray(zipped([("tweets.csv", b"a,b\n1,2\n")]))
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(sign)
        data[at + place] |= 1
    return bytes(data)


def linking_zip(_):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("tweets.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return held.getvalue()


def doubled_zip(_):
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped([("data/tweets.js", b"window.YTD.tweets.part0 = []"), ("data/tweets.js", b"[]")])


def packed_bomb(_):
    held = io.BytesIO()
    with gzip.GzipFile(fileobj=held, mode="wb", compresslevel=9) as file:
        for _ in range(2048):
            file.write(bytes(MIB))
    return held.getvalue()


def workbook(sheet, extra=()):
    kind = "http://schemas.openxmlformats.org"
    main = f'xmlns="{kind}/spreadsheetml/2006/main"'
    rels = f'xmlns="{kind}/package/2006/relationships"'
    office = f"{kind}/officeDocument/2006/relationships"
    return zipped([
        ("[Content_Types].xml", f'<Types xmlns="{kind}/package/2006/content-types"/>'),
        ("_rels/.rels", (f'<Relationships {rels}><Relationship Id="r1" Type="{office}/officeDocument" '
                        'Target="xl/workbook.xml"/></Relationships>')),
        ("xl/workbook.xml", (f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
                            "</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", (f'<Relationships {rels}><Relationship Id="r1" Type="{office}/worksheet" '
                                       'Target="worksheets/sheet1.xml"/></Relationships>')),
        (SHEET, sheet(main)), *extra,
    ])  # fmt: skip


def cell(main, name):
    return (
        f'<worksheet {main}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        f'<row r="1048576"><c r="{name}" t="inlineStr"><is><t>b</t></is></c></row></sheetData></worksheet>'
    )


LAUGHS = (
    '<!DOCTYPE z [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
OUTSIDE = '<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

BYTES = {
    "ratio.zip": lambda _: zipped([("tweets.csv", bytes(400 * MIB))]),
    "nested.zip": nested_zip,
    "overlap.zip": overlapping_zip,
    "members.zip": lambda _: zipped([(f"{n}.csv", b"") for n in range(60_000)]),
    "climbing.zip": lambda _: zipped([("../../../../tmp/tweets.csv", b"a,b\n")]),
    "absolute.zip": lambda _: zipped([("/etc/tweets.csv", b"a,b\n")]),
    "drive.zip": lambda _: zipped([("C:\\tweets.csv", b"a,b\n")]),
    "doubled.zip": doubled_zip,
    "locked.zip": flagged_zip,
    "lying.zip": lying_zip,
    "linking.zip": linking_zip,
    "cut.zip": lambda _: zipped([("tweets.csv", os.urandom(MIB))])[: MIB // 2],
    "packed.csv.gz": packed_bomb,
    "far.xlsx": lambda _: workbook(lambda main: cell(main, "XFD1048576")),
    "laughing.xlsx": lambda _: workbook(lambda main: LAUGHS + cell(main, "B2").replace(">b<", ">&l;<")),
    "inflated.xlsx": lambda _: workbook(lambda main: cell(main, "B2"), [("xl/big.xml", bytes(600 * MIB))]),
    "laughs.xml": lambda _: RSS % (LAUGHS.encode(), b"&l;", b""),
    "outside.xml": lambda _: RSS % (OUTSIDE.encode(), b"&x;", b""),
    "deep.xml": lambda _: RSS % (b"", b"t", b"<item>" + b"<a>" * 500_000 + b"</a>" * 500_000 + b"</item>"),
    "attributes.xml": lambda _: (
        RSS % (b"", b"t", b"<item " + b" ".join(b'a%d="1"' % n for n in range(500_000)) + b"/>")
    ),
    "deep.json": lambda _: b"[" * 5_000_000 + b"]" * 5_000_000,
    "deep-objects.json": lambda _: b'{"a":' * 2_000_000 + b"1" + b"}" * 2_000_000,
    "digits.json": lambda _: b'[{"id": ' + b"9" * 10_000_000 + b"}]",
    "one-text.json": lambda _: b'[{"id": "' + b"a" * 45_000_000 + b'"}]',
    "many-keys.ndjson": lambda _: b"".join(b'{"k%d": %d}\n' % (n, n) for n in range(400_000)),
    "cut.json": lambda _: b'{"a": [' + b'{"b": "c"},' * 500_000,
    "columns.csv": lambda _: b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n" + b"," * 999_999 + b"\n",
    "wide.csv": lambda head: head + b"," * 40_000_000,
    "one-line.csv": lambda head: head + b"x" * 45_000_000,
    "opened.csv": lambda head: head + b'"' + b"never closed\n" * 3_000_000,
    "quotes.csv": lambda head: head + b'"' * 30_000_001,
    "breaks.csv": lambda head: head + b"\r\n" * 20_000_000,
    "nulls.csv": lambda head: head + bytes(20_000_000),
    "mixed.csv": lambda head: (
        head + "ä,ö\n".encode("utf-16") + b"\xff\xfe\xed\xa0\x80,\xc0\xaf\n" + "é\n".encode("latin-1")
    ),
    "mark-only.csv": lambda _: b"\xff\xfe",
    "surrogates.csv": lambda _: b"\xff\xfe" + b"\x00\xd8" * 2_000_000,
    "digits.csv": lambda head: head + b",".join([b"9" * 1_000_000] * (head.count(b",") + 1)) + b"\n",
    "parquet.parquet": lambda _: b"PAR1" + b"\xff" * 1000 + struct.pack("<I", 0x7FFFFFFF) + b"PAR1",
    "old.xls": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2_000_000,
}


def sparse(folder):
    """A gibibyte of nothing that takes no room."""
    with (folder / "sparse.csv").open("wb") as file:
        file.truncate(1 << 30)
    return folder / "sparse.csv"


def endless(folder):
    """A name that leads to a device without an end."""
    (folder / "endless.csv").symlink_to("/dev/zero")
    return folder / "endless.csv"


def pipe(folder):
    """A pipe into which nobody writes."""
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def circle(folder):
    """A name that leads to itself."""
    (folder / "circle.csv").symlink_to(folder / "circle.csv")
    return folder / "circle.csv"


def tangle(folder):
    """A folder that holds itself."""
    (folder / "tangle").mkdir()
    (folder / "tangle" / "again").symlink_to(folder / "tangle")
    (folder / "tangle" / "a.csv").write_bytes(b"a,b\n1,2\n")
    return folder / "tangle"


PLACES = (sparse, endless, pipe, circle, tangle)
CHILD = "import sys; from smmetrics.cli.main import main; sys.exit(main(sys.argv[1:]))"


def limited():
    """More room than that is never given: a test must not take the machine down."""
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def taken_in(folder, path):
    """Import a file in a process of its own: its exit code, what it said, and the most memory it held."""
    said, wrong = folder / "said", folder / "wrong"
    arguments = [sys.executable, "-c", CHILD, "-w", str(folder / "work"), "import", "--json", str(path)]
    with said.open("wb") as out, wrong.open("wb") as err:
        child = subprocess.Popen(arguments, stdout=out, stderr=err, preexec_fn=limited)  # noqa: PLW1509 (limits only)
        late = threading.Timer(SECONDS, child.kill)
        late.start()
        _, status, used = os.wait4(child.pid, 0)
        late.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, said.read_text(encoding="utf-8"), wrong.read_text(encoding="utf-8"), used.ru_maxrss << 10


def judge(code, said, wrong, memory):
    """Whatever became of it, it was said in words, and nothing was used up."""
    assert code in {0, 2, 4}, f"exit code {code}: {wrong[-400:]}"
    assert len(said) < 20_000, "what is said has to be read by somebody"
    assert "Traceback" not in wrong
    assert "fault of smmetrics" not in wrong
    assert memory <= MEMORY, f"{memory / MIB:.0f} MiB"
    outcomes = json.loads(said)
    assert outcomes
    for each in outcomes:
        counted = sum(each[name] for name in ("kept", "quarantined", "duplicate", "blank", "footer", "forgotten"))
        assert each["records_in"] == counted
        if each["status"] == "refused":
            assert len(each["reason"].split()) >= 4, each
            assert "Error(" not in each["reason"]
    return outcomes


QUICK = frozenset({"nested.zip", "lying.zip", "far.xlsx", "laughs.xml", "deep.json", "columns.csv"})
"""One of each sort; the others wait for the long run."""


@pytest.mark.parametrize(
    "name", [each if each in QUICK else pytest.param(each, marks=pytest.mark.slow) for each in BYTES]
)
def test_a_hostile_file_ends_in_words(tmp_path, posts_file, name):
    head = posts_file.read_bytes().splitlines(keepends=True)[0]
    path = tmp_path / name
    path.write_bytes(BYTES[name](head))
    assert path.stat().st_size <= 50 * MIB
    outcomes = judge(*taken_in(tmp_path, path))
    assert not any(each["kept"] for each in outcomes)
    assert not any("root:" in str(each) for each in outcomes)
    outside = [Path("/tmp/tweets.csv"), Path("/etc/tweets.csv")]
    assert not any(each.exists() for each in outside)


@pytest.mark.parametrize("make", PLACES, ids=lambda make: make.__name__)
def test_a_name_that_leads_nowhere_good_ends_in_words(tmp_path, make):
    judge(*taken_in(tmp_path, make(tmp_path)))


def test_cells_that_a_spreadsheet_would_run_come_in_as_the_text_they_are(tmp_path, posts_file):
    import csv

    rows = list(csv.DictReader(posts_file.read_text(encoding="utf-8-sig").splitlines()))[:4]
    column = next(name for name in rows[0] if name.lower() == "tweet text")
    evil = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", '@SUM(1+1)*cmd|"/C calc"!A0']
    path = tmp_path / posts_file.name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, column: text} for row, text in zip(rows, evil, strict=True))
    (outcome,) = judge(*taken_in(tmp_path, path))
    assert outcome["kept"] == 4
    from smmetrics.workspace import Workspace

    texts = Workspace(tmp_path / "work").store.snapshot().current("posts").select("text").collect().to_series()
    assert sorted(texts) == sorted(evil)
