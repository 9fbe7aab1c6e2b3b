"""Sending things of a work into a chat again."""

from collections.abc import Sequence
from pathlib import Path

from aiogram import Bot
from aiogram.types import LinkPreviewOptions

from bot.stored_files import send_known, send_stored
from storage.files import files
from storage.tasks.submissions import Item
from storage.tasks.tasks import Template
from surveys.tasks import Content


async def send_item(bot: Bot, chat: int, item: Item, data_dir: Path, *, caption: str = "") -> None:
    """One thing of a work, as plain text or as the file it is."""
    if item.stored_name is None:
        await bot.send_message(
            chat,
            item.text,
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return
    await send_stored(
        bot,
        chat,
        item.content,
        item.file_id or "",
        files.path_of(data_dir, item.stored_name),
        name=item.name,
        caption=caption or item.text[:1024],
    )


def without_repeats(items: Sequence[Item]) -> list[Item]:
    """A work as it is shown: a link that stands in one of its texts is not sent once more."""
    texts = " ".join(one.text for one in items if one.content is Content.TEXT)
    return [one for one in items if one.content is not Content.LINK or one.text not in texts]


async def send_template(bot: Bot, chat: int, template: Template, caption: str) -> None:
    """A file given out with a task."""
    kind = {"photo": Content.PHOTO, "video": Content.VIDEO}.get(template.kind, Content.DOCUMENT)
    await send_known(bot, chat, kind, template.file_id, caption)
