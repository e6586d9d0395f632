"""Run the command line as ``python -m smmetrics``."""

from __future__ import annotations

import sys

from smmetrics.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
