"""Bots written with other libraries live here as well: each has its own way to encode a call."""

import asyncio
import io
from typing import Any

import pytest
import telegram as ptb
from telebot import asyncio_helper, types
from telebot.async_telebot import AsyncTeleBot
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler

from sandbox.telegram import Telegram
from tests.sandbox.kit import TOKEN


async def conversation(telegram: Telegram) -> tuple[str, list[tuple[str, str]]]:
    """A person starts the bot and presses its button; what the toast said, what the chat shows."""
    vera = telegram.add_person("Вера")
    async with asyncio.timeout(60), telegram.subscribe() as events:
        telegram.start(vera.id)
        message = None
        while message is None or not message.outgoing:
            message = (await anext(events)).message
        query_id = telegram.press(vera.id, message.message_id, row=0)
        answer = await telegram.wait_answer(query_id)
        while len(telegram.history(vera.id)) < 5:
            await anext(events)
    shown = [(m.kind, m.text) for m in telegram.history(vera.id)]
    return answer.text, shown


EXPECTED = (
    "записано",
    [
        ("text", "/start"),
        ("text", "готово"),
        ("document", "123"),
        ("document", "раз"),
        ("document", ""),
    ],
)


async def test_python_telegram_bot(telegram: Telegram, url: str) -> None:
    async def start(update: Any, _: Any) -> None:
        markup = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("да", callback_data="y")]])
        await update.message.reply_text("<b>?</b>", parse_mode="HTML", reply_markup=markup)

    async def pressed(update: Any, context: Any) -> None:
        query = update.callback_query
        await query.edit_message_text("готово")
        await query.answer("записано")
        chat_id = query.from_user.id
        await context.bot.send_document(chat_id, b"a", filename="план.txt", caption="123")
        one = ptb.InputMediaDocument(b"b", filename="b.txt", caption="раз")
        two = ptb.InputMediaDocument(b"c", filename="c.txt")
        await context.bot.send_media_group(chat_id, [one, two])

    app = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(pressed))
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(timeout=5)
        found = await conversation(telegram)
        await app.updater.stop()
        await app.stop()
    assert found == EXPECTED


async def test_pytelegrambotapi(
    telegram: Telegram, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asyncio_helper, "API_URL", url + "/bot{0}/{1}")
    bot = AsyncTeleBot(TOKEN)

    def file(content: bytes, name: str) -> Any:
        return types.InputFile(io.BytesIO(content), file_name=name)

    async def start(message: Any) -> None:
        markup = types.InlineKeyboardMarkup()
        markup.add(types.InlineKeyboardButton("да", callback_data="y"))
        await bot.send_message(message.chat.id, "<b>?</b>", parse_mode="HTML", reply_markup=markup)

    async def pressed(query: Any) -> None:
        chat_id = query.from_user.id
        await bot.edit_message_text("готово", chat_id, query.message.message_id)
        await bot.answer_callback_query(query.id, "записано")
        await bot.send_document(chat_id, file(b"a", "план.txt"), caption="123")
        one = types.InputMediaDocument(file(b"b", "b.txt"), caption="раз")
        two = types.InputMediaDocument(file(b"c", "c.txt"))
        await bot.send_media_group(chat_id, [one, two])

    bot.register_message_handler(start, commands=["start"])
    bot.register_callback_query_handler(pressed, func=lambda _: True)
    polling = asyncio.create_task(bot.polling(non_stop=True, timeout=5, request_timeout=10))
    found = await conversation(telegram)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    await bot.close_session()  # type: ignore[no-untyped-call] # telebot leaves this one untyped
    assert found == EXPECTED
