"""The bot reaches Telegram through a real proxy: HTTP and SOCKS5, with a password."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pproxy
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError

from bot.delivery.telegram_session import TelegramSession
from sandbox.bot_api import serve
from sandbox.clock import Clock
from sandbox.telegram import Telegram

TOKEN = "1000000:local-telegram-without-any-secret"


@asynccontextmanager
async def proxy(kind: str) -> AsyncIterator[str]:
    """A proxy that asks for a password; yields host:port."""
    listening = await pproxy.Server(f"{kind}://127.0.0.1:0#mary:secret").start_server(
        {"rserver": [pproxy.Connection("direct://")], "verbose": lambda *_: None, "authtime": -1}
    )
    host, port = listening.sockets[0].getsockname()
    try:
        yield f"{host}:{port}"
    finally:
        listening.close()


@pytest.fixture
async def server() -> AsyncIterator[str]:
    runner = await serve(Telegram(TOKEN, Clock()), "127.0.0.1", 0)
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def name_of_the_bot(server: str, address: str) -> str:
    session = TelegramSession(server, TOKEN, address)
    try:
        me = await Bot(TOKEN, session=session).get_me()
        return str(me.username)
    finally:
        await session.close()


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_telegram_is_reached_through_a_proxy_with_a_password(server: str, kind: str) -> None:
    async with proxy(kind) as address:
        url = f"{kind}://mary:secret@{address}"
        assert await name_of_the_bot(server, url) == "dvizhenie_vverh_bot"
    # The proxy is gone: had the call gone past it, this one would succeed as well.
    with pytest.raises(TelegramNetworkError):
        await name_of_the_bot(server, url)


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_a_wrong_password_is_a_network_error_that_does_not_tell_it(
    server: str, kind: str
) -> None:
    async with proxy(kind) as address:
        with pytest.raises(TelegramNetworkError) as refusal:
            await name_of_the_bot(server, f"{kind}://mary:wrong-password@{address}")
    assert "wrong-password" not in str(refusal.value)
    assert TOKEN not in str(refusal.value)
