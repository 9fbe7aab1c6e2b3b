"""Case tasks: given out, handed in, reviewed, counted."""
