"""Where the `smmetrics` command begins. ``--version`` is answered here, before anything is imported."""

from __future__ import annotations

import sys

from smmetrics import __version__

TYPE_CHECKING = False  # importing typing would double the time of `smmetrics --version`
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code.

    0 done · 1 findings under --strict · 2 the user's mistake · 3 quarantined under --strict · 4 bad data refused ·
    5 a plugin failed, or a fault of the program · 130 interrupted · 141 nobody reads the output any more.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        print(f"smmetrics {__version__}")
        return 0
    from smmetrics.cli.run import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
