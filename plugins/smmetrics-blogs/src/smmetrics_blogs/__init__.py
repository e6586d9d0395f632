"""smmetrics plugin: blogs."""
