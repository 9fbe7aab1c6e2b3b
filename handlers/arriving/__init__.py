"""Somebody arrives, and says or changes what is about themselves."""
