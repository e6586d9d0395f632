"""smmetrics plugin: offline."""
