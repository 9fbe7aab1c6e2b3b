"""One message of a trainee → what goes into the draft, or a named reason why it does not.

Files are downloaded here, in pieces, before anything is recorded: a row never names a file that is
not on the disk.
"""

import logging
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import aiohttp
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import GetFile
from aiogram.types import Message

from bot.texts import tasks as words
from storage.files import files
from storage.files import names as file_names
from storage.files.files import TooLargeError
from storage.files.types import FileType, Harm
from storage.tasks.submissions import TEXT_LIMIT, Item, NewItem
from storage.tasks.tasks import MAX_BYTES, Task
from surveys.tasks import Content

log = logging.getLogger(__name__)

DOWNLOAD_SECONDS = 600
CHUNK = 1 << 16


class Fault(StrEnum):
    """Why something is not taken, where no more than that is to say."""

    STRANGE = "strange"
    EMPTY = "empty"
    TOO_MANY = "too-many"
    TEXT_TOO_LONG = "text-too-long"
    NO_ROOM = "no-room"


@dataclass(frozen=True)
class TooLarge:
    """A file of so many bytes, if known."""

    size: int | None


@dataclass(frozen=True)
class NotAccepted:
    """The task does not take this kind of content."""

    content: Content


@dataclass(frozen=True)
class WrongType:
    """The task does not take documents of this family."""

    type: FileType


Refused = Fault | TooLarge | NotAccepted | WrongType | Harm

_AS_SENT = {
    FileType.IMAGE: Content.PHOTO,
    FileType.VIDEO: Content.VIDEO,
    FileType.AUDIO: Content.VOICE,
}
"""A picture sent «как файл» is a document to Telegram and a photo to whoever asked for one."""


@dataclass(frozen=True)
class _File:
    content: Content
    file_id: str
    unique_id: str
    size: int | None
    name: str


async def read(
    bot: Bot, message: Message, task: Task, collected: tuple[Item, ...], data_dir: Path
) -> list[NewItem] | Refused:
    """What the message holds, downloaded.

    Raises:
        TelegramNetworkError: the file did not come; the update is handled again later.
    """
    file = _file(message)
    if file is not None:
        known = _known_fault(file, task, len(collected))
        return known or await _take_file(bot, message, file, task, data_dir)
    if message.text:
        return _take_text(message, task, collected)
    return Fault.STRANGE


def say(refused: Refused, task: Task) -> str:  # noqa: PLR0911 - one sentence for each kind
    """The refusal in words, with the remedy."""
    match refused:
        case TooLarge(size):
            return words.too_large(size, min(task.max_bytes, MAX_BYTES))
        case NotAccepted(content):
            return words.not_accepted(content, task)
        case WrongType(kind):
            return words.wrong_type(kind, task)
        case Harm():
            return words.HARMS[refused]
        case Fault.TOO_MANY:
            return words.too_many(task.max_items)
        case Fault.EMPTY:
            return words.EMPTY_FILE
        case Fault.TEXT_TOO_LONG:
            return words.TEXT_TOO_LONG
        case Fault.NO_ROOM:
            return words.NO_ROOM
        case _:
            return words.STRANGE


def source_of(message: Message) -> str:
    """The natural key of what a message brings: the chat is private, so its number says all."""
    return str(message.message_id)


def links_in(message: Message) -> list[str]:
    """The addresses of a text, as Telegram itself found them, each once."""
    text = message.text or ""
    found = []
    for entity in message.entities or ():
        if entity.type == "url":
            found.append(entity.extract_from(text))
        elif entity.type == "text_link" and entity.url:
            found.append(entity.url)
    return list(dict.fromkeys(found))


