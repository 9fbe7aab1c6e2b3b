"""Managing by spreadsheet: a table in, what would change, every fault, the change after a yes.

What is planned waits in the dialog between the two; the button of an earlier table does nothing.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO
from typing import Protocol

from aiogram.filters.callback_data import CallbackData
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.keyboards import Row, button, keyboard
from bot.screens import Screen, acknowledge, replace, show
from bot.situation import Situation
from bot.texts import roadmap as roadmap_words
from reports.tables import Sheet, write
from roadmap.refusals import Refused


class Words(Protocol):
    """The sentences of one kind of table: a module of `bot/texts`."""

    READING: str
    NO_FILE: str
    CONFIRM: str
    DROP: str
    DROPPED: str
    GONE: str


async def send_table(
    press: CallbackQuery,
    situation: Situation,
    sheet: Sheet,
    *,
    name: str,
    caption: str,
    rows: Sequence[Row],
) -> None:
    """What is there, in the form in which it is taken back."""
    target = BytesIO()
    await asyncio.to_thread(write, [sheet], target)
    await acknowledge(press)
    file = BufferedInputFile(target.getvalue(), filename=name)
    await situation.bot.send_document(
        situation.telegram_id, file, caption=caption, reply_markup=keyboard(*rows)
    )


async def take_table(
    message: Message,
    situation: Situation,
    words: Words,
    *,
    back: Row,
    understand: Callable[[bytes], Awaitable[tuple[str, str | None]]],
    confirm: Callable[[str, bool], CallbackData],
) -> None:
    """Read a file and show what it would do.

    Args:
        message: with the document.
        situation: whose it is.
        words: the sentences.
        back: the way back.
        understand: the file → what is shown, and the plans as text, None if nothing would change.
        confirm: (key, whether to load) → the data of a button.
    """
    document = message.document
    assert document is not None  # noqa: S101 - F.document
    bot, chat = situation.bot, situation.telegram_id
    shown = await show(message, Screen(words.READING))
    content = await bot.download(document.file_id)
    try:
        text, plans = await understand(b"" if content is None else content.read())
    except Refused as refusal:
        text, plans = f"{roadmap_words.refusal(refusal)}\n\n{words.NO_FILE}", None
    choice: Row = []
    await situation.state.set_data({})
    if plans is not None:
        key = hashlib.sha256(plans.encode()).hexdigest()[:8]
        await situation.state.set_data({"plans": plans, "key": key})
        choice = [
            button(words.CONFIRM, confirm(key, True)),
            button(words.DROP, confirm(key, False)),
        ]
    await replace(bot, chat, shown, Screen(text, keyboard(choice, back)))


async def decide(
    press: CallbackQuery,
    situation: Situation,
    words: Words,
    *,
    back: Row,
    key: str,
    load: bool,
    carry_out: Callable[[str], Awaitable[str]],
) -> None:
    """Carry the plans out (they in, what was done out), or forget them."""
    kept = await situation.state.get_data()
    if kept.get("key") != key:
        await show(press, Screen(words.GONE, keyboard(back)))
        return
    text = await carry_out(kept["plans"]) if load else words.DROPPED
    await situation.state.clear()
    await show(press, Screen(text, keyboard(back)))
