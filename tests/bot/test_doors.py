"""Webhook, /healthz and /metrics, over real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiogram import F, Router
from aiogram.types import Message

from bot.app import App
from bot.operations.doors import PortTakenError
from bot.operations.health import Vitals
from bot.updates.webhook import SECRET_HEADER
from sandbox.telegram import Telegram
from storage import inbox
from tests.kit.over_http import app_on, local_telegram

SECRET = "a-secret-of-twenty-letters"


def echoing() -> list[Router]:
    router = Router()

    @router.message(F.text)
    async def echo(message: Message) -> None:
        await message.answer(f"Вы: {message.text}")

    return [router]


async def shown(telegram: Telegram, person: int, text: str) -> None:
    """Wait until the bot has said this."""
    async with asyncio.timeout(20):
        while text not in [message.text for message in telegram.history(person)]:
            await asyncio.sleep(0.01)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
async def webhook(tmp_path: Path) -> AsyncIterator[tuple[App, Telegram, str]]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    async with local_telegram() as (telegram, address):
        bot = app_on(
            tmp_path,
            address,
            routers=echoing,
            webhook_url=url,
            webhook_secret=SECRET,
            webhook_port=port,
        )
        async with bot as app:
            yield app, telegram, url


async def test_updates_come_by_webhook_through_the_same_inbox(
    webhook: tuple[App, Telegram, str],
) -> None:
    app, telegram, _ = webhook
    anna = telegram.add_person("Анна").id
    telegram.send_text(anna, "раз")
    await shown(telegram, anna, "Вы: раз")
    async with asyncio.timeout(60):
        while await app.db.read(inbox.counts) != {"done": 1}:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "x"}, {SECRET_HEADER: "ы" * 26}])
async def test_who_does_not_know_the_secret_is_not_heard(
    webhook: tuple[App, Telegram, str], headers: dict[str, str]
) -> None:
    app, _, url = webhook
    async with (
        aiohttp.ClientSession() as client,
        client.post(url, json={"update_id": 1}, headers=headers) as answer,
    ):
        assert answer.status == 403
    assert await app.db.read(inbox.counts) == {}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"update_id": 5, "message": {"text": "\\ud800"}}']
)
async def test_nonsense_with_the_secret_is_taken_once_and_stops_nothing(
    webhook: tuple[App, Telegram, str], body: bytes
) -> None:
    _, telegram, url = webhook
    async with (
        aiohttp.ClientSession() as client,
        client.post(url, data=body, headers={SECRET_HEADER: SECRET}) as answer,
    ):
        assert answer.status == 200
    anna = telegram.add_person("Анна").id
    telegram.send_text(anna, "раз")
    await shown(telegram, anna, "Вы: раз")


async def test_health_and_metrics_are_served_without_anybody_in_them(tmp_path: Path) -> None:
    async with local_telegram() as (telegram, address):
        app = app_on(tmp_path, address, routers=echoing, health_port=0)
        async with app:
            anna = telegram.add_person("Канарейкина").id
            telegram.send_text(anna, "раз")
            await shown(telegram, anna, "Вы: раз")
            await app.beats.once()
            base = f"http://127.0.0.1:{app.health_port}"
            async with aiohttp.ClientSession() as client:
                async with client.get(f"{base}/healthz") as answer:
                    assert answer.status == 200
                    health = await answer.json()
                async with client.get(f"{base}/metrics") as answer:
                    metrics = await answer.text()
    assert health["ok"]
    assert set(health["seconds"]) == {
        "since_poll",
        "oldest_in_inbox",
        "longest_at_work",
        "since_writer",
    }
    assert "bot_updates_received_total 1.0" in metrics
    assert str(anna) not in metrics
    assert "Канарейкина" not in metrics


@pytest.mark.parametrize(
    ("vitals", "ailing"),
    [
        (Vitals(poll=89, inbox=9999, work=119, writer=29), []),
        (Vitals(poll=91, inbox=0, work=0, writer=0), ["poll"]),
        (Vitals(poll=None, inbox=0, work=121, writer=31), ["work", "writer"]),
    ],
)
def test_what_is_stale_is_named(vitals: Vitals, ailing: list[str]) -> None:
    assert vitals.ailing == ailing


async def test_a_taken_port_is_told_and_everything_is_let_go(tmp_path: Path) -> None:
    async with local_telegram() as (_, address):
        taken = int(address.rsplit(":", 1)[1])
        with pytest.raises(PortTakenError) as refusal:
            await app_on(tmp_path, address, health_port=taken).__aenter__()
        assert (refusal.value.name, refusal.value.port) == ("HEALTH_PORT", taken)
        async with app_on(tmp_path, address):
            pass  # the folder's lock was released
