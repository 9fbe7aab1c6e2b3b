"""The person's side, what can be watched of it, and the clock."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiogram.types import (
    ForceReply,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.model import User
from sandbox.telegram import Telegram

MARKUP = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="a", callback_data="1")],
        [InlineKeyboardButton(text="b", url="https://ya.ru")],
    ]
)


async def test_a_start_parameter_obeys_telegrams_alphabet(telegram: Telegram) -> None:
    oleg = telegram.add_person("Олег")
    telegram.start(oleg.id, "A" * 64)
    for wrong in ("A" * 65, "привет", "a b"):
        with pytest.raises(ValueError, match="start parameter"):
            telegram.start(oleg.id, wrong)


async def test_a_press_needs_a_button_unless_its_data_is_given(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    sent = await bot.send_message(vera.id, "x", reply_markup=MARKUP)
    with pytest.raises(IndexError):
        telegram.press(vera.id, sent.message_id, row=2)
    with pytest.raises(ValueError, match="sends no data"):
        telegram.press(vera.id, sent.message_id, row=1)
    await sent.delete()
    with pytest.raises(ValueError, match="no message"):
        telegram.press(vera.id, sent.message_id, row=0)
    telegram.press(vera.id, sent.message_id, data="an old button")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, InaccessibleMessage)


async def test_nobody_waits_for_an_answer_for_ever(telegram: Telegram, vera: User) -> None:
    query_id = telegram.press(vera.id, 1, data="x")
    with pytest.raises(TimeoutError):
        await telegram.wait_answer(query_id, 0.01)


async def test_everything_that_happens_can_be_watched(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    async with telegram.subscribe() as events:
        telegram.send_text(vera.id, "привет")
        sent = await bot.send_message(vera.id, "x", reply_markup=MARKUP)
        await bot.send_chat_action(vera.id, "typing")
        await sent.edit_text("y")
        query_id = telegram.press(vera.id, sent.message_id, data="1")
        await bot.answer_callback_query(query_id, "Готово", show_alert=True)
        await bot.pin_chat_message(vera.id, sent.message_id)
        await bot.set_message_reaction(vera.id, sent.message_id, [ReactionTypeEmoji(emoji="👍")])
        await bot.unpin_chat_message(vera.id)
        keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Меню")]])
        await bot.send_message(vera.id, "z", reply_markup=keyboard)
        await sent.delete()
        telegram.block(vera.id)
        seen = [await asyncio.wait_for(anext(events), 60) for _ in range(13)]
    assert [e.kind for e in seen] == [
        "message",
        "message",
        "action",
        "edited",
        "answer",
        "pinned",
        "message",
        "reaction",
        "unpinned",
        "keyboard",
        "message",
        "deleted",
        "person",
    ]
    answer = seen[4].data
    assert (answer["text"], answer["show_alert"]) == ("Готово", True)
    assert {e.chat_id for e in seen} == {vera.id}


async def test_a_watcher_who_sleeps_loses_the_oldest_only(telegram: Telegram, vera: User) -> None:
    telegram.events._backlog = 10
    async with telegram.subscribe() as events:
        for number in range(50):
            telegram.send_text(vera.id, str(number))
        last = [await anext(events) for _ in range(10)]
    assert [e.message.text for e in last if e.message] == [str(n) for n in range(40, 50)]


async def test_a_reply_keyboard_stays_until_taken_away(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    chat = telegram.chats[vera.id]
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Меню")]], resize_keyboard=True, one_time_keyboard=True
    )
    await bot.send_message(vera.id, "a", reply_markup=keyboard)
    await bot.send_message(vera.id, "b", reply_markup=MARKUP)
    await bot.send_message(vera.id, "c")
    assert chat.reply_keyboard == {
        "keyboard": [[{"text": "Меню"}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    await bot.send_message(vera.id, "d", reply_markup=ForceReply(input_field_placeholder="e"))
    assert chat.reply_keyboard == {"force_reply": True, "input_field_placeholder": "e"}
    await bot.send_message(vera.id, "f", reply_markup=ReplyKeyboardRemove())
    assert chat.reply_keyboard is None


async def test_a_person_edits_and_replies(bot: Bot, telegram: Telegram, vera: User) -> None:
    sent = await bot.send_message(vera.id, "вопрос")
    own = telegram.send_text(vera.id, "ответ", reply_to=sent.message_id)
    telegram.edit_own(vera.id, own.message_id, "другой ответ")
    message, edited = await bot.get_updates()
    assert message.message is not None
    assert message.message.reply_to_message is not None
    assert message.message.reply_to_message.text == "вопрос"
    assert edited.edited_message is not None
    assert edited.edited_message.text == "другой ответ"
    with pytest.raises(ValueError, match="only own"):
        telegram.edit_own(vera.id, sent.message_id, "x")


async def test_the_bot_sees_the_chat_in_full(bot: Bot, telegram: Telegram, vera: User) -> None:
    sent = await bot.send_message(vera.id, "x")
    await bot.pin_chat_message(vera.id, sent.message_id)
    chat = await bot.get_chat(vera.id)
    assert (chat.first_name, chat.username, chat.type) == ("Вера", "vera_p", "private")
    assert chat.pinned_message is not None
    assert chat.pinned_message.message_id == sent.message_id
    me = await bot.get_me()
    assert me.is_bot
    assert me.username == telegram.bot.username


async def test_a_mention_by_id_names_a_known_person_only(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    sent = await bot.send_message(
        vera.id,
        f'<a href="tg://user?id={vera.id}">Вера</a> <a href="tg://user?id=5">кто-то</a>',
        parse_mode="HTML",
    )
    assert sent.entities is not None
    assert [e.user.first_name for e in sent.entities if e.user] == ["Вера"]


async def test_only_a_part_of_a_long_chat_is_remembered() -> None:
    telegram = Telegram("7000001:x", Clock(), limits=Limits(rate=False, history=10))
    vera = telegram.add_person("Вера")
    for number in range(25):
        telegram.send_text(vera.id, str(number))
    assert [m.text for m in telegram.history(vera.id)] == [str(n) for n in range(15, 25)]


def test_the_clock_only_goes_forward() -> None:
    clock = Clock()
    before = datetime.now(UTC)
    clock.advance(timedelta(days=2))
    assert clock() - before >= timedelta(days=2)
    clock.set(datetime(2100, 1, 1, tzinfo=UTC))
    assert clock().year == 2100
    with pytest.raises(ValueError, match="only goes forward"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="only goes forward"):
        clock.set(datetime(2000, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2200, 1, 1))  # noqa: DTZ001 - what is refused


async def test_messages_are_dated_by_the_clock(bot: Bot, telegram: Telegram, vera: User) -> None:
    telegram.clock.set(datetime(2100, 1, 1, tzinfo=UTC))
    sent = await bot.send_message(vera.id, "x")
    assert sent.date.year == 2100
