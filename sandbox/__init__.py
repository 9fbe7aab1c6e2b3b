"""A local Telegram: Bot API server with Telegram's own limits and errors, and a chat page."""
