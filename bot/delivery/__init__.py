"""What goes out to Telegram: the sender of the outbox, the limiter, the session, refusals."""