def _take_text(
    message: Message, task: Task, collected: tuple[Item, ...]
) -> list[NewItem] | Refused:
    text, source = message.text or "", source_of(message)
    links = links_in(message)
    rest = text
    for link in links:
        rest = rest.replace(link, " ")
    only_links = bool(links) and not re.search(r"\w", rest)
    takes_text = not task.accepts or Content.TEXT in task.accepts
    takes_links = not task.accepts or Content.LINK in task.accepts
    made: list[NewItem] = []
    if not only_links and takes_text:
        made.append(NewItem(source, Content.TEXT, text=text))
    if links and takes_links:
        made += [
            NewItem(f"{source}:{place}", Content.LINK, text=link)
            for place, link in enumerate(links)
        ]
    if not made:
        return NotAccepted(Content.LINK if only_links else Content.TEXT)
    if len(collected) + len(made) > task.max_items:
        return Fault.TOO_MANY
    if sum(len(one.text) for one in (*collected, *made)) > TEXT_LIMIT:
        return Fault.TEXT_TOO_LONG
    return made


def _known_fault(file: _File, task: Task, collected: int) -> Refused | None:
    """What can be said against a file before a byte of it is fetched."""
    if collected >= task.max_items:
        return Fault.TOO_MANY
    if file.size is not None and file.size > min(task.max_bytes, MAX_BYTES):
        return TooLarge(file.size)
    if file.size == 0:
        return Fault.EMPTY
    if task.accepts and file.content is not Content.DOCUMENT and file.content not in task.accepts:
        return NotAccepted(file.content)
    return None


async def _take_file(
    bot: Bot, message: Message, file: _File, task: Task, data_dir: Path
) -> list[NewItem] | Refused:
    most = min(task.max_bytes, MAX_BYTES)
    kept = await _download(bot, message, file, most, data_dir)
    if not isinstance(kept, files.Kept):
        return kept
    content, refused = _fits(file.content, kept.type, task)
    if refused is not None:
        files.remove(data_dir, [kept.stored_name])
        return refused
    name = file_names.clean(file.name, kept.ending, fallback=words.NAMELESS[file.content])
    return [
        NewItem(
            source=source_of(message),
            content=content,
            text=message.caption or "",
            file_id=file.file_id,
            file_unique_id=file.unique_id,
            name=name,
            stored_name=kept.stored_name,
            type=kept.type,
            size=kept.size,
            sha256=kept.sha256,
        )
    ]


def _fits(content: Content, kind: FileType, task: Task) -> tuple[Content, Refused | None]:
    """Whether the task takes it, and as what it counts."""
    if content is not Content.DOCUMENT:
        return content, None
    if task.accepts and Content.DOCUMENT not in task.accepts:
        # It stays a document to Telegram, under which kind alone it can be sent again.
        counts_as = _AS_SENT.get(kind, Content.DOCUMENT)
        return content, None if counts_as in task.accepts else NotAccepted(content)
    if task.file_types and kind not in task.file_types:
        return content, WrongType(kind)
    return content, None


async def _download(
    bot: Bot, message: Message, file: _File, most: int, data_dir: Path
) -> files.Kept | Refused:
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
        log.error("a file of a submission was not stored: %s", error.strerror)
        return Fault.NO_ROOM
    return Fault.EMPTY if kept is None else kept


def _file(message: Message) -> _File | None:
    if message.photo:
        photo = message.photo[-1]
        return _File(Content.PHOTO, photo.file_id, photo.file_unique_id, photo.file_size, "")
    if message.document:
        document = message.document
        return _File(
            Content.DOCUMENT,
            document.file_id,
            document.file_unique_id,
            document.file_size,
            document.file_name or "",
        )
    video = message.video or message.video_note
    if video is not None:
        name = (message.video.file_name or "") if message.video else ""
        return _File(Content.VIDEO, video.file_id, video.file_unique_id, video.file_size, name)
    audio = message.voice or message.audio
    if audio is not None:
        name = (message.audio.file_name or "") if message.audio else ""
        return _File(Content.VOICE, audio.file_id, audio.file_unique_id, audio.file_size, name)
    return None
