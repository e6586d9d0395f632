from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz.hurting import hurt_ones
from tests.fuzz.targets import TARGETS, target
from tests.fuzz.watching import kept_to

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_holds_for_its_seeds_and_for_damaged_copies_of_them(tmp_path: Path, name: str) -> None:
    module = target(name)
    for data in hurt_ones(module.SEEDS, 40):
        module.check(data, tmp_path)


def test_a_file_outside_the_folder_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with kept_to(tmp_path / "in"):
        (tmp_path / "in" / "a").write_text("a")
    with pytest.raises(AssertionError), kept_to(tmp_path / "in"):
        (tmp_path / "out").write_text("a")
