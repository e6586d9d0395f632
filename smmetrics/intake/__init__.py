"""See docs: the room of intake."""
