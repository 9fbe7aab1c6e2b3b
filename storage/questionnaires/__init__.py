"""Questionnaires, the campaigns that ask them, and the answers."""
