"""Who people are, where they belong, how they come in."""
