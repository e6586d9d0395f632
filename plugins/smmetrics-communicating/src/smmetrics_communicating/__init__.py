"""smmetrics plugin: communicating."""
