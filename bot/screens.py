"""One screen: a text with buttons, shown by editing the message a button was pressed on."""

from contextlib import suppress
from dataclasses import dataclass

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

NOT_MODIFIED = "message is not modified"
EDIT_REFUSED = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)


@dataclass(frozen=True)
class Attachment:
    """A file that comes with a screen."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Screen:
    """What a person sees: HTML of at most 4096 characters, and inline buttons.

    With a `photo` or a `document` (never both) the text is its caption, at most 1024 characters;
    such a screen can be sent, not shown by editing.
    """

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    photo: Attachment | None = None
    document: Attachment | None = None


async def show(event: Message | CallbackQuery, screen: Screen, *, notice: str | None = None) -> int:
    """Show a screen in answer to a person's action.

    A press edits the message it was made on and is answered exactly once (with `notice` as a
    short toast, if given); where that message is gone or too old, and after something typed, a
    new message is sent.

    Returns:
        The id of the message that now shows the screen.
    """
    bot = event.bot
    assert bot is not None  # noqa: S101 - aiogram binds every incoming event to its bot
    if isinstance(event, Message):
        return await send(bot, event.chat.id, screen)
    try:
        if isinstance(event.message, Message):
            return await replace(bot, event.message.chat.id, event.message.message_id, screen)
        return await send(bot, event.from_user.id, screen)
    finally:
        await acknowledge(event, notice)


async def send(bot: Bot, chat_id: int, screen: Screen) -> int:
    """Send a screen as a new message; its id."""
    if screen.photo is not None or screen.document is not None:
        return await _send_attached(bot, chat_id, screen)
    message = await bot.send_message(
        chat_id,
        screen.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=screen.keyboard,
    )
    return message.message_id


async def _send_attached(bot: Bot, chat_id: int, screen: Screen) -> int:
    if screen.photo is not None:
        message = await bot.send_photo(
            chat_id,
            BufferedInputFile(screen.photo.content, filename=screen.photo.name),
            caption=screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
        )
    else:
        assert screen.document is not None  # noqa: S101 - one of both, see `send`
        message = await bot.send_document(
            chat_id,
            BufferedInputFile(screen.document.content, filename=screen.document.name),
            caption=screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=screen.keyboard,
        )
    return message.message_id


async def edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> bool:
    """Turn a message into this screen; False where Telegram does not let that message be edited.

    Showing the same again is success: a second press of one button must do no harm.
    """
    try:
        await bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=screen.keyboard,
        )
    except TelegramBadRequest as error:
        reason = error.message.lower()
        if NOT_MODIFIED in reason:
            return True
        if any(known in reason for known in EDIT_REFUSED):
            return False
        raise
    return True


async def replace(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> int:
    """Turn a message into this screen, or send it anew where that is refused; the id that shows it.

    For work that takes a while: the message that said so becomes its outcome.
    """
    if await edit(bot, chat_id, message_id, screen):
        return message_id
    return await send(bot, chat_id, screen)


async def acknowledge(
    press: CallbackQuery, notice: str | None = None, *, alert: bool = False
) -> None:
    """Answer a press: stops the button's clock. A press that is too old cannot be answered."""
    with suppress(TelegramBadRequest):
        await press.answer(notice, show_alert=alert)
