"""Notices of staff: writing one, its live progress, its account."""
