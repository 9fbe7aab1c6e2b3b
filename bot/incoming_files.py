"""A file that somebody sends: what Telegram says of it, and its content, taken into our own folder.

Content is downloaded in pieces, before anything is recorded: a row never names a file that is not
on the disk.
"""

import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import aiohttp
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import GetFile
from aiogram.types import Message

from storage.files import files
from storage.files.files import Kept, TooLargeError
from storage.files.types import Harm
from surveys.tasks import Content

log = logging.getLogger(__name__)

DOWNLOAD_SECONDS = 600
CHUNK = 1 << 16


class Trouble(StrEnum):
    """Why a file is not taken, where no more than that is to say."""

    EMPTY = "empty"
    NO_ROOM = "no-room"


@dataclass(frozen=True)
class TooLarge:
    """A file of so many bytes, if known."""

    size: int | None


@dataclass(frozen=True)
class Incoming:
    """A file as Telegram describes it; `content` is how it was sent, `name` the sender's."""

    content: Content
    file_id: str
    unique_id: str
    size: int | None
    name: str


async def download(
    bot: Bot, message: Message, file: Incoming, most: int, data_dir: Path
) -> Kept | Harm | TooLarge | Trouble:
    """Take the file of a message into the folder, or say why not.

    Raises:
        TelegramNetworkError: the file did not come; the update is handled again later.
    """
    try:
        found = await bot.get_file(file.file_id)
    except TelegramBadRequest as refusal:
        if "too big" in refusal.message.lower():
            return TooLarge(file.size)
        raise
    url = bot.session.api.file_url(bot.token, found.file_path or "")
    chunks = bot.session.stream_content(
        url=url, timeout=DOWNLOAD_SECONDS, chunk_size=CHUNK, raise_for_status=True
    )
    try:
        kept = await files.keep(
            data_dir,
            files.stored_name(message.chat.id, message.message_id),
            aiter(chunks),
            claimed=file.name,
            max_bytes=most,
        )
    except TooLargeError:
        return TooLarge(None)
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        # The kind alone: aiohttp's messages quote the address, which holds the token.
        raise TelegramNetworkError(
            method=GetFile(file_id=file.file_id), message=type(error).__name__
        ) from None
    except OSError as error:
        log.error("a file was not stored: %s", error.strerror)
        return Trouble.NO_ROOM
    return Trouble.EMPTY if kept is None else kept


def incoming(message: Message) -> Incoming | None:
    """The file of a message; None where it has none (a sticker, a place, words)."""
    if message.photo:
        photo = message.photo[-1]
        return Incoming(Content.PHOTO, photo.file_id, photo.file_unique_id, photo.file_size, "")
    if message.document:
        document = message.document
        return Incoming(
            Content.DOCUMENT,
            document.file_id,
            document.file_unique_id,
            document.file_size,
            document.file_name or "",
        )
    video = message.video or message.video_note
    if video is not None:
        name = (message.video.file_name or "") if message.video else ""
        return Incoming(Content.VIDEO, video.file_id, video.file_unique_id, video.file_size, name)
    audio = message.voice or message.audio
    if audio is not None:
        name = (message.audio.file_name or "") if message.audio else ""
        return Incoming(Content.VOICE, audio.file_id, audio.file_unique_id, audio.file_size, name)
    return None
