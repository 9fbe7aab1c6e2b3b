"""What Telegram sends, from the wire to a handler: receiving, the conveyor, the middleware."""
