"""See docs: the room of contracts."""
