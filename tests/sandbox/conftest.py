"""A local Telegram with one person who has started the bot, and aiogram bots at both doors."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.bot_api import serve
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.model import User
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram

TOKEN = "7000001:made-up_token"


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(TOKEN, Clock(), limits=Limits(rate=False))


@pytest.fixture
def vera(telegram: Telegram) -> User:
    """A teacher who has started the bot; her /start has been read."""
    person = telegram.add_person("Вера", "Полынина", "vera_p")
    telegram.start(person.id)
    telegram.updates.clear()
    return person


@pytest.fixture
async def url(telegram: Telegram) -> AsyncIterator[str]:
    """The address of the HTTP door."""
    runner = await serve(telegram, port=0)
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


@pytest.fixture(params=["in process", "over HTTP"])
async def bot(request: pytest.FixtureRequest, telegram: Telegram, url: str) -> AsyncIterator[Bot]:
    """aiogram's Bot, once at each door."""
    session = (
        SandboxSession(telegram)
        if request.param == "in process"
        else AiohttpSession(api=TelegramAPIServer.from_base(url))
    )
    async with Bot(TOKEN, session=session) as bot:
        yield bot
