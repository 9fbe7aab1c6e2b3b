"""Administrators watch the bot and what staff did."""
