"""Staff write notices; people read what was sent to them."""
