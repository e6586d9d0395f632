"""See docs: the room of engine."""
