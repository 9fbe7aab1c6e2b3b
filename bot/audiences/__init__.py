"""Whom something is for: the screens that choose it, and its words."""
