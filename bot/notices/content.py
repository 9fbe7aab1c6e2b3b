"""What a notice says: read from a message of its author, checked, sent to one person, changed."""

import hashlib
import re
from collections.abc import Callable
from typing import Final

from aiogram import Bot
from aiogram.enums import ContentType, ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)

from bot.delivery.composers import Drop
from bot.notices.buttons import drawn
from bot.screens import EDIT_REFUSED, NOT_MODIFIED, Screen, send
from bot.texts.notice_text import fill, longest, unknown_placeholders
from bot.texts.notices import WITHDRAWN
from bot.texts.writing_notices import blocked
from storage.notices.notices import Content, Part
from storage.people.people import Person

TEXT_MOST = 4096
CAPTION_MOST = 1024
"""Telegram's limits after entities are parsed."""
ALBUM_MOST = 10
LABEL_MOST = 60

CAPTIONED = ("photo", "video", "document", "audio", "voice", "animation")
_MEDIA: Final[dict[str, Callable[..., InputMediaPhoto]]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,  # type: ignore[dict-item]  # built alike: media, caption, parse_mode
    "document": InputMediaDocument,  # type: ignore[dict-item]  # the same
    "audio": InputMediaAudio,  # type: ignore[dict-item]  # the same
}
_ADDRESS = re.compile(
    r"https?://[^\s/@?#.:]+(\.[^\s/@?#.:]+)+(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE
)

CANNOT_DELETE = "message can't be deleted"
DELETED_ALREADY = "message to delete not found"


def read(message: Message, before: Content) -> Content:
    """The content of a message; a further piece of an album joins those before it."""
    text = message.html_text if message.text or message.caption else ""
    if message.text:
        return Content(text=text, buttons=before.buttons)
    part = _part(message)
    if message.media_group_id and part is not None:
        earlier = tuple(one for one in before.album if one.message_id != part.message_id)
        album = tuple(sorted((*earlier, part), key=lambda one: one.message_id))[:ALBUM_MOST]
        return Content(
            text=text or (before.text if earlier else ""),
            source_chat=message.chat.id,
            source_message=album[0].message_id,
            captioned=True,
            album=album,
            buttons=before.buttons,
        )
    return Content(
        text=text,
        source_chat=message.chat.id,
        source_message=message.message_id,
        captioned=message.content_type in CAPTIONED,
        kind=ContentType(message.content_type).value,
        buttons=before.buttons,
    )


def _part(message: Message) -> Part | None:
    if message.photo:
        return Part(kind="photo", file_id=message.photo[-1].file_id, message_id=message.message_id)
    if message.video:
        return Part(kind="video", file_id=message.video.file_id, message_id=message.message_id)
    if message.document:
        file_id = message.document.file_id
        return Part(kind="document", file_id=file_id, message_id=message.message_id)
    if message.audio:
        return Part(kind="audio", file_id=message.audio.file_id, message_id=message.message_id)
    return None


def link(text: str) -> tuple[str, str] | None:
    """(label, address) of «Программа https://…»; None where it is not that."""
    label, _, address = " ".join(text.split()).rpartition(" ")
    if address.lower().startswith(("t.me/", "www.")):
        address = f"https://{address}"
    label = label.rstrip(" :—–-")
    return (label, address) if label and len(label) <= LABEL_MOST and sound(address) else None


def sound(address: str) -> bool:
    """Whether this can be an address on the web at all."""
    return len(address) <= 1000 and _ADDRESS.fullmatch(address) is not None


def fingerprint(content: Content) -> str:
    """Changes with anything the recipient sees."""
    return hashlib.sha256(content.model_dump_json().encode()).hexdigest()[:16]


