"""Numbers kept by day: any period, any piece, from memory or disk, gives what reading all rows gives; no file is trusted."""

from __future__ import annotations

import random
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import polars as pl
import pytest

from smmetrics.derive.pieces import Piece
from smmetrics.engine import Window, kept, measure
from smmetrics.store.parts import Shelf
from tests.alike import close

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
FIRST, DAYS = date(2026, 1, 1), 120
FORMULAS = (
    "count(posts, ours)",
    "sum(posts.likes, ours)",
    "ratio(posts, likes, impressions, ours)",
    "mean(posts.likes, ours and not is_reply)",
    "share(posts, is_reply, of=ours)",
    "max(posts.likes)",
    "median(posts.likes, ours)",
    "quantile(posts.age_days, ours, q=0.9)",
    "distinct(posts.person, theirs)",
    "wait(posts, created_at, answered_at)",
    "gini(count(posts, theirs), by=person)",
    "trailing(distinct(posts.person, theirs), days=7)",
    "previous(sum(posts.likes, ours))",
    "count(posts, ours) / period_days",
)
ASKED = [
    ("total", (), None, None),
    ("month", ("platform",), None, None),
    ("week", ("platform", "account"), FIRST + timedelta(days=9), FIRST + timedelta(days=71)),
    ("day", ("is_reply",), FIRST + timedelta(days=30), FIRST + timedelta(days=60)),
    ("total", ("platform",), FIRST + timedelta(days=5), FIRST + timedelta(days=6)),
    ("month", (), FIRST + timedelta(days=40), None),
]


class InPieces:
    """Held tables whose posts stand in pieces, one a month; which of them were read is noted."""

    def __init__(self, tables, shelf):
        self.tables, self.shelf = tables, shelf
        self.head, self.views, self.seen = tables.head, tables.views, set()

    def frame(self, view, columns):
        return self.tables.frame(view, columns)

    def spans(self):
        return self.tables.spans()

    def pieces(self, view, columns):
        rows = self.tables.frames.get(view)
        if view != "posts" or rows is None:
            return ()
        made = []
        for (month,), part in rows.group_by(pl.col("created_on").dt.month(), maintain_order=True):
            name = f"{month}|{part.hash_rows().sum()}|{part.height}"
            rows_ = replace(self.tables, frames={"posts": part}).frame(view, columns)
            made.append(Piece(name, partial(rows_.map_batches, partial(self._noted, name=name))))
        return tuple(made)

    def _noted(self, frame, name):
        self.seen.add(name)
        return frame


def data(size, seed):
    dice = random.Random(seed)
    made = []
    for number in range(size):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(DAYS * 1_440))
        ours, dated = dice.random() < 0.6, dice.random() > 0.03
        made.append(
            {
                "post_id": f"{seed}.{number}",
                "platform": dice.choice(["north", "south"]),
                "account": dice.choice(["a", "b"]),
                "created_at": at if dated else None,
                "created_on": (at + timedelta(hours=1)).date() if dice.random() > 0.02 or dated else None,
                "ours": ours,
                "theirs": not ours,
                "is_reply": dice.random() < 0.4,
                "person": dice.choice([*"abcdefgh", None]),
                "likes": dice.choice([None, *range(30)]),
                "impressions": dice.choice([None, *range(30, 900)]),
                "age_days": dice.random() * 30,
                "answered_at": at + timedelta(hours=dice.random() * 90) if dice.random() < 0.7 else None,
            }
        )
    return made


@pytest.fixture
def tables(held, rows, tmp_path):
    def make(posts, still=lambda: True):
        spans = [(name, each, FIRST, FIRST + timedelta(days=DAYS)) for name in ("north", "south") for each in "ab"]
        return InPieces(held({"posts": rows("posts", posts)}, spans), Shelf(tmp_path / "cache", still))

    return make


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch):
    monkeypatch.setattr(kept, "_HELD", OrderedDict())


