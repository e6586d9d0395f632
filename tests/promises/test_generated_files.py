"""Files of which the truth is known, in all dialects, through the real import: nothing lost, doubled or changed.

Their makers know nothing but the standard library, and what each record means; a record they spoilt must be set aside
with its very bytes, and a file that cannot be read must be refused in words and leave nothing behind.
"""

from __future__ import annotations

import pytest

from tests.promises.generated.folder import faults

FILES = 300
SWEEP = 500


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, SWEEP + 3))])
def test_every_record_is_there_once_with_its_very_values_or_set_aside_with_its_bytes(tmp_path, seed):
    found = faults(tmp_path, seed, FILES)
    assert not found, "\n".join(found[:30])
