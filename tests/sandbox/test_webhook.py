"""setWebhook: the secret header, order, repeats with growing delay, a method in the answer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web

from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.model import User
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from sandbox.webhook import SECRET_HEADER
from tests.sandbox.kit import TOKEN


class Receiver:
    """A bot's webhook endpoint that answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.times: list[float] = []
        self.answers: list[web.Response] = []
        self.hold: asyncio.Event | None = None
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append((request.headers.get(SECRET_HEADER, ""), await request.json()))
        self.times.append(asyncio.get_running_loop().time())
        if self.hold is not None:
            await self.hold.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.got]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.got) < count:
                await asyncio.sleep(0.01)


@pytest.fixture
def telegram() -> Telegram:
    limits = Limits(rate=False, webhook_first_retry=0.05, webhook_last_retry=0.2)
    return Telegram(TOKEN, Clock(), limits=limits)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, session=SandboxSession(telegram)) as bot:
        yield bot
        await bot.delete_webhook()


async def settled(telegram: Telegram) -> None:
    async with asyncio.timeout(60):
        while len(telegram.updates):
            await asyncio.sleep(0.01)


async def test_updates_arrive_with_the_secret_and_are_confirmed(
    bot: Bot, telegram: Telegram, vera: User, receiver: Receiver
) -> None:
    telegram.send_text(vera.id, "before it was set")
    await bot.set_webhook(receiver.url, secret_token="very_secret-1")
    telegram.send_text(vera.id, "after")
    await receiver.until(2)
    await settled(telegram)
    assert receiver.texts() == ["before it was set", "after"]
    assert {secret for secret, _ in receiver.got} == {"very_secret-1"}
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (receiver.url, 0)
    assert info.last_error_message is None


async def test_a_failed_update_comes_again_ever_later_and_holds_back_its_chat_only(
    bot: Bot, telegram: Telegram, vera: User, receiver: Receiver
) -> None:
    oleg = telegram.add_person("Олег")
    receiver.answers = [
        web.Response(status=500),
        web.Response(status=500),
        web.Response(status=404),
    ]
    telegram.send_text(vera.id, "1")
    await bot.set_webhook(receiver.url)
    await receiver.until(1)
    telegram.send_text(vera.id, "2")
    await receiver.until(2)
    info = await bot.get_webhook_info()
    assert info.last_error_message == ("Wrong response from the webhook: 500 Internal Server Error")
    assert info.pending_update_count == 2
    await receiver.until(3)
    telegram.send_text(oleg.id, "3")
    await receiver.until(6)
    await settled(telegram)
    # Vera's first is tried until taken, her second waits for it, Oleg's overtakes both.
    assert receiver.texts()[:3] == ["1", "1", "1"]
    assert [t for t in receiver.texts() if t != "3"] == ["1", "1", "1", "1", "2"]
    assert receiver.texts().index("3") == 3
    first, second, third = receiver.times[:3]
    assert second - first >= 0.05
    assert third - second >= 0.1


async def test_a_dead_receiver_is_named_and_loses_nothing(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    telegram.send_text(vera.id, "x")
    async with asyncio.timeout(60):
        while not (info := await bot.get_webhook_info()).last_error_message:
            await asyncio.sleep(0.01)
    assert info.last_error_message in {"Connection refused", "Connection closed"}
    assert info.pending_update_count == 1
    await bot.delete_webhook()
    (update,) = await bot.get_updates()
    assert update.message is not None


async def test_a_method_in_the_answer_is_carried_out(
    bot: Bot, telegram: Telegram, vera: User, receiver: Receiver
) -> None:
    body = {"method": "sendMessage", "chat_id": vera.id, "text": "from the answer"}
    receiver.answers = [
        web.json_response(body),
        web.Response(
            text=f"method=sendMessage&chat_id={vera.id}&text=123",
            content_type="application/x-www-form-urlencoded",
        ),
        web.json_response({"method": "setWebhook", "url": ""}),
        web.json_response({"method": "sendMessage", "chat_id": 5, "text": "refused, and lost"}),
    ]
    await bot.set_webhook(receiver.url)
    for word in ("1", "2", "3", "4"):
        telegram.send_text(vera.id, word)
    await receiver.until(4)
    await settled(telegram)
    replies = [m.text for m in telegram.history(vera.id) if m.outgoing]
    assert replies == ["from the answer", "123"]
    assert (await bot.get_webhook_info()).url == receiver.url


async def test_chats_go_at_once_and_one_chat_in_order(
    bot: Bot, telegram: Telegram, vera: User, receiver: Receiver
) -> None:
    oleg = telegram.add_person("Олег")
    receiver.hold = asyncio.Event()
    for number in range(3):
        telegram.send_text(vera.id, f"в{number}")
        telegram.send_text(oleg.id, f"о{number}")
    await bot.set_webhook(receiver.url)
    await receiver.until(2)
    await asyncio.sleep(0.05)
    assert sorted(receiver.texts()) == ["в0", "о0"]
    receiver.hold.set()
    await receiver.until(6)
    for letter in "во":
        own = [t for t in receiver.texts() if t.startswith(letter)]
        assert own == [f"{letter}{n}" for n in range(3)]


async def test_wrong_settings_are_refused(bot: Bot) -> None:
    for url, secret, words in (
        ("ftp://x.ru", None, "invalid webhook URL specified"),
        ("https://x.ru", "x" * 257, "secret token is too long"),
        ("https://x.ru", "no spaces", "secret token contains unallowed characters"),
    ):
        with pytest.raises(TelegramBadRequest) as refused:
            await bot.set_webhook(url, secret_token=secret)
        assert refused.value.message == f"Bad Request: {words}"


async def test_pending_updates_can_be_dropped(bot: Bot, telegram: Telegram, vera: User) -> None:
    telegram.send_text(vera.id, "x")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []
