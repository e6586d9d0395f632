"""Files of which the truth is known, in all dialects, through the real import: nothing lost, doubled or changed.

Their makers know nothing but the standard library, and what each record means; a record they spoilt must be set aside
with its very bytes, and a file that cannot be read must be refused in words and leave nothing behind.

A failure names the files at fault by their paths. ``python -m tests.promises.generated SEED FOLDER`` makes the one in
such a folder (``00042``) again, and imports it alone.
"""

from __future__ import annotations

import pytest

from tests.promises.generated.folder import faults

FILES, SEEDS, ALL = 500, 4, 200


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[pytest.mark.slow] if seed > SEEDS else []) for seed in range(1, ALL + 1)]
)
def test_every_record_is_there_once_with_its_very_values_or_set_aside_with_its_bytes(tmp_path, seed):
    found = faults(tmp_path, seed, FILES)
    assert not found, "\n".join(found[:30])
