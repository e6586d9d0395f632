"""See docs: the room of derive."""
