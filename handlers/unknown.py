"""What nobody else understood: a helpful answer, never silence. Offered every update last."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.menu import help_screen, menu
from bot.screens import Screen, acknowledge, show
from bot.texts import unknown as words
from storage.people.people import Person

router = Router(name="unknown")


@router.message(F.text.startswith("/"))
async def unknown_command(message: Message, person: Person, admin_ids: frozenset[int]) -> None:
    """A command we have not; the help lists those we have."""
    known = help_screen(person, admin_ids)
    await show(message, Screen(f"{words.UNKNOWN_COMMAND}\n\n{known.text}", known.keyboard))


@router.message()
async def unknown_message(message: Message, person: Person, admin_ids: frozenset[int]) -> None:
    """A text, a file, a sticker that nothing waits for."""
    if message.text:
        first = words.UNKNOWN_TEXT
    elif message.document or message.photo or message.voice or message.video or message.audio:
        first = words.UNKNOWN_FILE
    else:
        first = words.UNKNOWN_OTHER
    await show(message, menu(person, admin_ids, first=first))


@router.edited_message()
async def edited_message(message: Message) -> None:
    """An answer that was corrected after sending is not read again: say it."""
    await show(message, Screen(words.EDITED))


@router.callback_query()
async def stale_button(press: CallbackQuery, person: Person, admin_ids: frozenset[int]) -> None:
    """A button of an older release, or a forged one.

    Its message may hold something worth keeping, so the menu comes as a new message below.
    """
    await acknowledge(press, words.STALE_BUTTON)
    if isinstance(press.message, Message):
        await show(press.message, menu(person, admin_ids))
