"""Feed the targets bytes that a mutator guided by coverage makes: ``python -m tests.fuzz [--seconds N] [target …]``.

What was found interesting is kept in ``.fuzz/<target>/corpus``, so that the next run goes on from there; bytes that
broke a claim are named, kept in ``.fuzz/<target>`` and end the run with 1. ``--again FILE target`` repeats one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import TARGETS, target

PLACE = Path(".fuzz")
LONGEST, SLOWEST, MOST_MIB = 4096, 20, 2560


def main(arguments: list[str]) -> int:
    """Run each target in a process of its own, as the mutator never gives its process back."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--seconds", type=int, default=60, help="how long a target is fed (60)")
    asked.add_argument("--again", type=Path, help="feed only this file, to see its failure again")
    asked.add_argument("targets", nargs="*", metavar="target", help=f"{', '.join(TARGETS)} (all)")
    chosen = asked.parse_args(arguments)
    if unknown := set(chosen.targets) - set(TARGETS):
        asked.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    broken = [name for name in chosen.targets or TARGETS if fed(name, chosen.seconds, chosen.again)]
    if broken:
        print(f"fuzz: claims broken in {', '.join(broken)}; see the bytes named above", file=sys.stderr)
    return 1 if broken else 0


def fed(name: str, seconds: int, again: Path | None) -> bool:
    """Whether a target broke."""
    place = PLACE / name
    corpus = place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    before = set(place.glob("broken-*"))
    module = target(name)
    for number, seed in enumerate(module.SEEDS):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = "".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in module.WORDS)
    (place / "words").write_text(words, encoding="utf-8")
    limits = (
        f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MIB}",
        f"-dict={place / 'words'}", f"-artifact_prefix={place}/broken-", "-verbosity=0", "-print_final_stats=1",
    )  # fmt: skip
    print(f"fuzz: {name}, {seconds} s", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "tests.fuzz.feeding", name, *limits, str(again or corpus)]
    alone = os.environ | {"POLARS_MAX_THREADS": "1"}
    failed = subprocess.run(command, check=False, env=alone).returncode != 0
    for path in sorted(set(place.glob("broken-*")) - before):
        print(f"fuzz: {path} breaks {name}; again: python -m tests.fuzz --again {path} {name}", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
