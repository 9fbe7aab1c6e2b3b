"""Bad days on demand: delays, 5xx, cut connections, 429, malformed updates."""

import asyncio
import time

import orjson
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Update
from pydantic import ValidationError

from sandbox.malformed import malformed_updates
from sandbox.model import User
from sandbox.telegram import Telegram


async def test_a_server_error_spoils_as_many_calls_as_said(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    telegram.faults.add("server_error", methods=["sendMessage"], times=2, code=502)
    for _ in range(2):
        with pytest.raises(TelegramServerError, match="Bad Gateway"):
            await bot.send_message(vera.id, "x")
    await bot.get_me()
    await bot.send_message(vera.id, "x")
    assert not telegram.faults.active


@pytest.mark.parametrize(("trouble", "arrived"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_cut_connection_before_and_after_taking_effect(
    bot: Bot, telegram: Telegram, vera: User, trouble: str, arrived: int
) -> None:
    telegram.faults.add(trouble, methods=["sendMessage"], times=1)  # type: ignore[arg-type] # a literal
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(vera.id, "x")
    assert [m.text for m in telegram.history(vera.id)].count("x") == arrived


async def test_injected_429_names_its_seconds(bot: Bot, telegram: Telegram, vera: User) -> None:
    telegram.faults.add("too_many", times=1, retry_after=17)
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(vera.id, "x")
    assert refused.value.retry_after == 17


async def test_latency_delays_and_changes_nothing(bot: Bot, telegram: Telegram, vera: User) -> None:
    fault = telegram.faults.add("latency", seconds=0.2)
    began = time.monotonic()
    await bot.send_message(vera.id, "x")
    assert time.monotonic() - began >= 0.2
    telegram.faults.remove(fault)
    assert not telegram.faults.active


async def test_what_latency_holds_up_goes_on_when_it_is_switched_off(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    fault = telegram.faults.add("latency", methods=["sendMessage"], seconds=3600)
    sending = asyncio.create_task(bot.send_message(vera.id, "x"))
    await bot.get_me()
    assert not sending.done()
    telegram.faults.remove(fault)
    assert (await sending).text == "x"


async def test_a_silent_poll_hangs_and_loses_nothing(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    telegram.faults.add("silence", methods=["getUpdates"], times=1, seconds=3600)
    poll = asyncio.create_task(bot.get_updates(timeout=1))
    telegram.send_text(vera.id, "x")
    await asyncio.sleep(0.3)
    assert not poll.done()
    poll.cancel()
    assert len(await bot.get_updates()) == 1


async def test_a_probability_spoils_some_calls_and_repeats_itself(telegram: Telegram) -> None:
    async def spoiled() -> list[bool]:
        telegram.faults.clear()
        telegram.faults._random.seed(1)
        telegram.faults.add("drop_before", probability=0.5)
        outcomes = []
        for _ in range(50):
            try:
                await telegram.call("getMe", {})
                outcomes.append(False)
            except ConnectionError:
                outcomes.append(True)
        return outcomes

    first = await spoiled()
    assert True in first
    assert False in first
    assert await spoiled() == first


def test_there_are_200_kinds_of_malformed_updates() -> None:
    kinds = list(malformed_updates(1))
    assert len(kinds) >= 200
    assert len({kind.name for kind in kinds}) == len(kinds)
    assert len({orjson.dumps(kind.update) for kind in kinds}) >= 200


def test_most_of_them_aiogram_cannot_read() -> None:
    unread = 0
    for kind in malformed_updates(1):
        raw = orjson.loads(orjson.dumps({**kind.update, "update_id": 1}).replace(b"\\ud800", b"?"))
        try:
            Update.model_validate(raw)
        except ValidationError:
            unread += 1
    assert unread >= 150


async def test_one_malformed_update_spoils_the_whole_answer_for_aiogram(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    # Why the product receives raw updates: the good one stays unread beside the bad one.
    telegram.send_text(vera.id, "x")
    telegram.inject({"message": {"message_id": "seven"}}, vera.id)
    with pytest.raises(ClientDecodeError):
        await bot.get_updates()


async def test_malformed_updates_are_confirmed_like_any(telegram: Telegram, vera: User) -> None:
    ids = [telegram.inject(dict(kind.update)) for kind in malformed_updates(vera.id)]
    assert ids == sorted(set(ids))
    await telegram.call("getUpdates", {"offset": ids[-1]})
    assert len(telegram.updates) == 1
