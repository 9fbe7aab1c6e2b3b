"""Coordinators' own questionnaires: files in, previews, files out."""
