"""Small answers of the bot: to a pressed button, «is typing», a reaction."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox.errors import bad_request
from sandbox.files import Upload
from sandbox.model import CallbackAnswer
from sandbox.params import Params, flag, json_value, text, word

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Files = Mapping[str, Upload]

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
# What a bot may use in a private chat: the emoji of ReactionTypeEmoji in the Bot API.
_REACTIONS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 "
    "🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 "
    "🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡"
)
REACTIONS = frozenset(_REACTIONS.split())


def _answer_callback_query(telegram: "Telegram", params: Params, _files: Files) -> bool:
    query = telegram.queries.get(text(params, "callback_query_id"))
    expired = (
        query is None
        or query.answer is not None
        or telegram.now() - query.asked > telegram.limits.callback_seconds
    )
    if expired or query is None:
        raise bad_request(TOO_OLD)
    words = text(params, "text")
    if len(words) > telegram.limits.callback_answer:
        message = "MESSAGE_TOO_LONG"
        raise bad_request(message)
    url = text(params, "url")
    if url and not url.lower().startswith(
        (f"https://t.me/{telegram.bot.username}?start=", f"t.me/{telegram.bot.username}?start=")
    ):
        message = "URL_INVALID"
        raise bad_request(message)
    answer = CallbackAnswer(words, flag(params, "show_alert"), url)
    query.answer = answer
    telegram.events.publish(
        "answer",
        query.chat.id,
        query_id=query.id,
        message_id=query.message_id,
        text=words,
        show_alert=answer.show_alert,
        url=url,
    )
    for waiter in query.waiters:
        if not waiter.done():
            waiter.set_result(answer)
    return True


def _send_chat_action(telegram: "Telegram", params: Params, _files: Files) -> bool:
    action = text(params, "action")
    if action not in _ACTIONS:
        message = "Wrong parameter action in request"
        raise bad_request(message)
    chat = telegram.chat_of(params, write=True)
    telegram.events.publish("action", chat.id, action=action)
    return True


def _set_message_reaction(telegram: "Telegram", params: Params, _files: Files) -> bool:
    given = json_value(params, "reaction", "reaction types")
    if given is not None and not isinstance(given, list):
        message = "Expected an Array of ReactionType"
        raise bad_request(message)
    chat = telegram.chat_of(params)
    message_found = telegram.message_of(chat, params, "message to react")
    reactions = []
    for reaction in given or []:
        kind = word(reaction, "type")
        if kind not in {"emoji", "custom_emoji", "paid"}:
            message = "Can't parse ReactionType: invalid reaction type specified"
            raise bad_request(message)
        emoji = str(reaction.get("emoji", "")).replace("\ufe0f", "")
        if kind != "emoji" or emoji not in REACTIONS:
            message = "REACTION_INVALID"
            raise bad_request(message)
        reactions.append({"type": "emoji", "emoji": emoji})
    if len(reactions) > 1:  # a bot, like anybody without Premium, has one reaction per message
        message = "REACTIONS_TOO_MANY"
        raise bad_request(message)
    kept = message_found.reactions or {}
    kept.pop(telegram.bot.id, None)
    if reactions:
        kept[telegram.bot.id] = reactions
    message_found.reactions = kept or None
    telegram.events.publish(
        "reaction", chat.id, message_found, message_id=message_found.message_id, new=reactions
    )
    return True


METHODS = {
    "answercallbackquery": _answer_callback_query,
    "sendchataction": _send_chat_action,
    "setmessagereaction": _set_message_reaction,
}
