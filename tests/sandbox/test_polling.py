"""getUpdates: what an offset confirms, what comes again, who is told off."""

import asyncio
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.methods import GetUpdates
from aiogram.types import Update
from hypothesis import given
from hypothesis import strategies as st

from sandbox.clock import Clock
from sandbox.model import User
from sandbox.telegram import Telegram
from sandbox.updates import UpdateQueue
from tests.sandbox.kit import TOKEN


def texts(updates: list[Update]) -> list[str | None]:
    return [u.message.text for u in updates if u.message]


async def test_without_an_offset_the_same_updates_come_again(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    for word in ("а", "б", "в"):
        telegram.send_text(vera.id, word)
    first = await bot.get_updates()
    assert texts(first) == ["а", "б", "в"]
    assert await bot.get_updates() == first
    assert await bot.get_updates(offset=0) == first


async def test_an_offset_confirms_all_before_it_for_good(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    for word in ("а", "б", "в"):
        telegram.send_text(vera.id, word)
    first = await bot.get_updates(limit=1)
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert texts(rest) == ["б", "в"]
    # Asked for again from the beginning, the confirmed one stays away.
    assert await bot.get_updates() == rest
    assert await bot.get_updates(offset=first[0].update_id) == rest
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == []
    assert await bot.get_updates() == []


async def test_a_negative_offset_forgets_all_but_the_last(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    for word in ("а", "б", "в"):
        telegram.send_text(vera.id, word)
    assert texts(await bot.get_updates(offset=-1)) == ["в"]
    assert texts(await bot.get_updates()) == ["в"]


async def test_an_offset_far_in_the_future_confirms_nothing(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    telegram.send_text(vera.id, "а")
    updates = await bot.get_updates(offset=2_000_000_000)
    assert texts(updates) == ["а"]


async def test_a_long_poll_wakes_on_news(bot: Bot, telegram: Telegram, vera: User) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    assert not poll.done()
    telegram.send_text(vera.id, "а")
    # Had it slept through, it would come back empty.
    assert texts(await poll) == ["а"]


async def test_a_long_poll_without_news_ends_empty(bot: Bot, telegram: Telegram) -> None:
    assert await bot.get_updates(timeout=1) == []


async def test_an_unwanted_kind_does_not_wake_the_poll(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30, allowed_updates=["callback_query"]))
    await asyncio.sleep(0.05)
    message = telegram.send_text(vera.id, "а")
    await asyncio.sleep(0.05)
    assert not poll.done()
    telegram.press(vera.id, message.message_id, data="x")
    (update,) = await poll
    assert update.callback_query is not None
    # Without the parameter the earlier choice stays; an empty list returns to the default.
    telegram.send_text(vera.id, "б")
    await bot.get_updates()
    assert len(telegram.updates) == 1
    await bot(GetUpdates(allowed_updates=[]))
    telegram.send_text(vera.id, "в")
    assert len(telegram.updates) == 2


async def test_reactions_come_only_when_asked_for(bot: Bot, telegram: Telegram, vera: User) -> None:
    sent = await bot.send_message(vera.id, "x")
    telegram.react(vera.id, sent.message_id, "👍")
    assert await bot.get_updates() == []
    await bot.get_updates(allowed_updates=["message_reaction"])
    telegram.react(vera.id, sent.message_id, "🔥")
    (update,) = await bot.get_updates()
    assert update.message_reaction is not None


async def test_a_second_poller_ends_the_first_with_409(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError) as refused:
        await first
    assert "terminated by other getUpdates request; make sure" in refused.value.message
    telegram.send_text(vera.id, "а")
    assert texts(await second) == ["а"]


async def test_a_webhook_ends_polling_with_409(bot: Bot, telegram: Telegram) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_a_press_waits_in_the_queue_for_150_seconds_and_a_message_for_a_day(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    message = telegram.send_text(vera.id, "а")
    telegram.press(vera.id, message.message_id, data="x")
    assert len(await bot.get_updates()) == 2
    telegram.clock.advance(timedelta(minutes=3))
    assert texts(await bot.get_updates()) == ["а"]
    telegram.clock.advance(timedelta(days=1))
    assert await bot.get_updates() == []


@given(st.lists(st.one_of(st.none(), st.integers(-3, 12)), max_size=30))
def test_nothing_is_lost_and_nothing_confirmed_returns(steps: list[int | None]) -> None:
    """None puts an update, a number asks with that offset (from the first id; negative as is)."""
    queue = UpdateQueue(lambda: 0.0, first_id=100)
    alive: list[int] = []
    for step in steps:
        if step is None:
            update_id = queue.put("message", 1, {}, 60)
            assert update_id is not None
            alive.append(update_id)
            continue
        offset = step if step < 0 else step + 99
        queue.confirm(offset)
        future = offset > 100 + sum(s is None for s in steps) + 10
        if offset < 0:
            alive = alive[offset:]
        elif not future:
            alive = [one for one in alive if one >= offset]
        assert [payload["update_id"] for payload in queue.peek(100)] == alive


async def test_numbers_go_on_from_an_earlier_run(telegram: Telegram) -> None:
    # A bot that kept its database must not take a new update for one it has handled.
    first = telegram.inject({"message": {}})
    clock = Clock()
    clock.advance(timedelta(minutes=1))
    second = Telegram(TOKEN, clock).inject({"message": {}})
    assert first < second < 2**31
    assert telegram.last_message_id < Telegram(TOKEN, clock).last_message_id < 2**31
