"""Each source of the plugins on a large file of its kind, against a plain typed read of that file, in one table.

The files are the plugins' own samples, their records repeated with other ids. What ours is held against:

* A source that is data: Polars, told all types. Of a table ``polars.read_csv``, dates too; of JSON
  ``polars.read_ndjson`` of the same records a line each, which is the form it is quickest with. Of XML the standard
  library's parser.
* A source with code judges records by more than one cell, which a typed read cannot do; the quicker ones read nearly all
  records many at a time. The peer of all is the loop anybody would write instead: ``csv.DictReader``, whole numbers as
  such and dates by ``datetime.strptime``, or ``json.loads`` of one record after the other. How it compares with
  Polars is printed all the same, without a bar.
* A source that makes a row of each number (Google Analytics, tables of YouTube Studio that are cut by country, age …)
  has beside the plain read the same read with its ``unpivot`` into such rows (``long``): that is its peer.

The plain read copies nothing, hashes nothing, recognises nothing, checks no sum, keeps no place of a record and makes
no canonical rows: that is what the bar (3 of a table, 4 of JSON) leaves room for. Where a record gives several rows (a
row a number, as of Google Analytics), ours makes them and the plain read does not.

All take turns in one process; seconds are those of all cores, as only these compare well on a busy machine. Each is
measured at two sizes, an eighth and the whole, so that what every import costs (``fixed``: copying, looking at the
head, ranking, laying columns out) is told apart from what records cost (``slope``: how ours grows against how the plain
read grows). The bar is held against the whole file. ``SMMETRICS_BENCH_MIB`` takes another size,
``SMMETRICS_BENCH_SOURCES`` only some of the sources (divided by commas).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.intake import release
from tests.benchmarks._grown import ANSWERS, Nursery
from tests.benchmarks._plain import by_loop, by_polars, by_unpivot

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks._grown import Grown

MIB = float(os.environ.get("SMMETRICS_BENCH_MIB", "16"))
SOURCES = tuple(filter(None, os.environ.get("SMMETRICS_BENCH_SOURCES", "").split(",")))
PART = 8
ROUNDS, FEW, LONG = 7, 3, 1.0
"""Rounds, and how many are enough where one takes that many seconds."""
ALLOWED = {"csv": 3.0, "json": 4.0}
HEAD = (
    f"  {'source':26} {'MiB':>4} {'records':>9} {'records/s':>9} {'ours s':>7} {'fixed':>6} {'polars':>7} {'ratio':>6} "
    f"{'slope':>6} {'long':>6} {'loop':>6} {'ratio':>6} {'bar':>4}"
)


def run() -> None:
    """Print the table, a row a source, and how many are beyond their bar."""
    warnings.simplefilter("ignore")
    print(HEAD)
    beyond = []
    with tempfile.TemporaryDirectory() as name:
        nursery = Nursery(Path(name))
        size = int(MIB * (1 << 20))
        for small, large in nursery.grown((size // PART, size), SOURCES):
            if _row(nursery, small, large):
                beyond.append(large.source.id)
            for grown in (small, large):
                grown.path.unlink()
                grown.records.unlink()
    print(f"  beyond their bar: {', '.join(beyond) or 'none'} (load {os.getloadavg()[0]:.1f})")


def _row(nursery: Nursery, small: Grown, large: Grown) -> bool:
    """Measure one source and print its row; whether it is beyond its bar."""
    source = large.source
    coded = bool(source.load) and source.container != "xml"
    peers = by_loop if coded else by_unpivot
    (polars, ours, _, _), (more_polars, more_ours, records, more) = (
        _compared(by_polars(each), nursery, each, peers(each) if each is large else None) for each in (small, large)
    )
    loop, long = (more, None) if coded else (None, more)
    share = small.path.stat().st_size / large.path.stat().st_size
    fixed = max(0.0, (ours - more_ours * share) / (1 - share))
    slope = (more_ours - ours) / max(more_polars - polars, 1e-3)
    bar = ALLOWED.get(source.container)
    peer = more or more_polars
    ratio = more_ours / peer
    others = " ".join(" " * 6 if each is None else f"{each:6.2f}" for each in (long, loop))
    by_hand = others if peer == more_polars else f"{others} {ratio:6.2f}"
    print(
        f"  {source.id:26} {large.path.stat().st_size / (1 << 20):4.0f} {records:9,} {records / more_ours:9,.0f} "
        f"{more_ours:7.2f} {fixed:6.2f} {more_polars:7.2f} {more_ours / more_polars:6.2f} {slope:6.2f} {by_hand:20} "
        f"{bar or '':>4}",
        flush=True,
    )
    return bool(bar and ratio > bar)


def _compared(
    plain: Callable[[], int], nursery: Nursery, grown: Grown, peer: Callable[[], int] | None
) -> tuple[float, float, int, float | None]:
    """Seconds of the plain read, of ours and of the peer, each the median of rounds in turns, and how many records."""
    theirs, ours, peers, records = [], [], [], 0
    for turn in range(ROUNDS):
        theirs.append(_seconds(plain)[0])
        seconds, records = _seconds(lambda: _ours(nursery, grown))
        ours.append(seconds)
        if peer is not None:
            peers.append(_seconds(peer)[0])
        if turn + 1 >= FEW and seconds > LONG:
            break
    return statistics.median(theirs), statistics.median(ours), records, statistics.median(peers) if peers else None


def _seconds(what: Callable[[], int]) -> tuple[float, int]:
    before = time.process_time()
    records = what()
    return time.process_time() - before, records


def _ours(nursery: Nursery, grown: Grown) -> int:
    result = nursery.reader((grown.source,)).read(grown.path, ANSWERS)
    if result.status != "read":
        raise AssertionError(result.reason)
    release(result)
    return result.kept


if __name__ == "__main__":
    sys.exit(run())
