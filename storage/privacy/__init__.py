"""What is stored about a person, for how long, and how it is erased."""
