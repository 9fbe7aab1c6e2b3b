"""A furnished store for the demonstration."""
