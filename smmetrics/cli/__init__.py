"""See docs: the room of cli."""
