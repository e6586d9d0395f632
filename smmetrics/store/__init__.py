"""See docs: the room of store."""