def measured(tables, request_of, asked=ASKED[1]):
    grain, by, since, until = asked
    requests = [request_of(text, metric=f"m.{place:02}", min_units=1) for place, text in enumerate(FORMULAS)]
    window = Window(as_of=AS_OF, zone="Europe/Berlin", grain=grain, since=since, until=until)
    return measure(requests, tables, window, by)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_cold_warm_and_from_disk_give_what_the_rows_give(tables, request_of, monkeypatch, asked):
    there = tables(data(900, 1))
    plain = measured(there.tables, request_of, asked)
    for _ in range(2):
        close(measured(there, request_of, asked), plain)
    assert list(there.shelf.folder.glob("cells-*.kept"))
    monkeypatch.setattr(kept, "_HELD", OrderedDict())
    there.seen = set()
    close(measured(there, request_of, asked), plain)
    assert not there.seen


def test_another_period_reads_no_piece_again(tables, request_of):
    there = tables(data(900, 2))
    measured(there, request_of, ASKED[0])
    there.seen = set()
    for since in (3, 17, 44):
        asked = ("total", (), FIRST + timedelta(days=since), FIRST + timedelta(days=since + 29))
        close(measured(there, request_of, asked), measured(there.tables, request_of, asked))
    assert not there.seen


def test_of_rows_that_came_in_late_only_their_pieces_are_read(tables, request_of):
    first = data(700, 3)
    measured(tables(first), request_of)
    late = [
        {**row, "post_id": f"late{place}"}
        for place, row in enumerate(data(400, 4))
        if row["created_on"] and row["created_on"].month == 3
    ]
    there = tables([*first, *late[:20]])
    close(measured(there, request_of), measured(there.tables, request_of))
    assert {name.partition("|")[0] for name in there.seen} == {"3"}
    back = tables(first)
    close(measured(back, request_of), measured(back.tables, request_of))


def files(there):
    return sorted(there.shelf.folder.glob("cells-*.kept"))


def spoiled(paths, how):
    for path in paths:
        whole = path.read_bytes()
        if how == "torn":
            path.write_bytes(whole[: len(whole) // 2])
        elif how == "empty":
            path.write_bytes(b"")
        elif how == "edited":
            path.write_bytes(whole[:-40] + bytes(255 - byte for byte in whole[-40:-39]) + whole[-39:])
        elif how == "relabelled":
            path.write_bytes(whole.replace(b'"full": false', b'"full": true ', 1))
        else:  # one under the name of another
            path.write_bytes(paths[0].read_bytes() if path != paths[0] else paths[-1].read_bytes())


def test_no_spoiled_file_is_believed(tables, request_of, monkeypatch):
    there = tables(data(500, 5))
    plain = measured(there, request_of)
    sound = {path: path.read_bytes() for path in files(there)}
    assert len(sound) > 1
    for how in ("torn", "empty", "edited", "relabelled", "exchanged"):
        for path, whole in sound.items():
            path.write_bytes(whole)
        spoiled(files(there), how)
        assert {path: path.read_bytes() for path in files(there)} != sound, how
        monkeypatch.setattr(kept, "_HELD", OrderedDict())
        there.seen = set()
        close(measured(there, request_of), plain)
        assert there.seen, how


def test_nothing_is_kept_of_a_state_in_which_somebody_was_forgotten(tables, request_of):
    there = tables(data(300, 6), still=lambda: False)
    close(measured(there, request_of), measured(there.tables, request_of))
    assert not list(there.shelf.folder.iterdir())


def test_nothing_is_kept_by_person_nor_without_a_folder(tables, request_of, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    there = tables(data(300, 7))
    close(measured(there, request_of), measured(there.tables, request_of))
    (tmp_path / "cache").unlink()
    people = ("month", ("person",), None, None)
    close(measured(there, request_of, people), measured(there.tables, request_of, people))
    assert not files(there)


def test_too_many_cells_are_read_from_rows(tables, request_of, monkeypatch):
    monkeypatch.setattr(kept, "MOST_CELLS", 10)
    there = tables(data(300, 8))
    for _ in range(2):
        close(measured(there, request_of), measured(there.tables, request_of))
    monkeypatch.setattr(kept, "MOST_CELLS", 10_000)
    monkeypatch.setattr(kept, "MOST_LONG", 10)
    monkeypatch.setattr(kept, "_HELD", OrderedDict())
    for path in files(there):
        path.unlink()
    for _ in range(2):
        close(measured(there, request_of), measured(there.tables, request_of))
