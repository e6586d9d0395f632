"""Importing the room costs next to nothing: heavy packages come with the first file."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = "('pydantic', 'tomlkit', 'polars', 'rich')"


@pytest.mark.parametrize(
    "code", ["import smmetrics.strategy", "from smmetrics.strategy import read, review, scope, template; template()"]
)
def test_heavy_packages_stay_out(code):
    check = f"import sys\n{code}\nprint([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_record_of_a_strategy_comes_on_first_use():
    check = "import smmetrics.strategy as s, sys; s.Strategy; print('pydantic' in sys.modules, 'polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True False"


def test_a_name_that_is_not_there_is_said_so():
    import smmetrics.strategy as room

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        room.nothing  # noqa: B018 (the access is what is tested)
