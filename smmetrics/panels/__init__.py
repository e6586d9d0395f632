"""Panels: pure functions from readings and rows to results that a notebook, a report and a mail can all show."""
