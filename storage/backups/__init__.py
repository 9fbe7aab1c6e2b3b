"""Copies of the database and the keys that open them."""
