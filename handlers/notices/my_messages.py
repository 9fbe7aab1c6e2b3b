"""What the bot wrote of its own accord, to its recipient: opened from the summary of a week."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.delivery.composers import Letter, composers
from bot.notices.callbacks import ShowMessage
from bot.screens import Screen, acknowledge
from bot.situation import Situation
from bot.texts import notices as words
from storage import outbox

router = Router(name="my-messages")


@router.callback_query(ShowMessage.filter())
async def show_message(
    press: CallbackQuery, callback_data: ShowMessage, situation: Situation
) -> None:
    """A recipient opens a message of their summary: it comes now, as it is worded now."""
    row = await situation.db.read(outbox.own, callback_data.row, situation.person.id)
    composer = None if row is None else composers.get(row.kind)
    if row is None or composer is None or row.reason != outbox.IN_SUMMARY:
        await acknowledge(press, words.WITHDRAWN_GONE, alert=True)
        return
    said = await composer(situation.db, situation.person, row.payload, situation.local)
    if isinstance(said, Letter):
        await acknowledge(press)
        await said.send(situation.bot, situation.telegram_id)
    elif isinstance(said, Screen):
        await acknowledge(press)
        await situation.bot.send_message(
            situation.telegram_id, said.text, reply_markup=said.keyboard
        )
    else:
        await acknowledge(press, words.WITHDRAWN_GONE, alert=True)