def blockers(content: Content, *, longest_name: int) -> list[str]:
    """What keeps it from being sent, found before it is tried on anybody; [] is nothing."""
    found = []
    if content.empty:
        return [blocked("empty")]
    most = CAPTION_MOST if content.source_message else TEXT_MOST
    length = longest(content.text, longest_name)
    if length > most:
        found.append(blocked("too-long", length=length, most=most))
    if unknown := unknown_placeholders(content.text):
        found.append(blocked("placeholder", names=", ".join(unknown)))
    if len(content.album) > 1 and content.buttons:
        found.append(blocked("album-buttons"))
    found += [
        blocked("link", label=one.label)
        for one in content.buttons
        if not one.target and not sound(one.url)
    ]
    return found


async def deliver(bot: Bot, chat: int, content: Content, person: Person) -> tuple[int, ...]:
    """Send it to one person; the ids of the messages. Raises what Telegram refuses with."""
    text = fill(content.text, person)
    if len(content.album) > 1:
        return await _deliver_album(bot, chat, content, text)
    keyboard = _keyboard(content)
    if not content.source_message:
        return (await send(bot, chat, Screen(text, keyboard)),)
    copied = await bot.copy_message(
        chat,
        content.source_chat,
        content.source_message,
        caption=text if content.captioned and text else None,
        parse_mode=ParseMode.HTML,
        # An empty keyboard: the source's own buttons are not the recipients'.
        reply_markup=keyboard,
    )
    return (copied.message_id,)


async def _deliver_album(bot: Bot, chat: int, content: Content, text: str) -> tuple[int, ...]:
    media = [
        _MEDIA[part.kind](
            media=part.file_id,
            caption=text if number == 0 and text else None,
            parse_mode=ParseMode.HTML,
        )
        for number, part in enumerate(content.album)
    ]
    messages = await bot.send_media_group(chat, media)  # type: ignore[arg-type]  # as above
    return tuple(message.message_id for message in messages)


def weight(content: Content) -> int:
    """Messages it is for Telegram's limits."""
    return max(1, len(content.album))


async def rewrite(
    bot: Bot, chat: int, messages: tuple[int, ...], content: Content, person: Person
) -> tuple[int, ...] | Drop:
    """Edit what was sent into what the notice says now."""
    return await _edit(bot, chat, messages, content, fill(content.text, person), _keyboard(content))


async def take_back(
    bot: Bot, chat: int, messages: tuple[int, ...], content: Content
) -> tuple[int, ...] | Drop:
    """Delete what was sent; where Telegram does not allow that any more, say it is withdrawn."""
    try:
        for message in messages:
            await _delete(bot, chat, message)
    except TelegramBadRequest as refusal:
        if CANNOT_DELETE not in refusal.message.lower():
            raise
        if content.source_message and not content.captioned:
            return Drop("not-deletable")
        changed = await _edit(bot, chat, messages, content, WITHDRAWN, None)
        return Drop("not-deletable") if isinstance(changed, Drop) else changed
    return messages


async def _delete(bot: Bot, chat: int, message: int) -> None:
    try:
        await bot.delete_message(chat, message)
    except TelegramBadRequest as refusal:
        if DELETED_ALREADY not in refusal.message.lower():  # the person did it: all the better
            raise


async def _edit(  # noqa: PLR0917 - what is edited, where, into what
    bot: Bot,
    chat: int,
    messages: tuple[int, ...],
    content: Content,
    text: str,
    keyboard: InlineKeyboardMarkup | None,
) -> tuple[int, ...] | Drop:
    try:
        if content.source_message:
            await bot.edit_message_caption(
                chat_id=chat,
                message_id=messages[0],
                caption=text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
        else:
            await bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=messages[0],
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
    except TelegramBadRequest as refusal:
        reason = refusal.message.lower()
        if NOT_MODIFIED in reason:
            return messages
        if any(known in reason for known in (*EDIT_REFUSED, "there is no caption")):
            return Drop("not-editable")
        raise
    return messages


def _keyboard(content: Content) -> InlineKeyboardMarkup | None:
    rows = [[made] for one in content.buttons if (made := drawn(one)) is not None]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
