"""Somebody takes the burnout screening; coordinators run it and see groups only."""
