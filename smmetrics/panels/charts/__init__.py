"""Charts: pure builders of Vega-Lite specifications with their rows apart and what they show in words.

Specifications are plain data; the tests hold each against Vega-Lite's schema through Altair, which itself is not
loaded here: loading it takes longer than all panels together.
"""

from smmetrics.panels.charts.bars import bars
from smmetrics.panels.charts.hours import hours_against_plan
from smmetrics.panels.charts.multiples import small_multiples
from smmetrics.panels.charts.spark import spark
from smmetrics.panels.charts.svg import svg
from smmetrics.panels.charts.threads import threads_by_depth
from smmetrics.panels.charts.trend import trend

__all__ = ["bars", "hours_against_plan", "small_multiples", "spark", "svg", "threads_by_depth", "trend"]
