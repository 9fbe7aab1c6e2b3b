"""One live screen for each draft: where it stands in the chat is a row, so that a restart knows it.

What a person sends pushes the screen up, so a new one is sent below and the old one goes: deleted,
or, where Telegram no longer deletes it (after 48 hours), left as one line without buttons. A
refusal that stood on it stays as words, since it may not have been read. An album arrives as
single messages: its screen is edited in place, or ten pictures would make ten of them.

The old one goes before the new one comes, and the new one is noted after that: a process that is
killed in between leaves at most one screen too many, whose buttons do what they say.
"""

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from bot.keyboards import keyboard
from bot.screens import Screen, edit, send, show
from bot.situation import Situation
from bot.tasks import screens as task_screens
from bot.texts import handing_in as words
from storage.tasks import drafts
from storage.tasks.audience import Assigned
from storage.tasks.submissions import Submission

ALBUM, NOTES = "album", "notes"
"""In the dialog's data: the album the screen was shown for last, and what was refused of it."""

GONE_ALREADY = "message to delete not found"


async def after_press(
    press: CallbackQuery, situation: Situation, draft: Submission, screen: Screen
) -> None:
    """Where the button was, which may be another message than the one before."""
    before = await situation.db.read(drafts.screen, draft.id)
    shown = await show(press, screen)
    if before not in {None, shown}:
        await _leave(situation, before)
    await situation.db.write(drafts.show_on, draft.id, shown)


async def after_message(
    message: Message, situation: Situation, found: Assigned, draft: Submission, *, note: str
) -> None:
    """Below what was sent; in place for the further parts of an album."""
    db, bot, chat = situation.db, situation.bot, situation.telegram_id
    data = await situation.state.get_data()
    before, refused = await db.read(drafts.screen, draft.id), list(data.get(NOTES, ()))
    album = message.media_group_id
    same = album is not None and data.get(ALBUM) == album
    notes = list(dict.fromkeys([*(refused if same else ()), *filter(None, [note])]))
    screen = await task_screens.draft(situation, found, draft, note="\n".join(notes))
    if not (same and before is not None and await edit(bot, chat, before, screen)):
        if before is not None:
            await _leave(situation, before, said="" if same else "\n".join(refused))
        await db.write(drafts.show_on, draft.id, await send(bot, chat, screen))
    await situation.state.update_data({ALBUM: album, NOTES: notes})


async def forget(situation: Situation, task_id: int, *, pressed: CallbackQuery) -> None:
    """The pressed message becomes another screen; any other that shows the draft goes."""
    draft = await situation.db.read(drafts.draft, task_id, situation.person.id)
    if draft is None:
        return
    before = await situation.db.read(drafts.screen, draft.id)
    here = pressed.message.message_id if pressed.message is not None else None
    if before not in {None, here}:
        await _leave(situation, before)
    await situation.db.write(drafts.show_on, draft.id, None)


async def _leave(situation: Situation, message: int | None, *, said: str = "") -> None:
    """Take a screen that is not the draft's any more out of the chat."""
    if message is None:
        return
    bot, chat = situation.bot, situation.telegram_id
    if not said:
        try:
            await bot.delete_message(chat, message)
        except TelegramBadRequest as refusal:
            if GONE_ALREADY in refusal.message.lower():
                return
        else:
            return
    await edit(bot, chat, message, Screen(said or words.DRAFT_BELOW, keyboard()))
