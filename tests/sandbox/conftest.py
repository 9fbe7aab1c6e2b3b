"""A local Telegram with one person who has started the bot, and aiogram bots at both doors.

Tests of the page share one browser, and so one loop (`pytest.mark.asyncio(loop_scope="session")`):
a chromium of its own cost each of them more than what it tried.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from playwright.async_api import Browser

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


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser of all tests of the page; each opens a window without a past."""
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def address(telegram: Telegram, vera: User) -> AsyncIterator[str]:
    """The address of the HTTP door with the chat page."""
    async with page_server(telegram, {vera.id: "учитель"}) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def chat(browser: Browser, address: str, vera: User) -> AsyncIterator[ChatPage]:
    """The page in a browser, with Vera's chat open."""
    async with chat_page(browser, address) as chat:
        await chat.choose(vera.full_name)
        yield chat


@pytest_asyncio.fixture(loop_scope="session")
async def robot(address: str) -> AsyncIterator[HttpBot]:
    """A bot of bare HTTP calls beside the page."""
    async with http_bot(address, TOKEN) as robot:
        yield robot
