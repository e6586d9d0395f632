"""Where the definitions come from: works cited by more than one metric."""

from __future__ import annotations

KAUSHIK = (
    "A. Kaushik, Best Social Media Metrics: Conversation, Amplification, Applause, Economic Value, Occam's Razor, 2011"
)
BARCELONA = "Barcelona Principles 3.0, AMEC, 2020: activity is not an outcome"
PLATFORMS = "Common to the platforms' own analytics; numerator as stated here"
PRACTICE = "Common practice"
OWN = "The smmetrics project's own definition"
