"""The group report of a closed screening: what it says, and its one-page picture."""
