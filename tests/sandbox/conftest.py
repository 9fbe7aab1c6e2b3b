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
from tests.kit.browser import ChatPage, chat_page, chromium, page_server
from tests.kit.http_bot import HttpBot, http_bot
from tests.sandbox.kit import TOKEN


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


@pytest.fixture
async def address(telegram: Telegram, vera: User) -> AsyncIterator[str]:
    """The address of the HTTP door with the chat page."""
    async with page_server(telegram, {vera.id: "учитель"}) as address:
        yield address


@pytest.fixture
async def chat(address: str, vera: User) -> AsyncIterator[ChatPage]:
    """The page in a browser, with Vera's chat open."""
    async with chromium() as browser, chat_page(browser, address) as chat:
        await chat.choose(vera.full_name)
        yield chat


@pytest.fixture
async def robot(address: str) -> AsyncIterator[HttpBot]:
    """A bot of bare HTTP calls beside the page."""
    async with http_bot(address, TOKEN) as robot:
        yield robot
