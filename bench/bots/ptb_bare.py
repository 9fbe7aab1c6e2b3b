"""python-telegram-bot, concurrent: one handler, one insert with commit, two calls."""

import sqlite3
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bench.bots.common import insert, opened

conn: sqlite3.Connection


def keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(f"Answer {n}", callback_data=f"{number}:{n}") for n in range(5)]]
    )


async def begin(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text("Question 0", reply_markup=keyboard(0))


async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    press = update.callback_query
    assert press is not None
    assert press.data is not None
    number = insert(conn, press.from_user.id, press.data)
    await press.answer()
    await press.edit_message_text(f"Question {number}", reply_markup=keyboard(number))


def main() -> None:
    global conn
    conn = opened(sys.argv[2])
    application = (
        ApplicationBuilder()
        .token("1:bench-token-of-no-bot-at-all-00000000000")
        .base_url(f"{sys.argv[1]}/bot")
        .concurrent_updates(True)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, begin))
    application.add_handler(CallbackQueryHandler(answer))
    print("ready", flush=True)
    application.run_polling()


if __name__ == "__main__":
    main()
