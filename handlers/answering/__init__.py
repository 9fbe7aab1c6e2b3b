"""Somebody answers a questionnaire."""
