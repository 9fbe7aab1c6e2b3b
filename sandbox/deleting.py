"""Deleting messages; pinning and unpinning them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox.errors import bad_request
from sandbox.files import Upload
from sandbox.model import Chat, Message
from sandbox.params import Params, integer, json_value, text, to_integer

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Files = Mapping[str, Upload]


def forget(telegram: "Telegram", chat: Chat, message: Message) -> None:
    """Takes a message out of the chat."""
    del chat.messages[message.message_id]
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    telegram.events.publish("deleted", chat.id, message_id=message.message_id)


def _deletable(telegram: "Telegram", message: Message) -> bool:
    return telegram.now() - message.date < telegram.limits.delete_hours * 3600


def _delete_message(telegram: "Telegram", params: Params, _files: Files) -> bool:
    if not text(params, "chat_id"):
        words = "Chat identifier is not specified"
        raise bad_request(words)
    if not integer(params, "message_id"):
        words = "Message identifier is not specified"
        raise bad_request(words)
    chat = telegram.chat_of(params)
    message = telegram.message_of(chat, params, "message to delete")
    if not _deletable(telegram, message):
        words = "Message can't be deleted for everyone"
        raise bad_request(words)
    forget(telegram, chat, message)
    return True


def _delete_messages(telegram: "Telegram", params: Params, _files: Files) -> bool:
    if not text(params, "message_ids"):
        words = "Message identifiers are not specified"
        raise bad_request(words)
    given = json_value(params, "message_ids", "message_ids")
    if not isinstance(given, list):
        words = "Expected an Array of message identifiers"
        raise bad_request(words)
    if len(given) > 100:
        words = "Too many message identifiers specified"
        raise bad_request(words)
    ids = [to_integer(one) for one in given]
    if any(one <= 0 for one in ids):
        words = "Invalid message identifier specified"
        raise bad_request(words)
    chat = telegram.chat_of(params)
    found = [chat.messages[one] for one in dict.fromkeys(ids) if one in chat.messages]
    if not all(_deletable(telegram, message) for message in found):
        words = "Message can't be deleted for everyone"
        raise bad_request(words)
    for message in found:
        forget(telegram, chat, message)
    return True


def _pin(telegram: "Telegram", params: Params, _files: Files) -> bool:
    chat = telegram.chat_of(params, write=True)
    message = telegram.message_of(chat, params, "message to pin")
    if message.message_id in chat.pinned:
        return True
    chat.pinned.append(message.message_id)
    telegram.events.publish("pinned", chat.id, message_id=message.message_id)
    note = telegram.add_message(chat, telegram.bot, "service", {})
    note.pinned_message = message
    note.editable = False
    telegram.events.publish("message", chat.id, note)
    return True


def _unpin(telegram: "Telegram", params: Params, _files: Files) -> bool:
    chat = telegram.chat_of(params)
    if integer(params, "message_id"):
        message_id = telegram.message_of(chat, params, "message to unpin").message_id
    elif chat.pinned:
        message_id = chat.pinned[-1]
    else:
        words = "Message to unpin not found"
        raise bad_request(words)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
        telegram.events.publish("unpinned", chat.id, message_id=message_id)
    return True


def _unpin_all(telegram: "Telegram", params: Params, _files: Files) -> bool:
    chat = telegram.chat_of(params)
    for message_id in chat.pinned:
        telegram.events.publish("unpinned", chat.id, message_id=message_id)
    chat.pinned.clear()
    return True


METHODS = {
    "deletemessage": _delete_message,
    "deletemessages": _delete_messages,
    "pinchatmessage": _pin,
    "unpinchatmessage": _unpin,
    "unpinallchatmessages": _unpin_all,
}
