"""What the bot sends: texts, files, albums, copies and forwards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.entities import finish_text, formatted_text
from sandbox.errors import ApiError, bad_request
from sandbox.files import Upload
from sandbox.markup import read_markup
from sandbox.media import input_file, media_from_params, read_album
from sandbox.model import Chat, Json, Message
from sandbox.params import Params, flag, integer, json_value, text, to_integer

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Files = Mapping[str, Upload]


def read_text(telegram: "Telegram", params: Params) -> Json:
    """The content of a text message, or the refusal of an empty, long or broken one."""
    raw = text(params, "text")
    if not raw:
        message = "Message text is empty"
        raise bad_request(message)
    limits = telegram.limits
    entities = json_value(params, "entities", "entities")
    shown, found = formatted_text(raw, text(params, "parse_mode"), entities, limits)
    shown, found = finish_text(shown, _with_users(telegram, found), limits)
    if not shown:
        message = "Text must be non-empty"
        raise bad_request(message)
    if len(shown) > limits.text:
        message = "Message is too long"
        raise bad_request(message)
    content: Json = {"text": shown}
    if found:
        content["entities"] = found
    if params.get("link_preview_options"):
        options = json_value(params, "link_preview_options", "link preview options")
        if not isinstance(options, dict):
            message = "Object expected as link preview options"
            raise bad_request(message)
        content["link_preview_options"] = options
    elif flag(params, "disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return content


def _with_users(telegram: "Telegram", entities: list[Json]) -> list[Json]:
    """Mentions by id get the whole user; of somebody the bot never met only the text is left."""
    if not any(entity["type"] == "text_mention" for entity in entities):
        return entities
    kept = []
    for entity in entities:
        if entity["type"] == "text_mention":
            chat = telegram.chats.get(to_integer(entity["user"]["id"]))
            if chat is None:
                continue
            entity["user"] = chat.person.json
        kept.append(entity)
    return kept


def read_caption(telegram: "Telegram", params: Params) -> Json:
    """`caption` and `caption_entities`, or nothing; the refusal of a long or broken one."""
    limits = telegram.limits
    entities = json_value(params, "caption_entities", "caption_entities")
    shown, found = formatted_text(
        text(params, "caption"), text(params, "parse_mode"), entities, limits
    )
    shown, found = finish_text(shown, _with_users(telegram, found), limits)
    if len(shown) > limits.caption:
        message = "Message caption is too long"
        raise bad_request(message)
    content: Json = {"caption": shown} if shown else {}
    if found:
        content["caption_entities"] = found
    if shown and flag(params, "show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def _reply_to(chat: Chat, params: Params) -> Message | None:
    lenient = flag(params, "allow_sending_without_reply")
    message_id = integer(params, "reply_to_message_id")
    options = json_value(params, "reply_parameters", "reply parameters")
    if options is not None:
        if not isinstance(options, dict):
            message = "Object expected as reply parameters"
            raise bad_request(message)
        if options and "message_id" not in options:
            message = 'Can\'t find field "message_id"'
            raise bad_request(message)
        message_id = to_integer(options.get("message_id"))
        lenient = bool(options.get("allow_sending_without_reply"))
    if message_id <= 0:
        return None
    found = chat.messages.get(message_id)
    if found is None and not lenient:
        message = "message to be replied not found"
        raise bad_request(message)
    return found


def _deliver(
    telegram: "Telegram", chat: Chat, params: Params, contents: list[tuple[str, Json]]
) -> list[Message]:
    """Puts messages (more than one: an album) into a chat and tells whoever watches."""
    markup = read_markup(params, telegram.limits)
    reply_to = _reply_to(chat, params)
    if telegram.limits.rate:
        telegram.rate.spend(chat.id, telegram.now(), len(contents))
    group = str(telegram.last_message_id + 10**16) if len(contents) > 1 else None
    sent = []
    for kind, content in contents:
        message = telegram.add_message(chat, telegram.bot, kind, content)
        message.media_group_id = group
        message.reply_to = reply_to
        message.protected = flag(params, "protect_content")
        message.silent = flag(params, "disable_notification")
        if markup is not None:
            put_markup(telegram, message, markup)
        sent.append(message)
    for message in sent:
        telegram.events.publish("message", chat.id, message)
    return sent


def put_markup(telegram: "Telegram", message: Message, markup: Json) -> None:
    """An inline keyboard stays under its message, any other belongs to the chat."""
    if "inline_keyboard" in markup:
        message.markup = markup
        return
    message.editable = False  # as at Telegram: once sent with a reply keyboard, never edited
    chat = message.chat
    chat.reply_keyboard = None if "remove_keyboard" in markup else markup
    telegram.events.publish("keyboard", chat.id, keyboard=chat.reply_keyboard)


def _send_message(telegram: "Telegram", params: Params, _files: Files) -> Json:
    content = read_text(telegram, params)
    chat = telegram.chat_of(params, write=True)
    return _deliver(telegram, chat, params, [("text", content)])[0].to_json()


def _send_media(telegram: "Telegram", params: Params, files: Files, kind: str) -> Json:
    caption = read_caption(telegram, params)
    chat = telegram.chat_of(params, write=True)
    stored = input_file(telegram, params.get(kind), files, kind, field=kind)
    content = media_from_params(stored, params) | caption
    return _deliver(telegram, chat, params, [(stored.kind, content)])[0].to_json()


def _send_media_group(telegram: "Telegram", params: Params, files: Files) -> list[Json]:
    chat = telegram.chat_of(params, write=True)
    contents = read_album(telegram, params, files)
    # sendMediaGroup has no reply_markup: one that is given is ignored.
    params = {k: v for k, v in params.items() if k != "reply_markup"}
    return [message.to_json() for message in _deliver(telegram, chat, params, contents)]


def _send_contact(telegram: "Telegram", params: Params, _files: Files) -> Json:
    chat = telegram.chat_of(params, write=True)
    phone, name = text(params, "phone_number"), text(params, "first_name")
    for field, value in (("phone_number", phone), ("first_name", name)):
        if not value:
            message = f'Parameter "{field}" is required'
            raise bad_request(message)
    contact = {"phone_number": phone, "first_name": name}
    if text(params, "last_name"):
        contact["last_name"] = text(params, "last_name")
    return _deliver(telegram, chat, params, [("contact", {"contact": contact})])[0].to_json()


def _source(telegram: "Telegram", params: Params, what: str) -> Message:
    if not text(params, "from_chat_id"):
        message = 'Parameter "from_chat_id" is required'
        raise bad_request(message)
    source = telegram.message_of(telegram.chat_of(params, "from_chat_id"), params, what)
    if source.kind == "service":
        copied = what == "message to copy"
        message = f"The message can't be {'copied' if copied else 'forwarded'}"
        raise bad_request(message)
    return source


def _copy_message(telegram: "Telegram", params: Params, _files: Files) -> Json:
    source = _source(telegram, params, "message to copy")
    content = dict(source.content)
    if "caption" in params and source.kind != "text":
        for name in ("caption", "caption_entities", "show_caption_above_media"):
            content.pop(name, None)
        content |= read_caption(telegram, params)
    chat = telegram.chat_of(params, write=True)
    if "reply_markup" not in params and source.markup is not None:
        params = {**params, "reply_markup": source.markup}
    message = _deliver(telegram, chat, params, [(source.kind, content)])[0]
    return {"message_id": message.message_id}


def _forward_message(telegram: "Telegram", params: Params, _files: Files) -> Json:
    source = _source(telegram, params, "message to forward")
    if source.protected:
        message = "The message can't be forwarded"
        raise bad_request(message)
    chat = telegram.chat_of(params, write=True)
    params = {k: v for k, v in params.items() if k != "reply_markup"}
    sent = _deliver(telegram, chat, params, [(source.kind, dict(source.content))])[0]
    sent.forward_origin = source.forward_origin or {
        "type": "user",
        "sender_user": source.sender.json,
        "date": source.date,
    }
    sent.editable = False
    return sent.to_json()


def _sender(kind: str) -> Any:
    def send(telegram: "Telegram", params: Params, files: Files) -> Json:
        return _send_media(telegram, params, files, kind)

    return send


def _unsupported(_telegram: "Telegram", _params: Params, _files: Files) -> Any:
    raise ApiError(501, "Not Implemented: this local Telegram does not know the method")


METHODS = {
    "sendmessage": _send_message,
    **{
        f"send{kind}": _sender(kind)
        for kind in ("photo", "document", "voice", "video", "audio", "animation")
    },
    "sendmediagroup": _send_media_group,
    "sendcontact": _send_contact,
    "copymessage": _copy_message,
    "forwardmessage": _forward_message,
    "sendpoll": _unsupported,
    "senddice": _unsupported,
    "sendsticker": _unsupported,
    "sendlocation": _unsupported,
    "sendvenue": _unsupported,
}
