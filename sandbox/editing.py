"""Editing what the bot sent."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox.errors import bad_request, forbidden
from sandbox.files import Upload
from sandbox.markup import only_inline, read_markup
from sandbox.media import read_media
from sandbox.model import Json, Message
from sandbox.params import Params, integer, json_value, text
from sandbox.sending import read_caption, read_text

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Files = Mapping[str, Upload]

_CAPTIONED = frozenset({"photo", "document", "voice", "video", "audio", "animation"})
_CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def _find(telegram: "Telegram", params: Params) -> Message:
    if not text(params, "chat_id") and not integer(params, "message_id"):
        if not text(params, "inline_message_id"):
            message = "Message identifier is not specified"
            raise bad_request(message)
        message = "MESSAGE_ID_INVALID"  # this bot has no inline mode
        raise bad_request(message)
    chat = telegram.chat_of(params)
    if chat.deactivated:
        words = "user is deactivated"
        raise forbidden(words)
    if chat.blocked and telegram.limits.blocked_edits_refused:
        words = "bot was blocked by the user"
        raise forbidden(words)
    message_found = telegram.message_of(chat, params, "message to edit")
    if not message_found.outgoing or not message_found.editable:
        message = "Message can't be edited"
        raise bad_request(message)
    return message_found


def _apply(
    telegram: "Telegram", message: Message, kind: str, content: Json, markup: Json | None
) -> Json:
    if content == message.content and markup == message.markup:
        words = (
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
        raise bad_request(words)
    if content != message.content:  # a new keyboard alone does not make a message «edited»
        message.edit_date = int(telegram.now())
    message.kind = kind
    message.content = content
    message.markup = markup
    telegram.events.publish("edited", message.chat.id, message)
    return message.to_json()


def _edit_text(telegram: "Telegram", params: Params, _files: Files) -> Json:
    content = read_text(telegram, params)
    markup = only_inline(read_markup(params, telegram.limits))
    message = _find(telegram, params)
    if message.kind != "text":
        words = "There is no text in the message to edit"
        raise bad_request(words)
    return _apply(telegram, message, "text", content, markup)


def _edit_caption(telegram: "Telegram", params: Params, _files: Files) -> Json:
    caption = read_caption(telegram, params)
    markup = only_inline(read_markup(params, telegram.limits))
    message = _find(telegram, params)
    if message.kind not in _CAPTIONED:
        words = "There is no caption in the message to edit"
        raise bad_request(words)
    kept = {k: v for k, v in message.content.items() if k not in _CAPTION_FIELDS}
    return _apply(telegram, message, message.kind, kept | caption, markup)


def _edit_media(telegram: "Telegram", params: Params, files: Files) -> Json:
    markup = only_inline(read_markup(params, telegram.limits))
    if not params.get("media"):
        words = 'Parameter "media" is required'
        raise bad_request(words)
    item = json_value(params, "media", "input media")
    kind, content = read_media(telegram, item, files, album=False)
    message = _find(telegram, params)
    if message.kind not in _CAPTIONED | {"text"} or message.kind == "voice":
        words = "Message media can't be edited"
        raise bad_request(words)
    alone = {"audio", "document"}
    if message.media_group_id and kind != message.kind and ({kind, message.kind} & alone):
        words = "Can't change media type in the album"
        raise bad_request(words)
    return _apply(telegram, message, kind, content, markup)


def _edit_markup(telegram: "Telegram", params: Params, _files: Files) -> Json:
    markup = only_inline(read_markup(params, telegram.limits))
    message = _find(telegram, params)
    return _apply(telegram, message, message.kind, message.content, markup)


METHODS = {
    "editmessagetext": _edit_text,
    "editmessagecaption": _edit_caption,
    "editmessagemedia": _edit_media,
    "editmessagereplymarkup": _edit_markup,
}
