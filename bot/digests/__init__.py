"""The digest of a week: making it, its picture, its delivery."""
