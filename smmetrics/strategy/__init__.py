"""See docs: the room of strategy."""
