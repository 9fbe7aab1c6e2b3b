"""The burnout screening: a health record; answers are cut from the person."""
