"""Roadmaps, events and their meetings: screens, reminders in words, calendar files."""
