"""aiogram as its documentation shows it: one handler, one insert with commit, two calls."""

import asyncio
import sqlite3
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bench.bots.common import insert, opened

dispatcher = Dispatcher()
conn: sqlite3.Connection


def keyboard(number: int) -> InlineKeyboardMarkup:
    row = [
        InlineKeyboardButton(text=f"Answer {n}", callback_data=f"{number}:{n}") for n in range(5)
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])


@dispatcher.message()
async def begin(message: Message) -> None:
    await message.answer("Question 0", reply_markup=keyboard(0))


@dispatcher.callback_query()
async def answer(press: CallbackQuery) -> None:
    assert press.data is not None
    assert isinstance(press.message, Message)
    number = insert(conn, press.from_user.id, press.data)
    await press.answer()
    await press.message.edit_text(f"Question {number}", reply_markup=keyboard(number))


async def main() -> None:
    global conn
    conn = opened(sys.argv[2])
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    bot = Bot("1:bench-token-of-no-bot-at-all-00000000000", session=session)
    print("ready", flush=True)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main())
