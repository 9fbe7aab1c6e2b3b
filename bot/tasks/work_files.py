"""Sending things of a work into a chat again: by Telegram's id, else from our own folder."""

from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import FSInputFile, InputFile, LinkPreviewOptions

from storage.files import files
from storage.tasks.submissions import Item
from storage.tasks.tasks import Template
from surveys.tasks import Content


async def send_item(bot: Bot, chat: int, item: Item, data_dir: Path, *, caption: str = "") -> None:
    """One thing of a work, as plain text or as the file it is.

    Telegram's id works as long as the bot's token does; after that the stored file is uploaded.
    """
    if item.stored_name is None:
        await bot.send_message(
            chat,
            item.text,
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return
    words = caption or item.text[:1024]
    try:
        await _send(bot, chat, item.content, item.file_id or "", words)
    except TelegramBadRequest:
        stored = FSInputFile(files.path_of(data_dir, item.stored_name), filename=item.name)
        await bot.send_document(chat, stored, caption=words or None, parse_mode=None)


async def send_template(bot: Bot, chat: int, template: Template, caption: str) -> None:
    """A file given out with a task."""
    kind = {"photo": Content.PHOTO, "video": Content.VIDEO}.get(template.kind, Content.DOCUMENT)
    await _send(bot, chat, kind, template.file_id, caption)


async def _send(bot: Bot, chat: int, content: Content, file: str | InputFile, caption: str) -> None:
    words = caption or None
    match content:
        case Content.PHOTO:
            await bot.send_photo(chat, file, caption=words, parse_mode=None)
        case Content.VIDEO:
            await bot.send_video(chat, file, caption=words, parse_mode=None)
        case Content.VOICE:
            await bot.send_voice(chat, file, caption=words, parse_mode=None)
        case _:
            await bot.send_document(chat, file, caption=words, parse_mode=None)
