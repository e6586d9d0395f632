"""Frames of readings held against each other."""

import pytest


def close(one, other):
    """Hold every cell to its twin, numbers to nine digits."""
    assert one.height == other.height > 0
    assert one["value"].is_not_null().any()
    for name in one.columns:
        for left, right in zip(one[name], other[name], strict=True):
            equal = left == pytest.approx(right, rel=1e-9, abs=1e-12) if isinstance(left, float) else left == right
            assert equal, (name, left, right)
