"""What the bot may ask: itself, a chat, a file."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox.errors import bad_request
from sandbox.files import Upload, file_json
from sandbox.model import Json
from sandbox.params import Params, text

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Files = Mapping[str, Upload]


def _get_me(telegram: "Telegram", _params: Params, _files: Files) -> Json:
    return {
        **telegram.bot.json,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def _get_chat(telegram: "Telegram", params: Params, _files: Files) -> Json:
    chat = telegram.chat_of(params)
    found: Json = {
        **chat.json,
        "can_send_gift": True,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            True,
        ),
        "max_reaction_count": 11,
        "accent_color_id": chat.id % 7,
    }
    if chat.person.username:
        found["active_usernames"] = [chat.person.username]
    if chat.pinned:
        found["pinned_message"] = chat.messages[chat.pinned[-1]].to_json(with_reply=False)
    return found


def _get_file(telegram: "Telegram", params: Params, _files: Files) -> Json:
    file_id = text(params, "file_id")
    if not file_id:
        message = "file_id not specified"
        raise bad_request(message)
    stored = telegram.files.find(file_id)
    if stored is None:
        message = "invalid file_id"
        raise bad_request(message)
    if stored.size > telegram.limits.download_bytes:
        message = "file is too big"
        raise bad_request(message)
    return {**file_json(stored), "file_path": stored.path}


METHODS = {"getme": _get_me, "getchat": _get_chat, "getfile": _get_file}
