"""The room of dashboard."""
