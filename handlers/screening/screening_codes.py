"""A private code: whoever has it sees the entry, compares two, or has one deleted.

Which entry somebody has asked for is kept nowhere: a code is typed anew each time, and the message
that held it is taken out of the chat and out of the store.
"""

import re
from contextlib import suppress
from functools import partial

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.keyboards import button, keyboard
from bot.screening import screens
from bot.screening.callbacks import AskCode, DeleteEntry, HideResult
from bot.screening.result import show_card, show_result
from bot.screens import Screen, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import screening as words
from storage.screening import sealing as screening_sealing
from storage.screening import secrets as screening_secrets
from storage.screening.taking import CODE_LETTERS

router = Router(name="screening-codes")


class Asking(StatesGroup):
    """A private code is waited for."""

    code = State()


@router.callback_query(AskCode.filter())
async def ask(press: CallbackQuery, situation: Situation) -> None:
    """Wait for a code, or two."""
    await situation.state.set_state(Asking.code)
    await show(press, Screen(words.ASK_CODE, keyboard(screens.to_home())))


@router.message(StateFilter(Asking.code), F.text, ~F.text.startswith("/"))
async def typed(message: Message, situation: Situation, settings: Settings) -> None:
    """Show the entry of a code; of two codes, the later beside the earlier."""
    codes = codes_in(message.text or "")
    with suppress(TelegramBadRequest):  # older than 48 hours, or removed by the person
        await message.delete()
    again = keyboard(screens.to_home())
    if not codes:
        await show(message, Screen(words.NOT_A_CODE, again))
        return
    secret_of = partial(screening_secrets.secret_of, settings.data_dir)
    found = [await situation.db.read(screening_sealing.find, one, secret_of) for one in codes[:2]]
    entries = [one for one in found if one is not None]
    if len(entries) < len(found):
        await show(message, Screen(words.NO_ENTRY, again))
        return
    await situation.state.set_state(None)
    campaign, last = entries[-1]
    earlier = entries[0][1] if len(entries) > 1 else None
    differ = earlier is not None and earlier.wording != last.wording
    await show_result(
        situation,
        last.result,
        last.wording,
        earlier=None if earlier is None else earlier.result,
        editions_differ=differ,
    )
    await show_card(situation, words.found(campaign.title, campaign.subject), codes[-1])


@router.callback_query(DeleteEntry.filter())
async def delete(
    press: CallbackQuery, callback_data: DeleteEntry, situation: Situation, settings: Settings
) -> None:
    """Delete an entry; ask first."""
    code = callback_data.code
    if not callback_data.sure:
        await show(
            press,
            Screen(
                words.SURE_DELETE,
                keyboard(
                    [button(words.DELETE_SURE, DeleteEntry(code=code, sure=True))],
                    [button(words.HIDE_CARD, HideResult())],
                ),
            ),
        )
        return
    secret_of = partial(screening_secrets.secret_of, settings.data_dir)
    await situation.db.write(screening_sealing.delete, code, secret_of)
    await situation.db.truncate_wal()
    await show(press, Screen(words.DELETED, keyboard(screens.to_home())))


def codes_in(text: str) -> list[str]:
    """The codes in what was typed: dashes as on the card, any case, one after another."""
    letters = re.sub(r"[^0-9A-Za-z\s]", "", text).upper().split()
    whole = [one for one in letters if len(one) == CODE_LETTERS]
    if whole:
        return whole
    joined = "".join(letters)
    return [joined] if len(joined) == CODE_LETTERS else []
