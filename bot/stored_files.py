"""Sending a stored file into a chat again: by Telegram's id, else from our own folder."""

from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import FSInputFile, InputFile

from surveys.tasks import Content


async def send_stored(
    bot: Bot, chat: int, content: Content, file_id: str, path: Path, *, name: str, caption: str = ""
) -> None:
    """The file as it came; Telegram's id works as long as the bot's token does."""
    try:
        await send_known(bot, chat, content, file_id, caption)
    except TelegramBadRequest:
        stored = FSInputFile(path, filename=name)
        await bot.send_document(chat, stored, caption=caption or None, parse_mode=None)


async def send_known(
    bot: Bot, chat: int, content: Content, file: str | InputFile, caption: str
) -> None:
    """A file by the kind that Telegram knows it as; an id of one kind is refused as another."""
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
