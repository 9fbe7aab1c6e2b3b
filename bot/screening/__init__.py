"""The burnout screening in chat, its result for the person, its group report."""
