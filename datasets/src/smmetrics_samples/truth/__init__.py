"""The oracle: what every metric must say of the story, counted with plain loops over what was planned.

It shares no code with smmetrics: no frame, no formula, no file is read here. `table` says which metric is which loop.
"""

from __future__ import annotations

from smmetrics_samples.truth.oracle import Row, as_csv, rows

__all__ = ["Row", "as_csv", "rows"]
