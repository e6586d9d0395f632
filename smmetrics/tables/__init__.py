"""See docs: the room of tables."""
