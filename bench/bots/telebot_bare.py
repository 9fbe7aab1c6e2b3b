"""pyTelegramBotAPI, asynchronous: one handler, one insert with commit, two calls."""

import asyncio
import sqlite3
import sys
from typing import Any

from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import InlineKeyboardButton, InlineKeyboardMarkup

from bench.bots.common import insert, opened

bot = AsyncTeleBot("1:bench-token-of-no-bot-at-all-00000000000")
conn: sqlite3.Connection


def keyboard(number: int) -> Any:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(f"Answer {n}", callback_data=f"{number}:{n}") for n in range(5)]]
    )


async def begin(message: Any) -> None:
    await bot.send_message(message.chat.id, "Question 0", reply_markup=keyboard(0))


async def answer(press: Any) -> None:
    number = insert(conn, press.from_user.id, press.data)
    await bot.answer_callback_query(press.id)
    await bot.edit_message_text(
        f"Question {number}",
        chat_id=press.message.chat.id,
        message_id=press.message.message_id,
        reply_markup=keyboard(number),
    )


async def main() -> None:
    global conn
    conn = opened(sys.argv[2])
    asyncio_helper.API_URL = f"{sys.argv[1]}/bot{{0}}/{{1}}"
    bot.register_message_handler(begin, func=lambda _: True)
    bot.register_callback_query_handler(answer, func=lambda _: True)
    print("ready", flush=True)
    await bot.polling(non_stop=True)


if __name__ == "__main__":
    asyncio.run(main())
