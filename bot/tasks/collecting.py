"""One message of a trainee → what goes into the draft, or a named reason why it does not.

Files are downloaded before anything is recorded (see `bot.incoming_files`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aiogram import Bot
from aiogram.types import Message

from bot.incoming_files import Incoming, TooLarge, Trouble, download, incoming
from bot.texts import handing_in as words
from storage.files import files
from storage.files import names as file_names
from storage.files.types import FileType, Harm
from storage.tasks.submissions import TEXT_LIMIT, Item, NewItem
from storage.tasks.tasks import MAX_BYTES, Task
from surveys.tasks import Content


class Fault(StrEnum):
    """Why something is not taken, where no more than that is to say."""

    STRANGE = "strange"
    TOO_MANY = "too-many"
    TEXT_TOO_LONG = "text-too-long"


@dataclass(frozen=True)
class NotAccepted:
    """The task does not take this kind of content."""

    content: Content


@dataclass(frozen=True)
class WrongType:
    """The task does not take documents of this family."""

    type: FileType


Refused = Fault | Trouble | TooLarge | NotAccepted | WrongType | Harm

_AS_SENT = {
    FileType.IMAGE: Content.PHOTO,
    FileType.VIDEO: Content.VIDEO,
    FileType.AUDIO: Content.VOICE,
}
"""A picture sent «как файл» is a document to Telegram and a photo to whoever asked for one."""


async def read(
    bot: Bot, message: Message, task: Task, collected: tuple[Item, ...], data_dir: Path
) -> list[NewItem] | Refused:
    """What the message holds, downloaded.

    Raises:
        TelegramNetworkError: the file did not come; the update is handled again later.
    """
    file = incoming(message)
    if file is not None:
        known = _known_fault(file, task, len(collected))
        return known or await _take_file(bot, message, file, task, data_dir)
    if message.text:
        return _take_text(message, task, collected)
    return Fault.STRANGE


def say(refused: Refused, task: Task, message: Message) -> str:
    """The refusal in words, with the remedy; of an album it also names the file."""
    said = _worded(refused, task)
    file = incoming(message)
    if message.media_group_id is None or file is None or not file.name:
        return said
    return words.of_file(
        file_names.clean(file.name, "", fallback=words.NAMELESS[file.content]), said
    )


def _worded(refused: Refused, task: Task) -> str:  # noqa: PLR0911 - one sentence for each kind
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
        case Trouble.EMPTY:
            return words.EMPTY_FILE
        case Fault.TEXT_TOO_LONG:
            return words.TEXT_TOO_LONG
        case Trouble.NO_ROOM:
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


def _known_fault(file: Incoming, task: Task, collected: int) -> Refused | None:
    """What can be said against a file before a byte of it is fetched."""
    if collected >= task.max_items:
        return Fault.TOO_MANY
    if file.size is not None and file.size > min(task.max_bytes, MAX_BYTES):
        return TooLarge(file.size)
    if file.size == 0:
        return Trouble.EMPTY
    if task.accepts and file.content is not Content.DOCUMENT and file.content not in task.accepts:
        return NotAccepted(file.content)
    return None


async def _take_file(
    bot: Bot, message: Message, file: Incoming, task: Task, data_dir: Path
) -> list[NewItem] | Refused:
    most = min(task.max_bytes, MAX_BYTES)
    kept = await download(bot, message, file, most, data_dir)
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
