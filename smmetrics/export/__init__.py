"""See docs: the room of export."""
