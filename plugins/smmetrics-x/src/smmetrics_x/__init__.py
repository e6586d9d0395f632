"""smmetrics plugin: x."""
