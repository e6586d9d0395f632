"""See docs: the room of testing."""
