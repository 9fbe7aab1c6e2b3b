"""Telegram's limits, in one place; a test loosens one by naming it."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What this local Telegram accepts (core.telegram.org/bots/api, limits.tginfo.me, TDLib).

    Texts are counted in characters after the entities are parsed, as TDLib does for bots.
    """

    text: int = 4096
    caption: int = 1024
    raw_text_bytes: int = 1 << 15  # the Bot API server refuses longer texts before parsing
    entities: int = 100  # further ones are silently ignored
    callback_data_bytes: int = 64
    callback_answer: int = 200
    start_payload: int = 64
    buttons: int = 100  # per inline keyboard; more are refused
    buttons_in_row: int = 8  # further ones vanish silently
    markup_bytes: int = 10 * 1024  # the whole keyboard as JSON
    reply_buttons: int = 300  # of a reply keyboard; TDLib cuts off what is beyond
    reply_buttons_in_row: int = 12
    copy_text: int = 256
    placeholder: int = 64
    album_min: int = 2
    album_max: int = 10
    photo_bytes: int = 10 * MEGABYTE
    upload_bytes: int = 50 * MEGABYTE
    download_bytes: int = 20 * MEGABYTE
    commands: int = 100

    delete_hours: int = 48
    # Not documented, and seen both ways: whether editing in a blocked chat is refused.
    blocked_edits_refused: bool = True
    callback_seconds: float = 150  # how long a callback query waits in the queue and for an answer
    update_hours: int = 24

    rate: bool = True  # 429 on or off
    per_second: float = 30
    burst: int = 30
    chat_per_second: float = 1
    chat_burst: int = 5  # «short bursts»; Telegram names no number

    history: int = 1000  # messages remembered in one chat: bounds memory, not a Telegram limit
    webhook_connections: int = 40
    webhook_first_retry: float = 1  # seconds; doubles up to webhook_last_retry
    webhook_last_retry: float = 60
    webhook_timeout: float = 60
