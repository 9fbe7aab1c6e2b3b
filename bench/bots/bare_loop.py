"""The bare loop a notice is usually sent with: `bot.send_message`, then a sleep."""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

TOKEN = "1:bench-token-of-no-bot-at-all-00000000000"
PAUSE = 1 / 25


async def main(address: str, first: int, count: int) -> None:
    """Send to so many people, one after another."""
    server = TelegramAPIServer.from_base(address)
    bot = Bot(TOKEN, session=AiohttpSession(api=server))
    for person in range(first, first + count):
        await bot.send_message(person, "Анна Петровна, семинар переносится на четверг, 15:00.")
        await asyncio.sleep(PAUSE)
    # Its process is measured from outside and ended there.
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
