"""Reports: what the dashboard shows as one file that can be mailed and printed. `write` is the verb."""

from smmetrics.report.editions import EDITIONS
from smmetrics.report.writing import FORMATS, has_pictures, write

__all__ = ["EDITIONS", "FORMATS", "has_pictures", "write"]
