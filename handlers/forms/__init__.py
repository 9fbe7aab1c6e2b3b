"""Coordinators make questionnaires of their own."""
