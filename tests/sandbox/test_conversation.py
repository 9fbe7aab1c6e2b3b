"""aiogram's own Bot talks to the local Telegram through both doors."""

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from sandbox.model import User
from sandbox.telegram import Telegram


def keyboard(*names: str) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=name, callback_data=f"v1:{name}")] for name in names]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def test_a_press_is_answered_and_its_message_edited(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    sent = await bot.send_message(
        vera.id, "Вопрос <b>1</b> из 2", parse_mode="HTML", reply_markup=keyboard("да", "нет")
    )
    query_id = telegram.press(vera.id, sent.message_id, row=1)
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.first_name) == (query_id, "v1:нет", "Вера")
    assert isinstance(query.message, Message)
    assert query.message.html_text == "Вопрос <b>1</b> из 2"
    await bot.edit_message_text("Вопрос 2 из 2", chat_id=vera.id, message_id=sent.message_id)
    await bot.answer_callback_query(query.id, text="Записано")
    assert (await telegram.wait_answer(query_id)).text == "Записано"
    assert [m.text for m in telegram.history(vera.id)] == ["/start", "Вопрос 2 из 2"]
    assert telegram.history(vera.id)[-1].buttons() == []


async def test_start_with_a_payload_reaches_the_bot(bot: Bot, telegram: Telegram) -> None:
    oleg = telegram.add_person("Олег")
    telegram.start(oleg.id, "invite_42")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "/start invite_42"
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"
