"""Run every benchmark of this folder: ``python -m tests.benchmarks [name …]``. Each module has ``run() -> None``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def names() -> list[str]:
    """The benchmarks: modules beside this one that have ``run``."""
    return sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name[0] != "_")


def main(chosen: list[str]) -> None:
    """Run those named, or all."""
    for name in chosen or names():
        module = importlib.import_module(f"tests.benchmarks.{name}")
        if not hasattr(module, "run"):
            continue
        print(f"\n{name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        module.run()


if __name__ == "__main__":
    main(sys.argv[1:])
