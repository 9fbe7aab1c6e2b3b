"""A message with a file → the answer to an item that asks for one, or why it is not taken."""

from pathlib import Path

from aiogram import Bot
from aiogram.types import Message

from bot.incoming_files import Incoming, TooLarge, Trouble, download
from bot.texts import answering as words
from bot.texts import handing_in as file_words
from storage.files import names as file_names
from storage.files.files import Kept
from storage.files.types import FileType, Harm
from storage.questionnaires.answer_files import GivenFile
from storage.tasks.tasks import MAX_BYTES
from surveys.questionnaire import Upload
from surveys.tasks import Content

_ALSO = {"image": (Content.PHOTO, FileType.IMAGE), "audio": (Content.VOICE, FileType.AUDIO)}
"""What an item takes: sent as such, or as a document that is such by its content."""


async def take(
    bot: Bot, message: Message, file: Incoming, item: Upload, data_dir: Path
) -> GivenFile | str:
    """The file, stored; or a sentence that says why it is not taken and what to send instead.

    Raises:
        TelegramNetworkError: the file did not come; the update is handled again later.
    """
    if file.size is not None and file.size > MAX_BYTES:
        return file_words.too_large(file.size, MAX_BYTES)
    wanted, family = _ALSO.get(item.type, (file.content, FileType.OTHER))
    if file.content not in (wanted, Content.DOCUMENT):
        return words.WRONG_FILES[item.type]
    kept = await download(bot, message, file, MAX_BYTES, data_dir)
    if not isinstance(kept, Kept):
        return _refused(kept)
    if file.content is not wanted and kept.type is not family:
        return words.WRONG_FILES[item.type]
    fallback = words.FILE_NAMES[file.content]
    return GivenFile(
        stored_name=kept.stored_name,
        kind=file.content,
        file_id=file.file_id,
        name=file_names.clean(file.name, kept.ending, fallback=fallback),
        size=kept.size,
        album=message.media_group_id,
    )


def _refused(reason: Harm | TooLarge | Trouble) -> str:
    match reason:
        case TooLarge(size):
            return file_words.too_large(size, MAX_BYTES)
        case Harm():
            return file_words.HARMS[reason]
        case Trouble.EMPTY:
            return file_words.EMPTY_FILE
        case _:
            return file_words.NO_ROOM
