"""Roadmaps, events and their meetings: who comes, who is reminded, how it went."""
