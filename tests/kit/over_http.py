"""The bot over real HTTP against the local Telegram's server, both in this process."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiogram import Router

from bot.app import App
from bot.delivery.limiter import UNLIMITED
from bot.settings import Settings
from sandbox.bot_api import serve
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.telegram import Telegram
from tests.kit.world import MONDAY_MORNING, TOKEN


@asynccontextmanager
async def local_telegram() -> AsyncIterator[tuple[Telegram, str]]:
    """A local Telegram that listens; (it, its address)."""
    telegram = Telegram(TOKEN, Clock(MONDAY_MORNING), limits=Limits(rate=False))
    runner = await serve(telegram, port=0)
    try:
        yield telegram, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def app_on(
    folder: Path,
    address: str,
    *,
    routers: Callable[[], Iterable[Router]] = tuple,
    options: dict[str, Any] | None = None,
    **changes: Any,
) -> App:
    """A bot that talks to that address; `changes` are settings, `options` arguments of App."""
    values: dict[str, Any] = {
        "bot_token": TOKEN,
        "bot_api_url": address,
        "data_dir": folder,
    } | changes
    return App(
        Settings(_env_file=None, **values),
        limits=UNLIMITED,
        ticking=False,
        routers=routers,
        **(options or {}),
    )
