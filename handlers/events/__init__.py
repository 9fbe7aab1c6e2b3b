"""Roadmaps become events; people come to them, organisers hold them."""
