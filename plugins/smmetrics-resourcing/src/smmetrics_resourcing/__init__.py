"""smmetrics plugin: resourcing."""
